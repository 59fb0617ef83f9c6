import { z } from 'zod';
import type { ObjectStore } from '../storage/object-store';
import { joinUri } from '../storage/uri';
import { artifactSchema } from './artifact-schema';
import { readJson, updateJson, writeJson } from './json-document';

const draftStateSchema = z.object({
  /** Archives of what DRAFT may hold: one, or while an import is under way what goes in and what was there. */
  expected: z.array(artifactSchema).min(1),
  /** False from just before an import until its build is done. */
  settled: z.boolean(),
  /** The run that imported it: the description of the version that is made of it. */
  runName: z.string(),
  /** True once a version of it was compared with the live one. */
  judged: z.boolean(),
});

/** DRAFT as Ciclo left it. */
export type DraftState = z.infer<typeof draftStateSchema>;

const pipelineStateSchema = z.object({
  schemaVersion: z.literal(1),
  /** 0 before the first one. */
  lastCompletedCycle: z.int().min(0),
  /** JSON lines `{uri, etag, bytes}` of the log objects that completed cycles have read. */
  ledgerUri: z.string().nullable(),
  categoryMapUri: z.string().nullable(),
  /** Utterances that the next cycle looks at again. */
  carriedOverUri: z.string().nullable(),
  /** `discovery.json` of the last completed cycle: its ids are kept for proposals that persist. */
  discoveryUri: z.string().nullable().default(null),
  /** The golden set as the last cycle left it; null while it is still that of the pipeline file. */
  goldenSetUri: z.string().nullable(),
  /** Null before the first import. */
  draft: draftStateSchema.nullable().default(null),
});

/** What a pipeline remembers from cycle to cycle: `state.json` in its store. */
export type PipelineState = z.infer<typeof pipelineStateSchema>;

const initialState: PipelineState = {
  schemaVersion: 1,
  lastCompletedCycle: 0,
  ledgerUri: null,
  categoryMapUri: null,
  carriedOverUri: null,
  discoveryUri: null,
  goldenSetUri: null,
  draft: null,
};

function stateUri(storeUri: string): string {
  return joinUri(storeUri, 'state.json');
}

/**
 * What the last completed cycle left.
 *
 * @returns with the etag for `writePipelineState`; null before the first cycle was completed
 */
export async function readPipelineState(
  store: ObjectStore,
  storeUri: string,
): Promise<{ state: PipelineState; etag: string | null }> {
  const document = await readJson(store, stateUri(storeUri), pipelineStateSchema);
  return document === null
    ? { state: initialState, etag: null }
    : { state: document.value, etag: document.etag };
}

/**
 * Replaces the state that was read.
 *
 * @throws ConflictError when it has changed since
 */
export async function writePipelineState(
  store: ObjectStore,
  storeUri: string,
  state: PipelineState,
  etag: string | null,
): Promise<void> {
  await writeJson(store, stateUri(storeUri), state, etag);
}

/** Reads, changes and writes the state, starting over when somebody else was faster; returns it as stored. */
export async function updatePipelineState(
  store: ObjectStore,
  storeUri: string,
  change: (state: PipelineState) => PipelineState,
): Promise<PipelineState> {
  return updateJson(store, stateUri(storeUri), pipelineStateSchema, (state) => change(state ?? initialState));
}
