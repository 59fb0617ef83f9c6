import type { CsvRow } from '../../../domain/csv-import';
import { parseLabelledCsv } from '../../labelled-csv';

/**
 * Reads a CSV to import; see `parseLabelledCsv`. Rows without an utterance are passed over.
 * @param uri for messages
 * @throws InvalidInputError when it is no CSV or lacks a column
 */
export function parseUtteranceCsv(text: string, uri: string): CsvRow[] {
  return parseLabelledCsv(text, uri).flatMap(({ line, text: utterance, intent }) =>
    utterance === '' ? [] : [{ line, utterance, intent }],
  );
}
