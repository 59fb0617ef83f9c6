import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { Command } from 'commander';
import { NotFoundError } from '../domain/errors';
import type { PipelineConfiguration } from '../domain/pipeline';
import { describeWatch, watchWorkflowId, type WatchStatus } from '../domain/watch';
import { ModelRegistry, type ModelEntry } from '../platform/registry/model-registry';
import type { ObjectStore } from '../platform/storage/object-store';
import { endWatchSignal, watchStatusQuery } from '../workflows/watch-signals';
import { answeredByWorker, NoWorkerError } from './answered-by-worker';
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

/**
 * The watch over the model that went live last: what it sees, or how it ended; null where there is none.
 * @throws NoWorkerError when it runs and no worker answers what it has seen
 */
export async function lastWatch(
  client: Client,
  store: ObjectStore,
  configuration: PipelineConfiguration,
): Promise<WatchStatus | null> {
  const registry = new ModelRegistry(store, configuration.store.uri);
  const changedAt = ({ history }: ModelEntry) => history.at(-1)?.at ?? '';
  const wereLive = (await registry.list())
    .filter(({ history }) => history.some(({ state }) => state === 'live'))
    .sort((a, b) => (changedAt(a) < changedAt(b) ? 1 : -1));
  // After a rollback the model that is live was not the one that was watched.
  for (const { model } of wereLive.slice(0, 2)) {
    const watch = await watchOver(client, registry, configuration.name, model.version);
    if (watch) return watch;
  }
  return null;
}

/** The watch itself where it can be asked, else what it left when it ended. */
async function watchOver(
  client: Client,
  registry: ModelRegistry,
  pipeline: string,
  modelVersion: number,
): Promise<WatchStatus | null> {
  const handle = client.workflow.getHandle(watchWorkflowId(pipeline, modelVersion));
  try {
    return await answeredByWorker(client, pipeline, () => handle.query(watchStatusQuery));
  } catch (error) {
    const gone = error instanceof WorkflowNotFoundError;
    if (!gone && !(error instanceof NoWorkerError)) throw error;
    if (!gone && (await handle.describe()).status.name === 'RUNNING') throw unanswered(pipeline, error);
    const left = await registry.readWatch(modelVersion);
    return left === null ? null : (JSON.parse(left) as WatchStatus);
  }
}

function unanswered(pipeline: string, cause: Error): NoWorkerError {
  return new NoWorkerError(
    `${pipeline} is being watched, and no worker answers what was seen so far. The watch goes on by itself as soon as one ` +
      'runs: npm start on this machine, else node dist/worker.js',
    { pipeline },
    false,
    { cause },
  );
}

function notWatched(pipeline: string): NotFoundError {
  return new NotFoundError(`No watch over ${pipeline} runs. See what is live: npx ciclo status ${pipeline}`, {
    pipeline,
  });
}
