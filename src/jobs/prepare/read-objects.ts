import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { PrepareSpec } from '../../domain/job';
import type { ObjectStore } from '../../platform/storage/object-store';
import type { ReportProgress } from '../progress';
import { openLogObjects, totalBytes } from './log-objects';
import { TooManyIntentsError } from './object-gatherer';
import type { QuarantineFile } from './quarantine-file';
import { openLocalLane, ThreadLane, type LaneSink, type ReadingLane } from './reading-lane';
import { mostIntents } from './turn-encoder';
import { TurnTable, type IntentNumbers } from './turn-table';

/** Starting a thread takes about as long as reading so much. */
const bytesWorthAThread = 4 * 1024 * 1024;
/** Each holds caches of its own. */
const mostThreads = 4;

/**
 * Reads all log objects into the tables of turns, texts and intents, and what cannot be used into the quarantine.
 * However many threads read, what comes out is the same.
 *
 * @param openQuarantine makes an empty one
 * @param threads that read beside this one; none: this one reads. By default as the input is worth
 * @returns the number of accepted records, and the quarantine, which is complete
 * @throws NotFoundError for an object that is gone
 */
export async function readObjects(
  spec: PrepareSpec,
  store: ObjectStore,
  progress: ReportProgress,
  connection: DuckDBConnection,
  openQuarantine: () => QuarantineFile,
  threads?: number,
): Promise<{ accepted: number; quarantine: QuarantineFile }> {
  const total = await totalBytes(store, spec.objectsUri);
  const worthwhile = Math.min(availableParallelism(), mostThreads, Math.floor(total / bytesWorthAThread));
  const run = (lanes: number) =>
    readWith(lanes, { spec, store, progress, connection, total, quarantine: openQuarantine() });
  try {
    return await run(threads ?? worthwhile);
  } catch (error) {
    if (!(error instanceof TooManyIntentsError)) throw error;
    // Which intents are too many depends on the order of all records: only one reader knows it.
    return await run(0);
  }
}

interface Reading {
  spec: PrepareSpec;
  store: ObjectStore;
  progress: ReportProgress;
  connection: DuckDBConnection;
  quarantine: QuarantineFile;
  total: number;
}

async function readWith(
  threads: number,
  { spec, store, progress, connection, total, quarantine }: Reading,
): Promise<{ accepted: number; quarantine: QuarantineFile }> {
  const table = await TurnTable.create(connection);
  const options = { ...spec.parameters, salt: randomBytes(16).toString('hex') };
  let done = 0;
  const sink = (): LaneSink => {
    const numbers: IntentNumbers = [];
    return {
      gathered(gathered) {
        if (gathered.kind === 'turns') table.append(gathered.batch, numbers);
        else quarantine.add(gathered.object, gathered.lines, gathered.countByReason);
        if (table.intentCount > mostIntents) throw new TooManyIntentsError();
      },
      read(bytes) {
        done += bytes;
        progress({ done, total, unit: 'bytes' });
      },
    };
  };
  const lanes: ReadingLane[] =
    threads === 0
      ? [openLocalLane(options, sink())]
      : Array.from({ length: threads }, () => new ThreadLane(options, sink()));
  const objects = numbered(openLogObjects(store, spec.objectsUri));
  try {
    await Promise.all(lanes.map((lane) => readLane(lane, objects)));
  } finally {
    await Promise.all(lanes.map((lane) => lane.close()));
    await table.finish();
    quarantine.close();
  }
  return { accepted: table.rows, quarantine };
}

type Numbered =
  Awaited<ReturnType<typeof openLogObjects>> extends AsyncIterable<infer T> ? T & { number: number } : never;

async function* numbered(objects: ReturnType<typeof openLogObjects>): AsyncGenerator<Numbered> {
  let number = 0;
  for await (const next of objects) yield { ...next, number: number++ };
}

/** Reads the objects that no other lane has taken. */
async function readLane(lane: ReadingLane, objects: AsyncGenerator<Numbered>): Promise<void> {
  for (;;) {
    const next = await objects.next();
    if (next.done) break;
    const { object, body, number } = next.value;
    await lane.read({ number, uri: object.uri }, body);
  }
  await lane.finish();
}
