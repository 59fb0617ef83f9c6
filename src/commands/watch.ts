import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { Command } from 'commander';
import { NotFoundError } from '../domain/errors';
import type { PipelineConfiguration } from '../domain/pipeline';
import { describeWatch, watchWorkflowId, type WatchStatus } from '../domain/watch';
import { ModelRegistry, type ModelEntry } from '../platform/registry/model-registry';
import type { ObjectStore } from '../platform/storage/object-store';
import { endWatchSignal, watchStatusQuery } from '../workflows/watch-signals';
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

/** The watch over the model that went live last: what it sees, or how it ended; null where there is none. */
export async function lastWatch(
  client: Client,
  store: ObjectStore,
  configuration: PipelineConfiguration,
): Promise<WatchStatus | null> {
  const models = await new ModelRegistry(store, configuration.store.uri).list();
  const changedAt = ({ history }: ModelEntry) => history.at(-1)?.at ?? '';
  const wereLive = models
    .filter(({ history }) => history.some(({ state }) => state === 'live'))
    .sort((a, b) => (changedAt(a) < changedAt(b) ? 1 : -1));
  // After a rollback the model that is live was not the one that was watched.
  for (const { model } of wereLive.slice(0, 2)) {
    try {
      return await client.workflow
        .getHandle(watchWorkflowId(configuration.name, model.version))
        .query(watchStatusQuery);
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    }
  }
  return null;
}

function notWatched(pipeline: string): NotFoundError {
  return new NotFoundError(`No watch over ${pipeline} runs. See what is live: npx ciclo status ${pipeline}`, {
    pipeline,
  });
}
