/** Takes the rows that a splitter cuts out: their text without the line break, and where they begin. */
export interface CsvRow {
  text: string;
  line: number;
  offset: number;
  /** The row opens a quote that does not close: the text is the first line of it only. */
  isUnclosed: boolean;
  /** The row is longer than any record may be: its text is not held. */
  isTooLong: boolean;
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const quote = 0x22;

/** A quoted text runs over no more than this; behind it the quote is taken for one that was never closed. */
const longestQuotedBytes = 64 * 1024;

/** A longer row is passed over without being held in memory. */
export const maximumRowBytes = 1024 * 1024;

/**
 * Cuts the bytes of a CSV into rows. Quoted fields may hold line breaks. A quote that never closes costs its own line
 * only: reading goes on with the next one.
 */
export class CsvSplitter {
  private buffer: Buffer = Buffer.alloc(0);
  private offset = 0;
  private line = 1;
  /** In the rest of a row that is too long, up to its line break. */
  private isSkipping = false;

  constructor(private readonly delimiter: number) {}

  /** @returns the rows that end in what was read so far */
  push(chunk: Buffer): CsvRow[] {
    const kept = this.isSkipping ? this.skip(chunk) : chunk;
    this.buffer = this.buffer.length > 0 ? Buffer.concat([this.buffer, kept]) : kept;
    return this.take(false);
  }

  /** @returns the rows that are left when the input ends: of them the last has no line break behind it */
  end(): CsvRow[] {
    return this.take(true);
  }

  /** The last row is too long and has not ended yet. */
  get isWithinLongRow(): boolean {
    return this.isSkipping;
  }

  /** Where the next row begins. */
  get position(): { line: number; offset: number } {
    return { line: this.line, offset: this.offset };
  }

  private take(isLast: boolean): CsvRow[] {
    const rows: CsvRow[] = [];
    let start = 0;
    while (start < this.buffer.length) {
      const row = this.findRow(start, isLast);
      if (row === null) break;
      let end = row.end;
      if (end > start && this.buffer[end - 1] === carriageReturn) end--;
      const isTooLong = row.end - start > maximumRowBytes;
      if (end > start)
        rows.push({
          text: isTooLong ? '' : this.buffer.toString('utf8', start, end),
          line: this.line,
          offset: this.offset + start,
          isUnclosed: row.isUnclosed,
          isTooLong,
        });
      this.line += row.lines;
      start = Math.min(row.end + 1, this.buffer.length);
    }
    if (this.buffer.length - start > maximumRowBytes) {
      const offset = this.offset + start;
      rows.push({ text: '', line: this.line, offset, isUnclosed: false, isTooLong: true });
      this.isSkipping = true;
      start = this.buffer.length;
    }
    this.buffer = this.buffer.subarray(start);
    this.offset += start;
    return rows;
  }

  /** What follows the line break that ends a row that is too long; nothing while it goes on. */
  private skip(chunk: Buffer): Buffer {
    const lineEnd = chunk.indexOf(lineFeed);
    const passed = lineEnd < 0 ? chunk.length : lineEnd + 1;
    this.offset += passed;
    if (lineEnd >= 0) {
      this.isSkipping = false;
      this.line++;
    }
    return chunk.subarray(passed);
  }

  /** Where the row that begins at `start` ends, or null where more must be read to know. */
  private findRow(
    start: number,
    isLast: boolean,
  ): { end: number; lines: number; isUnclosed: boolean } | null {
    const { buffer } = this;
    let lines = 1;
    let isQuoted = false;
    let isFieldStart = true;
    for (let at = start; at < buffer.length; at++) {
      const byte = buffer[at]!;
      if (isQuoted) {
        if (byte === quote) {
          if (buffer[at + 1] === quote) at++;
          else isQuoted = false;
        } else if (byte === lineFeed) {
          lines++;
          if (at - start > longestQuotedBytes) return this.firstLine(start, isLast);
        }
      } else if (byte === lineFeed) {
        return { end: at, lines, isUnclosed: false };
      } else if (byte === this.delimiter) {
        isFieldStart = true;
      } else if (byte === quote && isFieldStart) {
        isQuoted = true;
        isFieldStart = false;
      } else if (byte !== 0x20) {
        isFieldStart = false;
      }
    }
    if (isQuoted && (isLast || buffer.length - start > longestQuotedBytes))
      return this.firstLine(start, isLast);
    return isLast ? { end: buffer.length, lines, isUnclosed: false } : null;
  }

  private firstLine(
    start: number,
    isLast: boolean,
  ): { end: number; lines: number; isUnclosed: boolean } | null {
    const lineEnd = this.buffer.indexOf(lineFeed, start);
    if (lineEnd < 0 && !isLast) return null;
    return { end: lineEnd < 0 ? this.buffer.length : lineEnd, lines: 1, isUnclosed: true };
  }
}
