import { parse } from 'csv-parse/sync';
import { delimiterOf } from '../../../domain/csv-delimiter';
import type { CsvRow } from '../../../domain/csv-import';
import { InvalidInputError } from '../../../domain/errors';

/**
 * Reads a CSV with the columns `utterance` (or `text`) and `intent`, in any order and case; commas, semicolons or
 * tabs, quotes, and a byte-order mark are understood. Rows without an utterance are passed over.
 * @param uri for messages
 * @throws InvalidInputError when it is no CSV or lacks a column
 */
export function parseUtteranceCsv(text: string, uri: string): CsvRow[] {
  let columns: string[] = [];
  let records: { record: Record<string, string>; info: { lines: number } }[];
  try {
    records = parse(text, {
      bom: true,
      columns: (header: string[]) => (columns = header.map((name) => name.trim().toLowerCase())),
      delimiter: delimiterOf(text),
      info: true,
      relax_column_count_less: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as typeof records;
  } catch (error) {
    const { lines, code } = error as { lines?: number; code?: string };
    // The parser's own message may quote the row.
    throw new InvalidInputError(
      `${uri} is no CSV: line ${lines ?? '?'} cannot be read (${code ?? 'unknown'}). Check its quotes and its number of columns.`,
      { uri, line: lines ?? null, code: code ?? null },
    );
  }
  const utteranceColumn = ['utterance', 'text'].find((name) => columns.includes(name));
  if (utteranceColumn === undefined || !columns.includes('intent')) {
    throw new InvalidInputError(
      `${uri} needs a first line with the columns "utterance" and "intent"; it has ${columns.join(', ') || 'none'}.`,
      { uri, columns },
    );
  }
  return records.flatMap(({ record, info }) => {
    const utterance = record[utteranceColumn] ?? '';
    return utterance === '' ? [] : [{ line: info.lines, utterance, intent: record.intent ?? '' }];
  });
}
