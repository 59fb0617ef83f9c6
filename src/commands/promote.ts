import type { Command } from 'commander';
import { startPromotion } from '../operations/models';
import { authorOf } from './context';
import { modelVersion, withPipeline, type CommandContext } from './session';

export function addPromote(program: Command, { output }: CommandContext): void {
  program
    .command('promote')
    .description(
      'put a model live that the gate kept back: alias switched, tried, and put back when it fails',
    )
    .argument('<pipeline>', 'name or file of the pipeline')
    .option('--model <vN>', 'which one; else the latest candidate', modelVersion)
    .option('--author <name>', 'who decides; kept in the audit trail')
    .addHelpText('after', '\nExamples:\n  npx ciclo promote cafe\n  npx ciclo promote cafe --model v3')
    .action((pipeline: string, options: { model?: number; author?: string }) =>
      withPipeline(pipeline, async ({ client, store, configuration }) => {
        const promotion = await startPromotion(client, store, configuration, {
          wanted: options.model ?? null,
          author: authorOf(options.author),
        });
        const result = await promotion.result();
        output.out(
          `Alias "${configuration.target.alias}": bot version ${result.previousVersion} → ${result.botVersion}.`,
        );
      }),
    );
}
