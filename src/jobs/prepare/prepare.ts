import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { PrepareResult, PrepareSpec } from '../../domain/job';
import { quarantineReasons } from '../../domain/log-formats/reasons';
import { readJsonLines } from '../../platform/storage/json-lines';
import type { ObjectStore } from '../../platform/storage/object-store';
import { joinUri } from '../../platform/storage/uri';
import type { ReportProgress } from '../progress';
import { withTemporaryFolder } from '../temporary-folder';
import { judgeTurns, observeTexts, writeUtterances } from './aggregation';
import { readObjects, type Reading } from './read-objects';
import { utteranceSchema, utteranceSchemaVersion } from './utterance-schema';

/** What DuckDB may hold before it moves to the disk: little while threads read, whose memory is free again later. */
const memoryLimits = { reading: '160MB', aggregating: '400MB' };
const quarantineSchemaVersion = 1;

/**
 * The job "prepare": reads logs of any known format and writes the phrases that people said, normalised, redacted and
 * collapsed with their counts (`utterances.jsonl`), and what could not be read (`quarantine.jsonl`).
 *
 * No raw phrase is stored anywhere. Memory does not grow with the input.
 *
 * @param progress told the bytes read
 * @param threads that read beside this one; 0: this one reads. By default as many as the input is worth
 * @returns the counts, which add up, and the artifacts
 * @throws NotFoundError for a log object that is gone
 */
export function runPrepare(
  spec: PrepareSpec,
  store: ObjectStore,
  progress: ReportProgress,
  threads?: number,
): Promise<PrepareResult> {
  return withTemporaryFolder('prepare', async (folder) => {
    const database = await DuckDBInstance.create(':memory:', {
      memory_limit: memoryLimits.reading,
      temp_directory: join(folder, 'spill'),
    });
    try {
      const connection = await database.connect();
      return await prepare({ spec, store, progress, folder, connection, threads });
    } finally {
      database.closeSync();
    }
  });
}

async function prepare(reading: Reading): Promise<PrepareResult> {
  const { spec, store, folder, connection } = reading;
  const { accepted, quarantine, textPaths } = await readObjects(reading);
  await connection.run(`SET memory_limit = '${memoryLimits.aggregating}'`);

  const { byOutcome, leftOutByReason } = await judgeTurns(connection);
  const carriedOver =
    spec.carriedOverUri === null ? [] : readJsonLines(store, spec.carriedOverUri, utteranceSchema);
  await observeTexts(connection, textPaths, carriedOver, spec.parameters.localeId.slice(0, 2));
  const utterancesPath = join(folder, 'utterances.jsonl');
  const { rows, redacted } = await writeUtterances(connection, utterancesPath);
  return {
    records: {
      in: accepted + quarantine.count,
      accepted,
      quarantined: quarantine.count,
      // In the order of the list: threads meet the reasons in any order.
      quarantinedByReason: Object.fromEntries(
        quarantineReasons.flatMap((reason) => {
          const count = quarantine.countByReason.get(reason);
          return count === undefined ? [] : [[reason, count]];
        }),
      ),
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
