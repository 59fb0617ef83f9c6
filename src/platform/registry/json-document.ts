import type { z } from 'zod';
import { ConflictError, InvalidInputError, NotFoundError } from '../../domain/errors';
import type { ObjectStore } from '../storage/object-store';

/** How often a read-modify-write starts over because somebody else was faster. */
const updateAttempts = 20;

/** How many differences from the expected shape a message tells. */
const mostProblems = 5;

/** A JSON object in the store with the etag to replace it by. */
export interface JsonDocument<T> {
  value: T;
  etag: string;
}

/**
 * Reads a JSON object of a known shape.
 *
 * @returns null when there is none
 * @throws InvalidInputError when it has another shape
 */
export async function readJson<T>(
  store: ObjectStore,
  uri: string,
  schema: z.ZodType<T>,
): Promise<JsonDocument<T> | null> {
  let read: { text: string; etag: string };
  try {
    read = await store.readWithEtag(uri);
  } catch (error) {
    if (error instanceof NotFoundError) return null;
    throw error;
  }
  let value: unknown;
  try {
    value = JSON.parse(read.text);
  } catch (cause) {
    throw new InvalidInputError(`${uri} is no JSON. Restore an earlier version of it.`, { uri }, true, {
      cause,
    });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return { value: parsed.data, etag: read.etag };
  const { issues } = parsed.error;
  const problems = issues
    .slice(0, mostProblems)
    .map((issue) => `${issue.path.join('.') || 'the whole'}: ${issue.message}`);
  const more = issues.length - problems.length;
  throw new InvalidInputError(
    `${uri} has another shape than expected (${problems.join('; ')}${more > 0 ? `; and ${more} more` : ''}). Restore an earlier version of it; or was it written by another version of Ciclo?`,
    { uri, problems },
  );
}

/**
 * Replaces a JSON object, if it is still the one that was read.
 *
 * @param etag of what was read; null when there was nothing
 * @throws ConflictError when it has changed since
 */
export async function writeJson(
  store: ObjectStore,
  uri: string,
  value: unknown,
  etag: string | null,
): Promise<void> {
  await store.write(uri, `${JSON.stringify(value, null, 2)}\n`, {
    contentType: 'application/json',
    ...(etag === null ? { ifNoneMatch: '*' } : { ifMatch: etag }),
  });
}

/**
 * Reads, changes and conditionally writes a JSON object, starting over when somebody else was faster.
 *
 * @param change gets null when there is no object yet; returning what it got leaves the object alone
 * @returns the value as it is stored now
 * @throws ConflictError when somebody else was faster too often
 */
export async function updateJson<T>(
  store: ObjectStore,
  uri: string,
  schema: z.ZodType<T>,
  change: (value: T | null) => T,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const document = await readJson(store, uri, schema);
    const value = change(document?.value ?? null);
    if (value === document?.value) return value;
    try {
      await writeJson(store, uri, value, document?.etag ?? null);
      return value;
    } catch (error) {
      if (!(error instanceof ConflictError) || attempt === updateAttempts) throw error;
    }
  }
}
