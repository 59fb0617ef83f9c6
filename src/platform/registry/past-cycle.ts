import { pendingStages, type CycleStatus } from '../../domain/cycle';
import { NotFoundError } from '../../domain/errors';
import type { StageManifest } from '../../domain/stage-manifest';
import type { ObjectStore } from '../storage/object-store';
import { cycleUri, listCycles, type CycleRecord } from './cycles';

/**
 * What the last cycle left in the store, for when its workflow cannot be asked: a history that older code wrote, or one
 * that is gone.
 *
 * @returns null before the first cycle
 */
export async function readPastCycle(
  store: ObjectStore,
  pipeline: string,
  storeUri: string,
): Promise<CycleStatus | null> {
  const last = (await listCycles(store, storeUri)).at(-1);
  return last ? statusOf(store, pipeline, storeUri, last) : null;
}

/** The same of any cycle; null for one that never was. */
export async function readCycle(
  store: ObjectStore,
  pipeline: string,
  storeUri: string,
  cycle: number,
): Promise<CycleStatus | null> {
  const record = (await listCycles(store, storeUri)).find((one) => one.cycle === cycle);
  return record ? statusOf(store, pipeline, storeUri, record) : null;
}

async function statusOf(
  store: ObjectStore,
  pipeline: string,
  storeUri: string,
  { cycle, trigger }: CycleRecord,
): Promise<CycleStatus> {
  const uri = cycleUri(storeUri, cycle);
  const stages = await Promise.all(
    pendingStages().map(async (stage) => {
      const manifest = await readManifest(store, `${uri}${stage.name}/manifest.json`);
      if (manifest === null) return { ...stage, state: 'skipped' as const };
      const { startedAt, finishedAt, counts, reuse } = manifest;
      return { ...stage, state: 'done' as const, startedAt, finishedAt, counts, reuse };
    }),
  );
  return {
    pipeline,
    cycle,
    trigger,
    stages,
    waitingForReview: null,
    waitingForDraftEdits: null,
    result: null,
  };
}

async function readManifest(store: ObjectStore, uri: string): Promise<StageManifest | null> {
  try {
    return JSON.parse(await store.readText(uri)) as StageManifest;
  } catch (error) {
    if (error instanceof NotFoundError) return null;
    throw error;
  }
}
