import type { Client, WorkflowHandle } from '@temporalio/client';
import { promoteWorkflowId, rollbackWorkflowId } from '../domain/cycle';
import { NotFoundError } from '../domain/errors';
import type { PipelineConfiguration } from '../domain/pipeline';
import { ModelRegistry } from '../platform/registry/model-registry';
import type { ObjectStore } from '../platform/storage/object-store';
import { taskQueue } from '../platform/temporal';
import type { promote } from '../workflows/promote';
import type { rollback, RollbackInput } from '../workflows/rollback';

/** Ahead of everything that nobody waits for. */
const priority = { priorityKey: 1 };

/**
 * Begins to put a candidate live.
 * @param how.wanted the N of `models/vN/`; null for the latest candidate
 */
export async function startPromotion(
  client: Client,
  store: ObjectStore,
  configuration: PipelineConfiguration,
  { wanted, author }: { wanted: number | null; author: string },
): Promise<WorkflowHandle<typeof promote>> {
  const modelVersion = wanted ?? (await latestCandidate(store, configuration));
  return client.workflow.start<typeof promote>('promote', {
    workflowId: promoteWorkflowId(configuration.name, modelVersion),
    taskQueue,
    args: [{ pipeline: configuration.name, modelVersion, author }],
    staticSummary: `Model v${modelVersion} goes live for ${configuration.name}, by ${author}`,
    priority,
  });
}

/** Begins to take the live alias back. */
export async function startRollback(
  client: Client,
  pipeline: string,
  how: Omit<RollbackInput, 'pipeline'>,
): Promise<WorkflowHandle<typeof rollback>> {
  return client.workflow.start<typeof rollback>('rollback', {
    workflowId: rollbackWorkflowId(pipeline),
    taskQueue,
    args: [{ pipeline, ...how }],
    staticSummary: `Rollback of ${pipeline}, by ${how.author}`,
    priority,
  });
}

async function latestCandidate(store: ObjectStore, configuration: PipelineConfiguration): Promise<number> {
  const models = await new ModelRegistry(store, configuration.store.uri).list();
  const candidate = models.filter((entry) => entry.state === 'candidate').at(-1);
  if (candidate) return candidate.model.version;
  throw new NotFoundError(
    `No model of ${configuration.name} is a candidate. See "npx ciclo status ${configuration.name}"; a retired one comes back with "npx ciclo rollback ${configuration.name} --to vN".`,
    { pipeline: configuration.name },
  );
}
