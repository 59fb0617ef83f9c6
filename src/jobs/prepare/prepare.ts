import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import type { PrepareResult, PrepareSpec } from '../../domain/job';
import { detectLanguage } from '../../domain/text/language';
import type { Utterance } from '../../domain/utterance';
import { readJsonLines, writeJsonLinesFile } from '../../platform/storage/json-lines';
import type { ObjectStore } from '../../platform/storage/object-store';
import { joinUri } from '../../platform/storage/uri';
import type { ReportProgress } from '../progress';
import { withTemporaryFolder } from '../temporary-folder';
import { addCarriedOver, aggregateUtterances, judgeTurns, observeTexts } from './aggregation';
import { openLogObjects, totalBytes } from './log-objects';
import { readLogObject } from './object-reader';
import { QuarantineFile } from './quarantine-file';
import type { RecordSink } from './record-sink';
import { utteranceId } from './text-preparation';
import { TurnTable } from './turn-table';
import { utteranceSchema, utteranceSchemaVersion } from './utterance-schema';

/** What DuckDB may hold before it moves to the disk. */
const memoryLimit = '512MB';
const quarantineSchemaVersion = 1;

/**
 * The job "prepare": reads logs of any known format and writes the phrases that people said, normalised, redacted and
 * collapsed with their counts (`utterances.jsonl`), and what could not be read (`quarantine.jsonl`).
 *
 * No raw phrase is stored anywhere. Memory does not grow with the input.
 *
 * @param progress told the bytes read
 * @returns the counts, which add up, and the artifacts
 * @throws NotFoundError for a log object that is gone
 */
export function runPrepare(
  spec: PrepareSpec,
  store: ObjectStore,
  progress: ReportProgress,
): Promise<PrepareResult> {
  return withTemporaryFolder('prepare', async (folder) => {
    const database = await DuckDBInstance.create(join(folder, 'turns.duckdb'), {
      memory_limit: memoryLimit,
      temp_directory: join(folder, 'spill'),
    });
    try {
      const connection = await database.connect();
      return await prepare(spec, store, progress, folder, connection);
    } finally {
      database.closeSync();
    }
  });
}

async function prepare(
  spec: PrepareSpec,
  store: ObjectStore,
  progress: ReportProgress,
  folder: string,
  connection: DuckDBConnection,
): Promise<PrepareResult> {
  const quarantine = new QuarantineFile(join(folder, 'quarantine.jsonl'));
  const accepted = await readObjects(spec, store, progress, connection, quarantine);
  quarantine.close();

  const { byOutcome, leftOutByReason } = await judgeTurns(connection);
  await observeTexts(connection);
  if (spec.carriedOverUri !== null)
    await addCarriedOver(connection, readJsonLines(store, spec.carriedOverUri, utteranceSchema));

  const redacted: Record<string, number> = {};
  const utterancesPath = join(folder, 'utterances.jsonl');
  const language = spec.parameters.localeId.slice(0, 2);
  const rows = await writeJsonLinesFile(utterancesPath, utterances(connection, language, redacted));
  return {
    records: {
      in: accepted + quarantine.count,
      accepted,
      quarantined: quarantine.count,
      quarantinedByReason: Object.fromEntries(quarantine.countByReason),
    },
    interactions: { ...byOutcome, leftOutByReason },
    redacted,
    utterances: await store.putArtifact(
      joinUri(spec.outputUri, 'utterances.jsonl'),
      { path: utterancesPath },
      { rows, schemaVersion: utteranceSchemaVersion },
    ),
    quarantine: await store.putArtifact(
      joinUri(spec.outputUri, 'quarantine.jsonl'),
      { path: quarantine.path },
      { rows: quarantine.count, schemaVersion: quarantineSchemaVersion },
    ),
  };
}

/** @returns the number of accepted records, now rows of the table of turns */
async function readObjects(
  spec: PrepareSpec,
  store: ObjectStore,
  progress: ReportProgress,
  connection: DuckDBConnection,
  quarantine: QuarantineFile,
): Promise<number> {
  const { localeId, lowConfidence } = spec.parameters;
  const turns = await TurnTable.create(connection, lowConfidence);
  const total = await totalBytes(store, spec.objectsUri);
  let accepted = 0;
  let done = 0;
  for await (const { object, body } of openLogObjects(store, spec.objectsUri)) {
    const sink: RecordSink = {
      accept(turn, position) {
        if (turns.add(turn)) accepted++;
        else
          quarantine.add(object.uri, position, 'bad-intent', 'the logs name more intents than any bot has');
      },
      quarantine(reason, detail, position) {
        quarantine.add(object.uri, position, reason, detail);
      },
    };
    await readLogObject(body, sink, localeId, (bytes) => {
      done += bytes;
      progress({ done, total, unit: 'bytes' });
    });
  }
  await turns.finish();
  return accepted;
}

/** Completes the aggregated phrases, and adds up the placeholders in those of now. */
async function* utterances(
  connection: DuckDBConnection,
  language: string,
  redacted: Record<string, number>,
): AsyncIterable<Utterance> {
  for await (const { freshCount, text, ...observed } of aggregateUtterances(connection)) {
    for (const [, kind] of text.matchAll(/<([A-Z]+)_\d+>/g))
      redacted[kind!] = (redacted[kind!] ?? 0) + freshCount;
    yield { id: utteranceId(text), text, language: detectLanguage(text, language), ...observed };
  }
}
