import { z } from 'zod';
import { cycleKey, triggers, type Trigger } from '../../domain/cycle';
import { ConflictError } from '../../domain/errors';
import type { ObjectStore } from '../storage/object-store';
import { joinUri } from '../storage/uri';
import { readJson, writeJson } from './json-document';

const cycleRecordSchema = z.object({
  schemaVersion: z.literal(1),
  cycle: z.int().min(1),
  workflowRunId: z.string(),
  trigger: z.enum(triggers),
  /** ISO 8601, UTC. */
  claimedAt: z.string(),
});

/** `cycles/NNNN/cycle.json`: which run of the workflow a cycle is. */
export type CycleRecord = z.infer<typeof cycleRecordSchema>;

/** More runs than this that claim a number at the same moment are not to be expected. */
const claimAttempts = 50;

/** Prefix of a cycle's artifacts, ending in a slash. */
export function cycleUri(storeUri: string, cycle: number): string {
  return `${joinUri(storeUri, 'cycles', cycleKey(cycle))}/`;
}

/**
 * Gives a run of the workflow its cycle number: the next one, or the one that it has already.
 *
 * @param workflowRunId the first run id of the execution, so that retries and resets find their own
 * @param trigger what started it
 * @throws ConflictError when too many runs claim at once
 */
export async function claimCycle(
  store: ObjectStore,
  storeUri: string,
  workflowRunId: string,
  trigger: Trigger,
): Promise<CycleRecord> {
  for (let attempt = 1; ; attempt++) {
    const records = await listCycles(store, storeUri);
    const own = records.find((record) => record.workflowRunId === workflowRunId);
    if (own !== undefined) return own;
    const record: CycleRecord = {
      schemaVersion: 1,
      cycle: (records.at(-1)?.cycle ?? 0) + 1,
      workflowRunId,
      trigger,
      claimedAt: new Date().toISOString(),
    };
    try {
      await writeJson(store, `${cycleUri(storeUri, record.cycle)}cycle.json`, record, null);
      return record;
    } catch (error) {
      if (!(error instanceof ConflictError) || attempt === claimAttempts) throw error;
    }
  }
}

/** The cycles that were begun, oldest first. */
export async function listCycles(store: ObjectStore, storeUri: string): Promise<CycleRecord[]> {
  const uris: string[] = [];
  for await (const { uri } of store.list(`${joinUri(storeUri, 'cycles')}/`)) {
    if (/\/cycles\/\d{4,}\/cycle\.json$/.test(uri)) uris.push(uri);
  }
  const documents = await Promise.all(uris.map((uri) => readJson(store, uri, cycleRecordSchema)));
  return documents
    .flatMap((document) => (document === null ? [] : [document.value]))
    .sort((a, b) => a.cycle - b.cycle);
}
