import type { Readable } from 'node:stream';
import type { QuarantineReason } from '../../domain/log-formats/reasons';
import { readLogObject } from './object-reader';
import type { Position, RecordSink } from './record-sink';
import type { Gathered } from './turn-batch';
import { TextFile } from './text-file';
import { TurnEncoder } from './turn-encoder';

/** What gathering needs to know; plain data, for it is handed to other threads. */
export interface GatheringOptions {
  /** The bot's locale. */
  localeId: string;
  /** Under it an answer counts as uncertain. */
  lowConfidence: number;
  /** See `TurnEncoder`. */
  salt: string;
  /** Where prepared texts go: see `TextFile`. */
  textsPath: string;
}

const bufferedCharacters = 64 * 1024;

/** The logs name more intents than any bot has. */
export class TooManyIntentsError extends Error {}

/** Reads log objects one after the other and hands over what is in them in large pieces. */
export class ObjectGatherer {
  private readonly encoder: TurnEncoder;
  private readonly texts: TextFile;
  private lines = '';
  private countByReason: Partial<Record<QuarantineReason, number>> = {};

  /**
   * @param isAlone no other gatherer reads the same logs: only then it knows itself which intents are too many, and
   *   quarantines their records; else it throws TooManyIntentsError
   */
  constructor(
    private readonly options: GatheringOptions,
    private readonly isAlone: boolean,
    private readonly handOver: (gathered: Gathered) => void,
  ) {
    const { salt, lowConfidence, localeId, textsPath } = options;
    this.texts = new TextFile(textsPath);
    this.encoder = new TurnEncoder(
      { salt, lowConfidence, language: localeId.slice(0, 2) },
      (prepared) => this.texts.add(prepared),
      (batch) => handOver({ kind: 'turns', batch }),
    );
  }

  /**
   * @param number of the object in the order of all
   * @param onBytes told how many of the object's bytes were read
   */
  async read(
    { number, uri }: { number: number; uri: string },
    body: Readable | Iterable<Buffer> | AsyncIterable<Buffer>,
    onBytes: (bytes: number) => void,
  ): Promise<void> {
    const quarantine: RecordSink['quarantine'] = (reason, detail, position) =>
      this.quarantine(number, uri, reason, detail, position);
    this.encoder.beginObject(number);
    const sink: RecordSink = {
      accept: (turn, position) => {
        if (this.encoder.add(turn)) return;
        if (!this.isAlone) throw new TooManyIntentsError();
        quarantine('bad-intent', 'the logs name more intents than any bot has', position);
      },
      quarantine,
    };
    await readLogObject(body as Readable, sink, this.options.localeId, onBytes);
    this.handOverQuarantine(number);
  }

  /** Hands over what is still held. */
  finish(): void {
    this.encoder.flush();
    this.texts.close();
  }

  private quarantine(
    number: number,
    object: string,
    reason: QuarantineReason,
    detail: string,
    { line, offset }: Position,
  ): void {
    this.countByReason[reason] = (this.countByReason[reason] ?? 0) + 1;
    this.lines += `${JSON.stringify({ object, line, offset, reason, detail })}\n`;
    if (this.lines.length >= bufferedCharacters) this.handOverQuarantine(number);
  }

  private handOverQuarantine(object: number): void {
    if (this.lines === '') return;
    this.handOver({ kind: 'quarantine', object, lines: this.lines, countByReason: this.countByReason });
    this.lines = '';
    this.countByReason = {};
  }
}
