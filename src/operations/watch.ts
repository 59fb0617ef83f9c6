import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { PipelineConfiguration } from '../domain/pipeline';
import { watchWorkflowId, type WatchStatus } from '../domain/watch';
import { ModelRegistry, type ModelEntry } from '../platform/registry/model-registry';
import type { ObjectStore } from '../platform/storage/object-store';
import { watchStatusQuery } from '../workflows/watch-signals';
import { answeredByWorker, NoWorkerError } from './answered-by-worker';

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
