/** Takes what a splitter finds. Positions: the line (from 1) and the byte (from 0) at which the stretch begins. */
export interface SplitterSink {
  /** The bytes of one balanced JSON value; they are only valid during the call. */
  record(bytes: Buffer, line: number, offset: number): void;
  /**
   * A whole line that begins like an object: a sink that can tell at once that it is one takes it and returns true,
   * which saves looking at every byte of it. What it does not take comes again, piece by piece.
   */
  line(bytes: Buffer, line: number, offset: number): boolean;
  /** A stretch of the input that is no record. */
  broken(reason: 'not-json' | 'truncated' | 'too-long', detail: string, line: number, offset: number): void;
}

const lineFeed = 0x0a;
const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const openBracket = 0x5b;
const backslash = 0x5c;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/** Where a line ends; within a line a record may be nested deeper. */
const mostDepthAtLineEnd = 64;

/** Longer lines are rare, and costly to offer in vain. */
const longestOfferedLine = 16 * 1024;
/** So many refused lines in a row mean that records are not laid out in lines. */
const refusalsToGiveUp = 16;

/** What CloudWatch's export to S3 puts before every line; and the byte-order mark of a file that was appended. */
const harmlessPrefix = /^(?:\d{4}-\d{2}-\d{2}T[\d:.]+Z[ \t]+|\xEF\xBB\xBF)$/;
const longestPrefix = 40;

type State =
  /** Between records. */
  | 'between'
  /** After a `[` that may open a list of records, or be part of something else. */
  | 'after-bracket'
  | 'record'
  /** In a stretch that is no JSON object, up to the end of the line. */
  | 'garbage'
  /** In the rest of a broken record. */
  | 'skipping';

/**
 * Cuts a stream of bytes into JSON records, however they are laid out: one a line, printed over several lines, as a
 * list, or one behind the other without line breaks.
 *
 * A broken record costs itself only: strings may not hold line breaks and values must be where JSON allows them, so a
 * break shows within a line or two; reading goes on at the next line that is not a continuation of the broken record
 * (indented deeper, or beginning with a closing bracket), or at the next `}{"` of the same line. Neither a record over
 * the limit nor what is skipped is held in memory.
 */
export class JsonSplitter {
  private buffer: Buffer = Buffer.alloc(0);
  /** Offset of the buffer's first byte in the input. */
  private bufferOffset = 0;
  private position = 0;
  private state: State = 'between';
  private isInList = false;
  private refusals = 0;
  /** Nothing but white space was read so far. */
  private isFirst = true;

  private line = 1;
  /** Bytes of white space at the start of the current line; -1 once something else was seen on it. */
  private indent = 0;

  private start = 0;
  private startLine = 1;
  private startIndent = 0;

  private containers = new Uint8Array(256);
  private depth = 0;
  private isInString = false;
  private isEscaped = false;
  /** The last byte of the record that is no white space. */
  private previous = 0;

  private garbageOffset = 0;
  private garbageHead = '';
  private skipsLineStart = false;
  private skipIndent = 0;
  private beforePrevious = 0;

  constructor(
    private readonly sink: SplitterSink,
    private readonly maximumRecordBytes: number,
  ) {}

  push(chunk: Buffer): void {
    const isOpen = this.state === 'record' || this.state === 'after-bracket';
    const keep = isOpen ? this.start : this.position;
    this.buffer = keep < this.buffer.length ? Buffer.concat([this.buffer.subarray(keep), chunk]) : chunk;
    this.bufferOffset += keep;
    this.position -= keep;
    this.start -= keep;
    this.run();
  }

  /**
   * The input ends: whatever is open is broken, and what it swallowed is read again.
   *
   * @returns where the input ended, and whether within a record
   */
  end(): { line: number; offset: number; isWithinRecord: boolean } {
    const isWithinRecord = this.state !== 'between' && this.state !== 'skipping';
    const end = { line: this.line, offset: this.bufferOffset + this.buffer.length, isWithinRecord };
    while (this.state === 'record' || this.state === 'after-bracket') {
      if (this.state === 'record') this.breakRecord('truncated', 'the input ends within the record');
      else this.startGarbage(this.start, this.startLine);
      this.run();
    }
    if (this.state === 'garbage') this.endGarbage();
    this.state = 'between';
    return end;
  }

