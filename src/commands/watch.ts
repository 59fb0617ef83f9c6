import type { Command } from 'commander';
import { NotFoundError } from '../domain/errors';
import { describeWatch, watchWorkflowId } from '../domain/watch';
import { lastWatch } from '../operations/watch';
import { endWatchSignal } from '../workflows/watch-signals';
import { authorOf } from './context';
import { toJson, withPipeline, type CommandContext } from './session';

export function addWatch(program: Command, { output }: CommandContext): void {
  program
    .command('watch')
    .description('what real traffic says of the version that went live last; or stop watching it')
    .argument('<pipeline>', 'name or file of the pipeline')
    .option('--stop', 'end the watch; the version stays live')
    .option('--author <name>', 'who stops it')
    .option('--json', 'for programs')
    .addHelpText('after', '\nExamples:\n  npx ciclo watch cafe\n  npx ciclo watch cafe --stop')
    .action((pipeline: string, options: { stop?: boolean; author?: string; json?: boolean }) =>
      withPipeline(pipeline, async ({ client, store, configuration }) => {
        const status = await lastWatch(client, store, configuration);
        if (!status) throw notWatched(configuration.name);
        if (!options.stop) {
          output.out(options.json ? toJson(status) : describeWatch(status).join('\n'));
          return;
        }
        if (status.verdict !== null) throw notWatched(configuration.name);
        const author = authorOf(options.author);
        await client.workflow
          .getHandle(watchWorkflowId(configuration.name, status.modelVersion))
          .signal(endWatchSignal, { verdict: 'stopped', note: `By ${author}.` });
        output.out(`Bot version ${status.botVersion} is no longer watched; it stays live.`);
      }),
    );
}

function notWatched(pipeline: string): NotFoundError {
  return new NotFoundError(`No watch over ${pipeline} runs. See what is live: npx ciclo status ${pipeline}`, {
    pipeline,
  });
}
