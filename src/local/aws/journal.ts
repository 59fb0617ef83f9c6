import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A request that may have changed something: one line of `requests.jsonl`. */
export interface JournalEntry {
  /** ISO 8601 */
  at: string;
  service: string;
  operation: string;
  /** HTTP status of the answer. */
  status: number;
  /** What it was about: ids, names, versions and descriptions of the request and of its answer; never a phrase. */
  keys: Record<string, string>;
}

const readingOperation = /^(?:Describe|List|Get|Recognize|Simulate|InvokeModel|Converse)/;
/** Sessions of a conversation end by themselves: they change nothing that lasts. */
const sessionOperations = new Set(['PutSession', 'DeleteSession']);
const keyName = /(?:^|[a-z])(?:Ids?|Arn|Name|Version)$|^(?:description|name)$/i;
const deepest = 3;

/**
 * What the stand-in was asked to change and how it answered, in order. A line is written when the change is on disk and
 * before the answer leaves, so that what a caller was told, or missed, can be looked up.
 */
export class Journal {
  private readonly path: string;

  constructor(stateDirectory: string) {
    this.path = pathOf(stateDirectory);
  }

  /** @param output absent for a request that was refused */
  note(service: string, operation: string, status: number, input: object, output: object = {}): void {
    if (readingOperation.test(operation) || sessionOperations.has(operation)) return;
    const keys = { ...keysOf(input, deepest), ...keysOf(output, deepest) };
    const entry: JournalEntry = { at: new Date().toISOString(), service, operation, status, keys };
    appendFileSync(this.path, `${JSON.stringify(entry)}\n`);
  }
}

/**
 * Reads the journal, oldest first.
 * @param stateDirectory the one given to `startLocalAws`
 */
export function readJournal(stateDirectory: string): JournalEntry[] {
  const path = pathOf(stateDirectory);
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as JournalEntry);
}

function pathOf(stateDirectory: string): string {
  return join(stateDirectory, 'requests.jsonl');
}

function keysOf(value: object, depth: number): Record<string, string> {
  const keys: Record<string, string> = {};
  for (const [name, member] of Object.entries(value) as [string, unknown][]) {
    if (typeof member === 'string' && keyName.test(name)) keys[name] = member;
    else if (typeof member === 'object' && member !== null && depth > 1)
      Object.assign(keys, keysOf(member, depth - 1));
  }
  return keys;
}
