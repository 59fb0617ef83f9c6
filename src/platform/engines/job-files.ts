import { createHash } from 'node:crypto';
import { z } from 'zod';
import { InvalidInputError, NotFoundError, OutsideWorkFailedError } from '../../domain/errors';
import type { JobFailure, JobProgress } from '../../domain/job';
import type { ObjectStore } from '../storage/object-store';
import { joinUri } from '../storage/uri';
import type { JobRequest } from './engine';

/** Exit code of a job that another try cannot help. */
export const permanentExitCode = 2;

const specSchema = z.looseObject({ outputUri: z.string() });
const progressSchema = z.object({ done: z.number(), total: z.number(), unit: z.string() });
const failureSchema = z.object({
  type: z.string(),
  message: z.string(),
  permanent: z.boolean(),
  facts: z.record(z.string(), z.unknown()),
});

/** What an engine needs to know of a job's specification. */
export interface SpecSummary {
  /** Where the job writes, with a slash at the end. */
  outputUri: string;
  /** Of the specification's text: tells whether two jobs were asked for the same. */
  sha256: string;
}

/** @throws InvalidInputError for something that is no specification */
export async function readSpec(store: ObjectStore, specUri: string): Promise<SpecSummary> {
  const text = await store.readText(specUri);
  const parsed = specSchema.safeParse(parseJson(text));
  if (!parsed.success) {
    throw new InvalidInputError(`${specUri} is no specification of a job: it needs an outputUri.`, {
      specUri,
    });
  }
  return { outputUri: parsed.data.outputUri, sha256: createHash('sha256').update(text).digest('hex') };
}

/** Removes what an earlier attempt left, so that its outcome is not taken for this one's. */
export async function clearOutcome(store: ObjectStore, outputUri: string): Promise<void> {
  const names = ['result.json', 'failure.json', 'progress.json'];
  await Promise.all(names.map((name) => store.delete(joinUri(outputUri, name))));
}

/** How far a running job says it is; undefined before it said so. */
export async function readProgress(store: ObjectStore, outputUri: string): Promise<JobProgress | undefined> {
  return (await readJsonOf(store, joinUri(outputUri, 'progress.json'), progressSchema)) ?? undefined;
}

/** Whether a job has left its result. */
export function hasResult(store: ObjectStore, outputUri: string): Promise<boolean> {
  return store.exists(joinUri(outputUri, 'result.json'));
}

/**
 * The error of a job that failed: with its own words where it left `failure.json`, else with the engine's.
 *
 * @param ended.how the engine's words, e.g. `ended with exit code 137`
 */
export async function jobFailure(
  store: ObjectStore,
  request: JobRequest,
  outputUri: string,
  ended: { how: string; exitCode: number | null; where: string },
): Promise<OutsideWorkFailedError> {
  const failure: JobFailure | null = await readJsonOf(
    store,
    joinUri(outputUri, 'failure.json'),
    failureSchema,
  );
  const permanent = failure?.permanent ?? ended.exitCode === permanentExitCode;
  const reason =
    failure === null ? `it ${ended.how} and left no failure.json` : `${failure.type}: ${failure.message}`;
  const advice = permanent
    ? 'Another try cannot help before that is changed.'
    : `It is worth another try; ${ended.where}.`;
  return new OutsideWorkFailedError(
    `Job ${request.name} failed: ${withFullStop(reason)} ${advice}`,
    {
      job: request.job,
      name: request.name,
      exitCode: ended.exitCode,
      ...(failure === null ? {} : { type: failure.type, cause: JSON.stringify(failure.facts) }),
    },
    permanent,
  );
}

function withFullStop(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

/** Null where there is none yet, or where it is only half written. */
async function readJsonOf<T>(store: ObjectStore, uri: string, schema: z.ZodType<T>): Promise<T | null> {
  try {
    const parsed = schema.safeParse(parseJson(await store.readText(uri)));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (error instanceof NotFoundError) return null;
    throw error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
