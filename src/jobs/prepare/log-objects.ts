import type { Readable } from 'node:stream';
import { z } from 'zod';
import { readJsonLines } from '../../platform/storage/json-lines';
import type { ObjectStore } from '../../platform/storage/object-store';

/** A log object to read: one line of `objects.jsonl`. */
export interface LogObject {
  uri: string;
  etag: string;
  bytes: number;
}

export const logObjectSchema: z.ZodType<LogObject> = z.object({
  uri: z.string().min(1),
  etag: z.string(),
  bytes: z.number().int().min(0),
});

/** Many logs are one small object an interaction: asking for them one after the other would be waiting only. */
const objectsAhead = 16;
const largestObjectAhead = 256 * 1024;

/** Adds up what there is to read. */
export async function totalBytes(store: ObjectStore, objectsUri: string): Promise<number> {
  let total = 0;
  for await (const { bytes } of readJsonLines(store, objectsUri, logObjectSchema)) total += bytes;
  return total;
}

/**
 * Opens log objects in their order, small ones ahead of time.
 *
 * @throws NotFoundError for an object that is gone
 */
export async function* openLogObjects(
  store: ObjectStore,
  objectsUri: string,
): AsyncIterable<{ object: LogObject; body: Readable | Buffer[] }> {
  const ahead: { object: LogObject; content: Promise<Buffer[]> | null }[] = [];
  for await (const object of readJsonLines(store, objectsUri, logObjectSchema)) {
    const content = object.bytes <= largestObjectAhead ? readWhole(store, object.uri) : null;
    // Its failure is thrown when its turn comes, and must not count as unhandled until then.
    content?.catch(() => undefined);
    ahead.push({ object, content });
    if (ahead.length >= objectsAhead) yield await open(store, ahead.shift()!);
  }
  for (const next of ahead) yield await open(store, next);
}

async function open(
  store: ObjectStore,
  { object, content }: { object: LogObject; content: Promise<Buffer[]> | null },
): Promise<{ object: LogObject; body: Readable | Buffer[] }> {
  return { object, body: content ? await content : await store.read(object.uri) };
}

async function readWhole(store: ObjectStore, uri: string): Promise<Buffer[]> {
  const chunks: Buffer[] = [];
  for await (const chunk of await store.read(uri)) chunks.push(chunk as Buffer);
  return chunks;
}
