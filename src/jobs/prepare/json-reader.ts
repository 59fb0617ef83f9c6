import { isUtf8 } from 'node:buffer';
import { readCloudWatchEnvelope } from '../../domain/log-formats/cloudwatch-envelope';
import { readRecord } from '../../domain/log-formats/record';
import { isRejection, type Turn } from '../../domain/log-formats/turn';
import { JsonSplitter, type SplitterSink } from './json-splitter';
import type { Position, RecordSink } from './record-sink';
import type { TextReader } from './text-reader';

/** The longest record of a log: CloudWatch itself takes 256 KB a log line. */
const maximumRecordBytes = 1024 * 1024;
/** An envelope holds many records. A compressed one has up to 1 MB and unfolds by a factor of ten and more. */
const maximumEnvelopeBytes = 16 * 1024 * 1024;

const controlMessage: Turn = {
  text: '',
  intent: null,
  confidence: null,
  alternative: null,
  timeMs: null,
  sessionId: null,
  requestId: null,
  leftOut: 'control-message',
  awaitsAnswer: false,
};

/** Reads JSON logs: plain interaction logs, Lex conversation logs, and envelopes of CloudWatch around either. */
export class JsonReader implements TextReader, SplitterSink {
  private readonly splitter = new JsonSplitter(this, maximumEnvelopeBytes);

  constructor(
    private readonly sink: RecordSink,
    private readonly localeId: string,
  ) {}

  push(chunk: Buffer): void {
    this.splitter.push(chunk);
  }

  end(): ReturnType<TextReader['end']> {
    const { line, offset, isWithinRecord } = this.splitter.end();
    return { position: { line, offset }, isWithinRecord };
  }

  line(bytes: Buffer, line: number, offset: number): boolean {
    const text = this.decode(bytes);
    const value = text === null ? undefined : parseJson(text);
    if (value === undefined) return false;
    this.readValue(value, bytes.length, { line, offset });
    return true;
  }

  record(bytes: Buffer, line: number, offset: number): void {
    const position = { line, offset };
    const text = this.decode(bytes);
    if (text === null) {
      this.sink.quarantine('invalid-utf8', 'the bytes of the record are not UTF-8', position);
      return;
    }
    const value = parseJson(text);
    if (value === undefined)
      this.sink.quarantine('not-json', 'the record breaks the grammar of JSON', position);
    else this.readValue(value, bytes.length, position);
  }

  broken(reason: 'not-json' | 'truncated' | 'too-long', detail: string, line: number, offset: number): void {
    this.sink.quarantine(reason, detail, { line, offset });
  }

  /** @returns null where the bytes are not UTF-8 */
  private decode(bytes: Buffer): string | null {
    const text = bytes.toString('utf8');
    // The decoder puts U+FFFD where bytes are no UTF-8; the log itself may hold that character too.
    return text.includes('\uFFFD') && !isUtf8(bytes) ? null : text;
  }

  private readValue(value: unknown, bytes: number, position: Position): void {
    const envelope = readCloudWatchEnvelope(value);
    if (envelope === null) this.readOne(value, bytes, position);
    else if (envelope.isControl) this.sink.accept(controlMessage, position);
    else for (const message of envelope.messages) this.readMessage(message, position);
  }

  private readMessage(message: unknown, position: Position): void {
    const value = typeof message === 'string' ? parseJson(message) : message;
    if (typeof message === 'string' && value === undefined) {
      this.sink.quarantine('not-json', 'a message of the envelope is no JSON', position);
      return;
    }
    this.readOne(value, typeof message === 'string' ? message.length : 0, position);
  }

  private readOne(value: unknown, bytes: number, position: Position): void {
    if (bytes > maximumRecordBytes) {
      this.sink.quarantine('too-long', `the record is longer than ${maximumRecordBytes} bytes`, position);
      return;
    }
    const reading = readRecord(value, this.localeId);
    if (isRejection(reading)) this.sink.quarantine(reading.reason, reading.detail, position);
    else this.sink.accept(reading, position);
  }
}

/** @returns undefined where the text is no JSON */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
