import { closeSync, openSync, writeFileSync } from 'node:fs';
import type { QuarantineReason } from '../../domain/log-formats/reasons';
import type { Position } from './record-sink';

const bufferedCharacters = 64 * 1024;

/** Collects quarantined records in a local file of JSON lines; never their text. */
export class QuarantineFile {
  readonly countByReason = new Map<QuarantineReason, number>();
  private readonly descriptor: number;
  private buffered = '';

  constructor(readonly path: string) {
    this.descriptor = openSync(path, 'w');
  }

  get count(): number {
    return [...this.countByReason.values()].reduce((sum, count) => sum + count, 0);
  }

  add(object: string, { line, offset }: Position, reason: QuarantineReason, detail: string): void {
    this.countByReason.set(reason, (this.countByReason.get(reason) ?? 0) + 1);
    this.buffered += `${JSON.stringify({ object, line, offset, reason, detail })}\n`;
    if (this.buffered.length >= bufferedCharacters) this.flush();
  }

  close(): void {
    this.flush();
    closeSync(this.descriptor);
  }

  private flush(): void {
    // Unlike writeSync it goes on until everything is written: a disk that fills up takes a part only.
    writeFileSync(this.descriptor, this.buffered);
    this.buffered = '';
  }
}
