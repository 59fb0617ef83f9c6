import { closeSync, openSync, readSync, renameSync, writeFileSync } from 'node:fs';
import type { QuarantineReason } from '../../domain/log-formats/reasons';

const copiedBytes = 256 * 1024;

/** A stretch of the file with lines of one object. */
interface Stretch {
  object: number;
  offset: number;
  bytes: number;
}

/**
 * Collects the lines of quarantined records in a local file, and brings them into the order of their objects, from
 * which they may come at the same time.
 */
export class QuarantineFile {
  readonly countByReason = new Map<QuarantineReason, number>();
  private readonly stretches: Stretch[] = [];
  private readonly descriptor: number;
  private length = 0;

  constructor(readonly path: string) {
    this.descriptor = openSync(path, 'w+');
  }

  get count(): number {
    return [...this.countByReason.values()].reduce((sum, count) => sum + count, 0);
  }

  /**
   * @param object its number; the lines of one object come in their order
   * @param lines of JSON, each ended by a line feed; never with the text of a record
   */
  add(object: number, lines: string, countByReason: Partial<Record<QuarantineReason, number>>): void {
    for (const [reason, count] of Object.entries(countByReason) as [QuarantineReason, number][])
      this.countByReason.set(reason, (this.countByReason.get(reason) ?? 0) + count);
    const bytes = Buffer.byteLength(lines);
    const last = this.stretches.at(-1);
    if (last?.object === object) last.bytes += bytes;
    else this.stretches.push({ object, offset: this.length, bytes });
    this.length += bytes;
    // Unlike writeSync it goes on until everything is written: a disk that fills up takes a part only.
    writeFileSync(this.descriptor, lines);
  }

  /** Puts the lines in order; the file takes no more of them. */
  close(): void {
    const isOrdered = this.stretches.every(
      ({ object }, index) => index === 0 || this.stretches[index - 1]!.object <= object,
    );
    if (!isOrdered) this.rewrite();
    closeSync(this.descriptor);
  }

  private rewrite(): void {
    const orderedPath = `${this.path}.ordered`;
    const target = openSync(orderedPath, 'w');
    const buffer = Buffer.alloc(copiedBytes);
    for (const { offset, bytes } of this.stretches.toSorted((a, b) => a.object - b.object))
      for (let copied = 0; copied < bytes;) {
        const length = Math.min(buffer.length, bytes - copied);
        const read = readSync(this.descriptor, buffer, 0, length, offset + copied);
        writeFileSync(target, buffer.subarray(0, read));
        copied += read;
      }
    closeSync(target);
    renameSync(orderedPath, this.path);
  }
}
