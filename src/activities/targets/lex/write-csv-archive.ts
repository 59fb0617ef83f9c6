import type { Artifact } from '../../../domain/artifact';
import { readBotArchive, writeLocaleArchive } from '../../../domain/bot-archive';
import { planCsvImport, type CsvImportPlan } from '../../../domain/csv-import';
import { toJsonLines } from '../../../platform/storage/json-lines';
import { putJson } from '../../artifacts';
import { readArtifactBytes } from './artifact-bytes';
import type { LexDependencies } from './dependencies';
import { parseUtteranceCsv } from './utterance-csv';
import { addedIn, extendArchive } from './write-archive';

export interface CsvArchive {
  /** `import.zip`, a locale archive. */
  archive: Artifact;
  /** `diff.json`, a `ChallengerDiff` */
  diff: Artifact;
  /** `evidence.jsonl`: rows without an intent, `{line, utterance}`; for discovery. */
  evidence: Artifact;
  /** `left-out.jsonl`: `{line, utterance, intent, reason}` */
  leftOut: Artifact;
  counts: CsvImportPlan['counts'];
  /** Without what the quotas of Lex leave out. */
  addedUtterances: number;
}

export function writeCsvArchiveActivity({ store }: LexDependencies) {
  return {
    /**
     * Adds the utterances of a CSV `utterance,intent` to the bot as it is.
     * @param input.csvUri of the CSV
     * @throws InvalidInputError when the CSV cannot be read
     * @throws QuotaExceededError when the bot passes a quota that leaving utterances out cannot mend
     */
    async writeCsvArchive(input: {
      draft: Artifact;
      csvUri: string;
      localeId: string;
      outputUri: string;
    }): Promise<CsvArchive> {
      const { localeId, outputUri } = input;
      const draft = readBotArchive(await readArtifactBytes(store, input.draft));
      const rows = parseUtteranceCsv(await store.readText(input.csvUri), input.csvUri);
      const plan = planCsvImport(rows, draft, localeId);
      const { archive, diff } = extendArchive(draft, localeId, plan.additions, []);
      const lines = (name: string, values: readonly unknown[]) =>
        store.putArtifact(`${outputUri}${name}.jsonl`, toJsonLines(values), {
          rows: values.length,
          schemaVersion: 1,
        });
      return {
        archive: await store.putArtifact(
          `${outputUri}import.zip`,
          Buffer.from(writeLocaleArchive(archive, localeId)),
          {
            rows: 1,
            schemaVersion: 1,
            contentType: 'application/zip',
          },
        ),
        diff: await putJson(store, `${outputUri}diff.json`, diff),
        evidence: await lines('evidence', plan.evidence),
        leftOut: await lines('left-out', plan.leftOut),
        counts: plan.counts,
        addedUtterances: addedIn(diff),
      };
    },
  };
}
