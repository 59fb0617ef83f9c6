import { detectTranscoder, type Transcoder } from './encoding';
import { CsvReader } from './csv-reader';
import { detectFormat } from './format-detection';
import { JsonReader } from './json-reader';
import type { Position, RecordSink } from './record-sink';
import type { TextReader } from './text-reader';

/** Enough to recognise encoding and format by. */
const headBytes = 64 * 1024;
const start: Position = { line: 1, offset: 0 };
const byteOrderMark = Buffer.from('\uFEFF');

/** Reads the uncompressed content of one log object: recognises encoding and format, then reads its records. */
export class ContentReader implements TextReader {
  private head: Buffer[] = [];
  private headLength = 0;
  private transcoder: Transcoder | null = null;
  private reader: TextReader | null = null;

  constructor(
    private readonly sink: RecordSink,
    private readonly localeId: string,
  ) {}

  push(chunk: Buffer): void {
    if (this.reader === null) {
      this.head.push(chunk);
      this.headLength += chunk.length;
      if (this.headLength >= headBytes) this.begin();
    } else {
      this.reader.push(this.transcoder ? this.transcoder.toUtf8(chunk) : chunk);
    }
  }

  end(isCut: boolean): ReturnType<TextReader['end']> {
    const reader = this.reader ?? this.begin();
    if (this.transcoder) reader.push(this.transcoder.end());
    return reader.end(isCut);
  }

  private begin(): TextReader {
    const bytes = Buffer.concat(this.head);
    this.head = [];
    // No more than the head counts: what an object is must not depend on the size of the chunks it comes in.
    this.transcoder = detectTranscoder(bytes.subarray(0, headBytes));
    let text = this.transcoder ? this.transcoder.toUtf8(bytes) : bytes;
    if (text.subarray(0, byteOrderMark.length).equals(byteOrderMark))
      text = text.subarray(byteOrderMark.length);
    this.reader = this.open(text);
    this.reader.push(text);
    return this.reader;
  }

  private open(text: Buffer): TextReader {
    const head = text.toString('utf8', 0, headBytes);
    const format = detectFormat(head);
    switch (format.name) {
      case 'json':
        return new JsonReader(this.sink, this.localeId);
      case 'csv':
        return new CsvReader(this.sink, format.delimiter, format.columns);
      case 'unknown':
        if (head.trim() !== '')
          this.sink.quarantine(
            'unknown-format',
            'the object is no JSON log and no CSV with a column "utterance" or a text and an intent column',
            start,
          );
        return {
          push: () => undefined,
          end: () => ({ position: start, isWithinRecord: head.trim() !== '' }),
        };
    }
  }
}