  private run(): void {
    while (this.position < this.buffer.length) {
      switch (this.state) {
        case 'between':
        case 'after-bracket':
          this.scanBetween();
          break;
        case 'record':
          this.scanRecord();
          break;
        case 'garbage':
          this.scanGarbage();
          break;
        case 'skipping':
          this.scanSkipped();
          break;
      }
    }
  }

  private scanBetween(): void {
    const { buffer } = this;
    while (this.position < buffer.length) {
      const byte = buffer[this.position]!;
      if (byte === lineFeed) {
        this.line++;
        this.indent = 0;
      } else if (byte === 0x20 || byte === 0x09) {
        if (this.indent >= 0) this.indent++;
      } else if (byte === 0x0d || (byte === comma && this.state === 'between')) {
        this.indent = -1;
      } else if (this.state === 'after-bracket') {
        this.state = 'between';
        // An empty list alone is a quiet day; between records it is a broken one.
        const opensList =
          byte === openBrace || byte === openBracket || (byte === closeBracket && this.isFirst);
        this.isFirst = false;
        if (!opensList) {
          this.startGarbage(this.start, this.startLine);
          return;
        }
        this.isInList = true;
        continue;
      } else if (byte === openBrace || (byte === openBracket && this.isInList)) {
        if (this.offerLine()) continue;
        this.startRecord();
        return;
      } else if (byte === openBracket) {
        this.state = 'after-bracket';
        this.start = this.position;
        this.startLine = this.line;
        this.indent = -1;
      } else if (byte === closeBracket && this.isInList) {
        this.isInList = false;
        this.indent = -1;
      } else {
        this.startGarbage(this.position, this.line);
        return;
      }
      this.position++;
    }
  }

  private offerLine(): boolean {
    if (this.refusals >= refusalsToGiveUp) return false;
    const end = this.buffer.indexOf(lineFeed, this.position);
    if (end < 0 || end - this.position > longestOfferedLine) return false;
    const bytes = this.buffer.subarray(this.position, end);
    if (!this.sink.line(bytes, this.line, this.bufferOffset + this.position)) {
      this.refusals++;
      return false;
    }
    this.refusals = 0;
    this.isFirst = false;
    this.position = end;
    return true;
  }

  private startRecord(): void {
    this.isFirst = false;
    this.state = 'record';
    this.start = this.position;
    this.startLine = this.line;
    this.startIndent = Math.max(this.indent, 0);
    this.indent = -1;
    this.depth = 0;
    this.isInString = false;
    this.isEscaped = false;
    this.previous = colon;
  }

  private scanRecord(): void {
    const { buffer } = this;
    let { containers } = this;
    const limit = this.start + this.maximumRecordBytes;
    let { position, depth, isInString, isEscaped, previous } = this;
    let problem: { reason: 'not-json' | 'truncated' | 'too-long'; detail: string } | null = null;
    scan: while (position < buffer.length) {
      if (position >= limit) {
        problem = {
          reason: 'too-long',
          detail: `the record is longer than ${this.maximumRecordBytes} bytes`,
        };
        break;
      }
      const byte = buffer[position]!;
      if (isInString) {
        if (isEscaped) isEscaped = false;
        else if (byte === backslash) isEscaped = true;
        else if (byte === quote) isInString = false;
        else if (byte === lineFeed) {
          problem = { reason: 'truncated', detail: 'the line ends within a string of the record' };
          break;
        }
        position++;
        continue;
      }
      switch (byte) {
        case 0x20:
        case 0x09:
        case 0x0d:
          break;
        case lineFeed:
          this.line++;
          if (depth > mostDepthAtLineEnd) {
            problem = {
              reason: 'not-json',
              detail: `the record is nested deeper than ${mostDepthAtLineEnd} levels`,
            };
            break scan;
          }
          break;
        case quote:
          if (
            previous !== colon &&
            previous !== comma &&
            previous !== openBrace &&
            previous !== openBracket
          ) {
            problem = { reason: 'not-json', detail: 'a string stands where none may' };
            break scan;
          }
          isInString = true;
          previous = quote;
          break;
        case openBrace:
        case openBracket:
          if (
            previous !== colon &&
            previous !== openBracket &&
            !(previous === comma && containers[depth] === openBracket)
          ) {
            problem = this.startsLine(position)
              ? { reason: 'truncated', detail: 'the next record begins before this one has ended' }
              : { reason: 'not-json', detail: 'an object or a list stands where none may' };
            break scan;
          }
          if (depth + 1 === containers.length) {
            this.containers = new Uint8Array(containers.length * 2);
            this.containers.set(containers);
            containers = this.containers;
          }
          containers[++depth] = byte;
          previous = byte;
          break;
        case closeBrace:
        case closeBracket:
          // In ASCII a closing bracket stands two behind its opening one.
          if (containers[depth] !== byte - 2) {
            problem = { reason: 'not-json', detail: 'the brackets of the record do not match' };
            break scan;
          }
          previous = byte;
          if (--depth === 0) {
            this.position = position + 1;
            this.state = 'between';
            this.sink.record(
              buffer.subarray(this.start, this.position),
              this.startLine,
              this.bufferOffset + this.start,
            );
            return;
          }
          break;
        default:
          previous = byte;
      }
      position++;
    }
    this.position = position;
    this.depth = depth;
    this.isInString = isInString;
    this.isEscaped = isEscaped;
    this.previous = previous;
    if (problem) this.breakRecord(problem.reason, problem.detail);
  }

