import type { QuarantineReason } from '../../domain/log-formats/reasons';
import type { Turn } from '../../domain/log-formats/turn';

/** Where a record stands in its object, of the uncompressed content. */
export interface Position {
  /** From 1. */
  line: number;
  /** Bytes from 0. */
  offset: number;
}

/** Takes everything that is read from log objects: each record exactly once. */
export interface RecordSink {
  accept(turn: Turn, position: Position): void;
  quarantine(reason: QuarantineReason, detail: string, position: Position): void;
}
