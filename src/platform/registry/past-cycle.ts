import { z } from 'zod';
import { pendingStages, type CycleStatus } from '../../domain/cycle';
import { asSentence } from '../../domain/language';
import type { ObjectStore } from '../storage/object-store';
import { readCycleStatus, sentenceSchema } from './cycle-status';
import { cycleUri, listCycles, type CycleRecord } from './cycles';
import { readJson } from './json-document';

/** What is shown of a stage's manifest. */
const manifestSchema = z.object({
  startedAt: z.string(),
  finishedAt: z.string(),
  counts: z.record(z.string(), z.number()),
  reuse: z
    .object({
      fromCycle: z.number().nullable(),
      // Earlier cycles were told of in English alone.
      explanation: z.union([sentenceSchema, z.string()]).transform(asSentence),
    })
    .nullable(),
});

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
  return (await readCycleStatus(store, uri)) ?? fromManifests(store, uri, { pipeline, cycle, trigger });
}

/** A cycle that runs and cannot be asked, or was terminated: the stages that it has finished. */
async function fromManifests(
  store: ObjectStore,
  uri: string,
  about: Pick<CycleStatus, 'pipeline' | 'cycle' | 'trigger'>,
): Promise<CycleStatus> {
  const stages = await Promise.all(
    pendingStages().map(async (stage) => {
      const manifest = await readJson(store, `${uri}${stage.name}/manifest.json`, manifestSchema);
      return manifest === null
        ? { ...stage, state: 'skipped' as const }
        : { ...stage, state: 'done' as const, ...manifest.value };
    }),
  );
  return { ...about, stages, waitingForReview: null, waitingForDraftEdits: null, result: null };
}
