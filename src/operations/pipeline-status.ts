import { type Client, type WorkflowHandle, WorkflowNotFoundError } from '@temporalio/client';
import { retrainWorkflowId, type CycleStatus } from '../domain/cycle';
import type { PipelineConfiguration } from '../domain/pipeline';
import type { WatchStatus } from '../domain/watch';
import { readCycleStatus } from '../platform/registry/cycle-status';
import { cycleUri, listCycles } from '../platform/registry/cycles';
import { ModelRegistry } from '../platform/registry/model-registry';
import { readPastCycle } from '../platform/registry/past-cycle';
import { describeSchedule } from '../platform/schedule';
import type { ObjectStore } from '../platform/storage/object-store';
import { cycleStatusQuery, type retrain } from '../workflows/retrain';
import { answeredByWorker, NoWorkerError } from './answered-by-worker';
import { lastWatch } from './watch';

/** What is known of a pipeline just now. */
export interface PipelineStatus {
  pipeline: string;
  /** The cycle that runs or ran last; null where none was started, or its history is gone. */
  cycle: CycleStatus | null;
  /** True where no worker answered: the cycle is told from what it has left so far. */
  workerMissing: boolean;
  schedule: { paused: boolean; next: string | null; note: string | null } | null;
  /** The watch over the model that went live last; null where there is none, or none that can be asked. */
  watch: WatchStatus | null;
  /** True where a watch goes on, and no worker answered what it has seen. */
  watchUnanswered: boolean;
  models: {
    version: number;
    state: string;
    botVersion: string;
    cycle: number | null;
    registeredAt: string;
  }[];
}

/** Cycle, schedule, watch and models of a pipeline. */
export async function pipelineStatus(
  client: Client,
  store: ObjectStore,
  configuration: PipelineConfiguration,
): Promise<PipelineStatus> {
  const [{ cycle, workerMissing }, schedule, { watch, watchUnanswered }, models] = await Promise.all([
    lastCycle(client, store, configuration),
    describeSchedule(client, configuration.name),
    watchIfAnswered(client, store, configuration),
    new ModelRegistry(store, configuration.store.uri).list(),
  ]);
  return {
    pipeline: configuration.name,
    cycle,
    workerMissing,
    schedule: schedule && {
      paused: schedule.state.paused,
      next: schedule.info.nextActionTimes[0]?.toISOString() ?? null,
      note: schedule.state.note ?? null,
    },
    watch,
    watchUnanswered,
    models: models.map(({ model, state }) => ({
      version: model.version,
      state,
      botVersion: model.target.botVersion,
      cycle: model.cycle,
      registeredAt: model.registeredAt,
    })),
  };
}

async function watchIfAnswered(
  ...about: Parameters<typeof lastWatch>
): Promise<Pick<PipelineStatus, 'watch' | 'watchUnanswered'>> {
  try {
    return { watch: await lastWatch(...about), watchUnanswered: false };
  } catch (error) {
    if (!(error instanceof NoWorkerError)) throw error;
    return { watch: null, watchUnanswered: true };
  }
}

/** The cycle that runs or ran last; told from what it left where it has ended, or cannot be asked. */
export async function lastCycle(
  client: Client,
  store: ObjectStore,
  { name, store: { uri } }: PipelineConfiguration,
): Promise<{ cycle: CycleStatus | null; workerMissing: boolean }> {
  const handle = client.workflow.getHandle<typeof retrain>(retrainWorkflowId(name));
  try {
    const kept = await keptStatus(handle, store, uri);
    const cycle = kept ?? (await answeredByWorker(client, name, () => handle.query(cycleStatusQuery)));
    return { cycle, workerMissing: false };
  } catch (error) {
    const cycle = await readPastCycle(store, name, uri);
    if (error instanceof WorkflowNotFoundError) return { cycle, workerMissing: false };
    const { status } = await handle.describe();
    const running = status.name === 'RUNNING';
    if (running && !(error instanceof NoWorkerError)) throw error;
    // Today's code need not understand a history that is over: what the cycle left says the same.
    const result = status.name === 'COMPLETED' ? await handle.result() : null;
    return { cycle: cycle && { ...cycle, result }, workerMissing: running };
  }
}

/** How a cycle that is over has ended, without a worker to ask; null where it goes on or kept nothing. */
async function keptStatus(
  handle: WorkflowHandle<typeof retrain>,
  store: ObjectStore,
  storeUri: string,
): Promise<CycleStatus | null> {
  const { status, runId, raw } = await handle.describe();
  if (status.name === 'RUNNING') return null;
  const firstRunId = raw.workflowExecutionInfo?.firstRunId || runId;
  const record = (await listCycles(store, storeUri)).at(-1);
  return record?.workflowRunId === firstRunId
    ? readCycleStatus(store, cycleUri(storeUri, record.cycle))
    : null;
}
