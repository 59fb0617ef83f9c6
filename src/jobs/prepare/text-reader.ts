import type { Position } from './record-sink';

/** Reads the bytes of a log as they come, UTF-8 from here on. Synchronous: there is nothing to wait for. */
export interface TextReader {
  push(chunk: Buffer): void;
  /**
   * The input ends.
   *
   * @param isCut the input is known to break off here: a last record without an end is not to be trusted
   * @returns where the last record is left in the middle, which is then quarantined; else where reading ended
   */
  end(isCut: boolean): { position: Position; isWithinRecord: boolean };
}
