import { z } from 'zod';
import { cycleOutcomes, stageNames, triggers, type CycleStatus } from '../../domain/cycle';
import type { ObjectStore } from '../storage/object-store';
import { readJson } from './json-document';

/** What a person is told, in each language. */
export const sentenceSchema = z.object({ en: z.string(), es: z.string() });

export const stageSchema = z.object({
  name: z.enum(stageNames),
  state: z.enum(['pending', 'running', 'done', 'skipped', 'failed']),
  /** ISO 8601, UTC. */
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  counts: z.record(z.string(), z.number()),
  note: sentenceSchema.nullable(),
  /** Why it failed, in English. */
  failure: z.string().nullable(),
  reuse: z.object({ fromCycle: z.number().nullable(), explanation: sentenceSchema }).nullable(),
});

export const cycleResultSchema = z.object({
  pipeline: z.string(),
  cycle: z.number().nullable(),
  outcome: z.enum(cycleOutcomes),
  reason: sentenceSchema,
  liveVersionBefore: z.string().nullable(),
  liveVersionAfter: z.string().nullable(),
  reportUri: z.string().nullable(),
});

const statusSchema = z.object({
  pipeline: z.string(),
  cycle: z.number().nullable(),
  trigger: z.enum(triggers),
  stages: z.array(stageSchema),
  waitingForReview: z.string().nullable(),
  waitingForDraftEdits: sentenceSchema.nullable(),
  result: cycleResultSchema.nullable(),
}) satisfies z.ZodType<CycleStatus>;

const keptSchema = z.object({ schemaVersion: z.literal(1), status: statusSchema });

/** Keeps what a cycle's status query answers at its end, for when its history is gone: `status.json` in its folder. */
export async function keepCycleStatus(store: ObjectStore, uri: string, status: CycleStatus): Promise<void> {
  await store.write(statusUri(uri), `${JSON.stringify({ schemaVersion: 1, status }, null, 2)}\n`, {
    contentType: 'application/json',
  });
}

/**
 * What a cycle's status query answered at its end.
 * @param uri prefix of the cycle's artifacts
 * @returns null for a cycle that has not ended, or was terminated
 * @throws InvalidInputError when the file has another shape
 */
export async function readCycleStatus(store: ObjectStore, uri: string): Promise<CycleStatus | null> {
  return (await readJson(store, statusUri(uri), keptSchema))?.value.status ?? null;
}

function statusUri(cycle: string): string {
  return `${cycle}status.json`;
}
