import type { Command } from 'commander';
import { startRollback } from '../operations/models';
import { authorOf } from './context';
import { modelVersion, withPipeline, type CommandContext } from './session';

export function addRollback(program: Command, { output }: CommandContext): void {
  program
    .command('rollback')
    .description('take the live alias back to an earlier model, with all of its settings kept')
    .argument('<pipeline>', 'name or file of the pipeline')
    .option('--to <vN>', 'which model; else the one before', modelVersion)
    .option('--author <name>', 'who decides')
    .option('--reason <text>', 'why')
    .addHelpText(
      'after',
      '\nExamples:\n  npx ciclo rollback cafe --reason "complaints about wifi"\n  npx ciclo rollback cafe --to v1',
    )
    .action((pipeline: string, options: { to?: number; author?: string; reason?: string }) =>
      withPipeline(pipeline, async ({ client, configuration }) => {
        const started = await startRollback(client, configuration.name, {
          author: authorOf(options.author),
          reason: options.reason ?? null,
          modelVersion: options.to ?? null,
        });
        const result = await started.result();
        output.out(
          `Alias "${configuration.target.alias}": bot version ${result.botVersionBefore} → ${result.botVersionAfter} (model v${result.fromModelVersion} → v${result.toModelVersion}).`,
        );
      }),
    );
}
