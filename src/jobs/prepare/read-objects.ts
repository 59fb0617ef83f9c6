import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { PrepareSpec } from '../../domain/job';
import type { ObjectStore } from '../../platform/storage/object-store';
import type { ReportProgress } from '../progress';
import { openLogObjects, totalBytes } from './log-objects';
import { TooManyIntentsError } from './object-gatherer';
import { QuarantineFile } from './quarantine-file';
import { openLocalLane, ThreadLane, type LaneSink, type ReadingLane } from './reading-lane';
import { mostIntents } from './turn-encoder';
import { TurnTable, type IntentNumbers } from './turn-table';

/** Starting a thread takes about as long as reading half as much. */
const bytesWorthAThread = 4 * 1024 * 1024;
/** Each holds caches of its own. */
const mostThreads = 4;

/** What is to be read, and where to. */
export interface Reading {
  spec: PrepareSpec;
  store: ObjectStore;
  /** Told the bytes read. */
  progress: ReportProgress;
  connection: DuckDBConnection;
  /** For files. */
  folder: string;
  /** Those that read beside this one; 0: this one reads. By default as many as the input is worth. */
  threads?: number;
}

/** The number of accepted records, and the files, which are complete. */
export interface ReadObjects {
  accepted: number;
  quarantine: QuarantineFile;
  /** See `textsQuery`. */
  textPaths: string[];
}

/**
 * Reads all log objects: into the tables of turns and intents, their texts and what cannot be used into files.
 * However many threads read, what comes out is the same.
 *
 * @throws NotFoundError for an object that is gone
 */
export async function readObjects(reading: Reading): Promise<ReadObjects> {
  const total = await totalBytes(reading.store, reading.spec.objectsUri);
  const worthwhile = Math.min(availableParallelism(), mostThreads, Math.floor(total / bytesWorthAThread));
  try {
    return await readWith(reading.threads ?? worthwhile, reading, total);
  } catch (error) {
    if (!(error instanceof TooManyIntentsError)) throw error;
    // Which intents are too many depends on the order of all records: only one reader knows it.
    return await readWith(0, reading, total);
  }
}

async function readWith(
  threads: number,
  { spec, store, progress, connection, folder }: Reading,
  total: number,
): Promise<ReadObjects> {
  const table = await TurnTable.create(connection);
  const quarantine = new QuarantineFile(join(folder, 'quarantine.jsonl'));
  const salt = randomBytes(16).toString('hex');
  const textPaths = Array.from({ length: Math.max(1, threads) }, (_, lane) =>
    join(folder, `texts-${lane}.tsv`),
  );
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
  const lanes = textPaths.map((textsPath): ReadingLane => {
    const options = { ...spec.parameters, salt, textsPath };
    return threads === 0 ? openLocalLane(options, sink()) : new ThreadLane(options, sink());
  });
  const objects = numbered(openLogObjects(store, spec.objectsUri));
  try {
    await Promise.all(lanes.map((lane) => readLane(lane, objects)));
  } finally {
    await Promise.all(lanes.map((lane) => lane.close()));
    await table.finish();
    quarantine.close();
  }
  return { accepted: table.rows, quarantine, textPaths };
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