  /** Whether a position begins a line that is no continuation of the record. */
  private startsLine(position: number): boolean {
    let spaces = 0;
    while (
      position > this.start &&
      (this.buffer[position - 1] === 0x20 || this.buffer[position - 1] === 0x09)
    ) {
      position--;
      spaces++;
    }
    return position > this.start && this.buffer[position - 1] === lineFeed && spaces <= this.startIndent;
  }

  private breakRecord(reason: 'not-json' | 'truncated' | 'too-long', detail: string): void {
    this.sink.broken(reason, detail, this.startLine, this.bufferOffset + this.start);
    this.state = 'skipping';
    this.position = this.start;
    this.line = this.startLine;
    this.skipsLineStart = false;
    this.beforePrevious = 0;
    this.previous = 0;
  }

  private scanSkipped(): void {
    const { buffer } = this;
    while (this.position < buffer.length) {
      const byte = buffer[this.position]!;
      if (this.skipsLineStart) {
        if (byte === 0x20 || byte === 0x09) this.skipIndent++;
        else if (byte !== 0x0d) {
          const isContinuation =
            byte !== lineFeed &&
            (this.skipIndent > this.startIndent || byte === closeBrace || byte === closeBracket);
          if (!isContinuation) {
            this.state = 'between';
            this.indent = this.skipIndent;
            return;
          }
          this.skipsLineStart = false;
          continue;
        }
      } else if (byte === lineFeed) {
        this.line++;
        this.skipsLineStart = true;
        this.skipIndent = 0;
      } else if (byte === quote && this.previous === openBrace && this.beforePrevious === closeBrace) {
        // The brace that opens the next record may lie in an earlier chunk: it is put back before this one.
        this.resumeAtBrace();
        return;
      }
      this.beforePrevious = this.previous;
      this.previous = byte;
      this.position++;
    }
  }

  private resumeAtBrace(): void {
    if (this.position > 0) {
      this.position--;
    } else {
      this.buffer = Buffer.concat([Buffer.from('{'), this.buffer]);
      this.bufferOffset--;
    }
    this.state = 'between';
    this.indent = -1;
  }

  private startGarbage(start: number, line: number): void {
    this.isFirst = false;
    this.state = 'garbage';
    this.position = start;
    this.line = line;
    this.garbageOffset = this.bufferOffset + start;
    this.startLine = line;
    this.garbageHead = '';
  }

  private scanGarbage(): void {
    const { buffer } = this;
    while (this.position < buffer.length) {
      const byte = buffer[this.position]!;
      if (byte === lineFeed || (this.isInList && (byte === comma || byte === closeBracket))) {
        this.endGarbage();
        return;
      }
      if (byte === openBrace && harmlessPrefix.test(this.garbageHead)) {
        this.state = 'between';
        this.indent = -1;
        return;
      }
      if (this.garbageHead.length <= longestPrefix) this.garbageHead += String.fromCharCode(byte);
      this.position++;
    }
  }

  private endGarbage(): void {
    this.sink.broken('not-json', 'the text is no JSON object', this.startLine, this.garbageOffset);
    this.state = 'between';
    this.indent = -1;
  }
}
