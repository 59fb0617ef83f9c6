import { parse } from 'csv-parse/sync';
import { delimiterOf } from '../domain/csv-delimiter';
import { InvalidInputError } from '../domain/errors';

/** One row of a person's CSV of labelled utterances; what a row lacks is empty. */
export interface LabelledRow {
  /** Of the file, from 1: where the row ends. */
  line: number;
  text: string;
  intent: string;
}

/**
 * Reads a CSV with the columns `utterance` (or `text`) and `intent`, in any order and case; commas, semicolons or
 * tabs, quotes, and a byte-order mark are understood. What looks like a formula is text.
 *
 * @param name of the file and what it is, for messages, e.g. `The golden set s3://…`
 * @throws InvalidInputError when it is no CSV or lacks a column; never quoting a row
 */
export function parseLabelledCsv(text: string, name: string): LabelledRow[] {
  let columns: string[] = [];
  let records: { record: Record<string, string>; info: { lines: number } }[];
  try {
    records = parse(text, {
      bom: true,
      columns: (header: string[]) => (columns = header.map((column) => column.trim().toLowerCase())),
      delimiter: delimiterOf(text),
      info: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count_less: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as typeof records;
  } catch (error) {
    const { lines, code } = error as { lines?: number; code?: string };
    // The parser's own message may quote the row.
    throw new InvalidInputError(
      `${name} is no CSV: line ${lines ?? '?'} cannot be read (${code ?? 'unknown'}). Check its quotes and its number of columns.`,
      { name, line: lines ?? null, code: code ?? null },
    );
  }
  const textColumn = ['utterance', 'text'].find((column) => columns.includes(column));
  if (textColumn === undefined || !columns.includes('intent')) {
    throw new InvalidInputError(
      `${name} needs a first line with the columns "utterance" (or "text") and "intent"; it has ${columns.join(', ') || 'none'}. Name the columns and try again.`,
      { name, columns },
    );
  }
  return records.map(({ record, info }) => ({
    line: info.lines,
    text: record[textColumn] ?? '',
    intent: record.intent ?? '',
  }));
}
