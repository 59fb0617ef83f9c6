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

  record(bytes: Buffer, line: number, offset: number): void {
    const text = bytes.toString('utf8', 0, bytes.length);
    // The decoder puts U+FFFD where bytes are no UTF-8; the log itself may hold that character too.
    if (text.includes('\uFFFD') && !isUtf8(bytes)) {
      this.sink.quarantine('invalid-utf8', 'the bytes of the record are not UTF-8', { line, offset });
      return;
    }
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      this.sink.quarantine('not-json', 'the record breaks the grammar of JSON', { line, offset });
      return;
    }
    const position = { line, offset };
    const envelope = readCloudWatchEnvelope(value);
    if (envelope === null) this.readOne(value, bytes.length, position);
    else if (envelope.isControl) this.sink.accept(controlMessage, position);
    else for (const message of envelope.messages) this.readMessage(message, position);
  }

  broken(reason: 'not-json' | 'truncated' | 'too-long', detail: string, line: number, offset: number): void {
    this.sink.quarantine(reason, detail, { line, offset });
  }

  private readMessage(message: unknown, position: Position): void {
    let value = message;
    if (typeof message === 'string') {
      try {
        value = JSON.parse(message);
      } catch {
        this.sink.quarantine('not-json', 'a message of the envelope is no JSON', position);
        return;
      }
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
