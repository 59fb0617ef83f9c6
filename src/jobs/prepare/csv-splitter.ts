/** Takes the rows that a splitter cuts out: their text without the line break, and where they begin. */
export interface CsvRow {
  text: string;
  line: number;
  offset: number;
  /** The row opens a quote that does not close: the text is the first line of it only. */
  isUnclosed: boolean;
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const quote = 0x22;

/** A quoted text runs over no more than this; behind it the quote is taken for one that was never closed. */
const longestRowBytes = 64 * 1024;

/**
 * Cuts the bytes of a CSV into rows. Quoted fields may hold line breaks. A quote that never closes costs its own line
 * only: reading goes on with the next one.
 */
export class CsvSplitter {
  private buffer: Buffer = Buffer.alloc(0);
  private offset = 0;
  private line = 1;

  constructor(private readonly delimiter: number) {}

  /** @returns the rows that end in what was read so far */
  push(chunk: Buffer): CsvRow[] {
    this.buffer = this.buffer.length > 0 ? Buffer.concat([this.buffer, chunk]) : chunk;
    return this.take(false);
  }

  /** @returns the rows that are left when the input ends: of them the last has no line break behind it */
  end(): CsvRow[] {
    return this.take(true);
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
      if (end > start)
        rows.push({
          text: this.buffer.toString('utf8', start, end),
          line: this.line,
          offset: this.offset + start,
          isUnclosed: row.isUnclosed,
        });
      this.line += row.lines;
      start = Math.min(row.end + 1, this.buffer.length);
    }
    this.buffer = this.buffer.subarray(start);
    this.offset += start;
    return rows;
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
          if (at - start > longestRowBytes) return this.firstLine(start);
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
    if (isQuoted && (isLast || buffer.length - start > longestRowBytes)) return this.firstLine(start);
    return isLast ? { end: buffer.length, lines, isUnclosed: false } : null;
  }

  private firstLine(start: number): { end: number; lines: number; isUnclosed: boolean } {
    const lineEnd = this.buffer.indexOf(lineFeed, start);
    return { end: lineEnd < 0 ? this.buffer.length : lineEnd, lines: 1, isUnclosed: true };
  }
}
