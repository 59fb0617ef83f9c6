import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import type { z } from 'zod';
import { InvalidInputError } from '../../domain/errors';
import type { ObjectStore } from './object-store';

/**
 * Reads an object of JSON lines, one value at a time; empty lines are passed over.
 *
 * @param schema what each line must be
 * @throws InvalidInputError naming the line that is no JSON or not of that shape; never its content
 */
export async function* readJsonLines<T>(
  store: ObjectStore,
  uri: string,
  schema: z.ZodType<T>,
): AsyncIterable<T> {
  const body = await store.read(uri);
  let failure: unknown;
  const lines = createInterface({ input: body, crlfDelay: Infinity });
  // readline does not pass on the errors of its input.
  body.once('error', (error) => {
    failure = error;
    lines.close();
  });
  let line = 0;
  for await (const text of lines) {
    line++;
    if (text.trim() === '') continue;
    yield parseLine(text, line, uri, schema);
  }
  if (failure !== undefined) throw failure instanceof Error ? failure : new Error('reading broke off');
}

/** All values of an object of JSON lines; see `readJsonLines`. */
export async function readAllJsonLines<T>(
  store: ObjectStore,
  uri: string,
  schema: z.ZodType<T>,
): Promise<T[]> {
  const values: T[] = [];
  for await (const value of readJsonLines(store, uri, schema)) values.push(value);
  return values;
}

/** The text of JSON lines, each line ended by a line feed. */
export function toJsonLines(values: Iterable<unknown>): string {
  let text = '';
  for (const value of values) text += `${JSON.stringify(value)}\n`;
  return text;
}

/**
 * Writes values as JSON lines to a local file without holding them all.
 *
 * @returns the number of lines
 */
export async function writeJsonLinesFile(
  path: string,
  values: Iterable<unknown> | AsyncIterable<unknown>,
): Promise<number> {
  let lines = 0;
  async function* text(): AsyncIterable<string> {
    for await (const value of values) {
      lines++;
      yield `${JSON.stringify(value)}\n`;
    }
  }
  await pipeline(text, createWriteStream(path));
  return lines;
}

function parseLine<T>(text: string, line: number, uri: string, schema: z.ZodType<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's own message quotes the line, which may hold an utterance.
    throw new InvalidInputError(`Line ${line} of ${uri} is no JSON. Correct or remove it.`, { uri, line });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'line'}: ${issue.code}`);
  throw new InvalidInputError(
    `Line ${line} of ${uri} has another shape than expected (${problems.join('; ')}). Correct or remove it.`,
    { uri, line, problems },
  );
}
