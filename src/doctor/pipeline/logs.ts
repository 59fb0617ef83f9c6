import type { Readable } from 'node:stream';
import { broken, fine, warning, type Finding } from '../../domain/doctor';
import type { PipelineConfiguration } from '../../domain/pipeline';
import { readLogObject } from '../../jobs/prepare/object-reader';
import type { ListedObject, ObjectStore } from '../../platform/storage/object-store';
import type { Check } from '../check';

/** Listing more would take longer than a person waits. */
const mostListed = 20_000;
const sampledObjects = 3;
/** Larger ones are passed over: their newest records say no more. */
const mostBytes = 20_000_000;
const worryingShare = 0.1;

/** Whether there are logs, and the newest can be read. Counts only: what people said is shown nowhere. */
export function logsCheck(store: ObjectStore, configuration: PipelineConfiguration): Check {
  return {
    id: 'logs',
    group: 'pipeline',
    title: 'The logs',
    async run() {
      const { uri } = configuration.logs;
      const { newest, count } = await newestObjects(store, uri);
      if (newest.length === 0) return [noLogs(uri)];
      const counts = await countRecords(store, newest, configuration.target.localeId);
      return [judgeLogs(uri, count, newest, counts)];
    },
  };
}

function noLogs(uri: string): Finding {
  return warning(`There are no logs below ${uri}.`, {
    why: 'A cycle without new interactions ends as "skipped".',
    next: 'Send the conversation logs of Lex there (docs/your-bot.md, step 3), or correct logs.uri. Look what is there:',
    commands: [`aws s3 ls ${uri}`],
  });
}

async function newestObjects(
  store: ObjectStore,
  uri: string,
): Promise<{ newest: ListedObject[]; count: number }> {
  let newest: ListedObject[] = [];
  let count = 0;
  for await (const object of store.list(uri)) {
    if (object.bytes === 0) continue;
    count += 1;
    if (object.bytes <= mostBytes) {
      newest.push(object);
      newest.sort((a, b) => (a.lastModified < b.lastModified ? 1 : -1));
      newest = newest.slice(0, sampledObjects);
    }
    if (count >= mostListed) break;
  }
  return { newest, count };
}

/** What became of records. */
export interface RecordCounts {
  accepted: number;
  /** Accepted, but no example of what people want. */
  leftOutByReason: Record<string, number>;
  quarantinedByReason: Record<string, number>;
}

async function countRecords(
  store: ObjectStore,
  objects: readonly ListedObject[],
  localeId: string,
): Promise<RecordCounts> {
  const counts: RecordCounts = { accepted: 0, leftOutByReason: {}, quarantinedByReason: {} };
  const add = (to: Record<string, number>, reason: string) => (to[reason] = (to[reason] ?? 0) + 1);
  for (const { uri } of objects) {
    const body: Readable = await store.read(uri);
    await readLogObject(
      body,
      {
        accept({ leftOut }) {
          counts.accepted += 1;
          if (leftOut !== null) add(counts.leftOutByReason, leftOut);
        },
        quarantine: (reason) => void add(counts.quarantinedByReason, reason),
      },
      localeId,
      () => undefined,
    );
  }
  return counts;
}

export function judgeLogs(
  uri: string,
  count: number,
  sampled: readonly Pick<ListedObject, 'uri' | 'lastModified'>[],
  counts: RecordCounts,
): Finding {
  const quarantined = sum(counts.quarantinedByReason);
  const usable = counts.accepted - sum(counts.leftOutByReason);
  const total = counts.accepted + quarantined;
  const many =
    count >= mostListed ? `${count.toLocaleString('en-US')} or more` : count.toLocaleString('en-US');
  const what =
    `${many} log objects below ${uri}, the newest of ${sampled[0]?.lastModified.slice(0, 16).replace('T', ' ') ?? ''} UTC. ` +
    `Of ${sampled.length}: ${counts.accepted} records accepted${listed('left out', counts.leftOutByReason)}, ${quarantined} quarantined${listed('', counts.quarantinedByReason)}.`;
  const facts = { objects: count, sampled: sampled.map((object) => object.uri), ...counts };
  if (usable === 0) {
    return broken(what, {
      why: 'None of these records can be learnt from.',
      next: 'Compare one with the formats in docs/your-bot.md, step 3; what quarantine reasons mean is in docs/bad-input.md.',
      facts,
    });
  }
  if (quarantined > worryingShare * total) {
    return warning(what, {
      why: 'Quarantined records are lost for learning.',
      next: 'Look up the reasons in docs/bad-input.md; prepare/quarantine.jsonl of a cycle names each record’s object and line.',
      facts,
    });
  }
  return fine(what, facts);
}

function sum(counts: Record<string, number>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

function listed(title: string, counts: Record<string, number>): string {
  const entries = Object.entries(counts).map(([reason, count]) => `${count} ${reason}`);
  return entries.length === 0 ? '' : ` (${[title, entries.join(', ')].filter(Boolean).join(': ')})`;
}
