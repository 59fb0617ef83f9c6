import { parse } from 'csv-parse/sync';
import { readCsvRow, type CsvColumns } from '../../domain/log-formats/csv';
import { isRejection } from '../../domain/log-formats/turn';
import { CsvSplitter, maximumRowBytes, type CsvRow } from './csv-splitter';
import type { RecordSink } from './record-sink';
import type { TextReader } from './text-reader';

/** Reads a CSV of utterances whose header is known; bytes are UTF-8. */
export class CsvReader implements TextReader {
  private readonly splitter: CsvSplitter;
  private isHeader = true;

  /** @param columns what `readCsvHeader` made of the first row, which is passed over */
  constructor(
    private readonly sink: RecordSink,
    private readonly delimiter: string,
    private readonly columns: CsvColumns,
  ) {
    this.splitter = new CsvSplitter(delimiter.charCodeAt(0));
  }

  push(chunk: Buffer): void {
    this.readRows(this.splitter.push(chunk));
  }

  end(isCut: boolean): ReturnType<TextReader['end']> {
    const rows = this.splitter.end();
    const cut = isCut ? rows.pop() : undefined;
    this.readRows(rows);
    if (cut) this.reject(cut, 'truncated', 'the input ends within the row');
    return {
      position: this.splitter.position,
      isWithinRecord: cut !== undefined || this.splitter.isWithinLongRow,
    };
  }

  private readRows(rows: CsvRow[]): void {
    const sound: CsvRow[] = [];
    for (const row of rows) {
      if (this.isHeader) this.isHeader = false;
      else if (row.isTooLong) this.reject(row, 'too-long', `the row is longer than ${maximumRowBytes} bytes`);
      else if (row.isUnclosed) this.reject(row, 'bad-csv-row', 'the row opens a quote that does not close');
      else if (row.text.includes('\uFFFD'))
        this.reject(row, 'invalid-utf8', 'the bytes of the row are not UTF-8');
      else if (row.text.trim() !== '') sound.push(row);
    }
    const parsed = this.parseRows(sound);
    for (const [index, row] of sound.entries()) {
      const fields = parsed[index];
      if (fields === null || fields === undefined) {
        this.reject(row, 'bad-csv-row', 'the quotes of the row are out of place');
        continue;
      }
      const reading = readCsvRow(fields, this.columns);
      if (isRejection(reading)) this.reject(row, reading.reason, reading.detail);
      else this.sink.accept(reading, row);
    }
  }

  private reject(row: CsvRow, reason: Parameters<RecordSink['quarantine']>[0], detail: string): void {
    this.sink.quarantine(reason, detail, { line: row.line, offset: row.offset });
  }

  /** Many rows at once, for speed; one by one only where the parser does not see the same rows. */
  private parseRows(rows: CsvRow[]): (string[] | null)[] {
    if (rows.length === 0) return [];
    const together = parseCsv(rows.map((row) => row.text).join('\n'), this.delimiter);
    if (together?.length === rows.length) return together;
    return rows.map((row) => {
      const alone = parseCsv(row.text, this.delimiter);
      return alone?.length === 1 ? alone[0]! : null;
    });
  }
}

/** @returns the fields of each row, or null where the text is no CSV */
export function parseCsv(text: string, delimiter: string): string[][] | null {
  try {
    return parse(text, {
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
      ltrim: true,
      rtrim: true,
      record_delimiter: ['\n', '\r\n'],
    });
  } catch {
    return null;
  }
}
