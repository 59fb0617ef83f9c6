import { readFileSync, writeFileSync } from 'node:fs';
import type { GeneratedPoints } from './log';

/** A generated input, as files of plain numbers that every program can read. */
export interface InputFiles {
  /** 32-bit floating point numbers, row after row. */
  points: string;
  /** For each row the number of its topic, 32-bit whole numbers. */
  topics: string;
  rows: number;
  columns: number;
  /** So many of the rows are utterances, the first ones; the others are the bot's examples. */
  utterances: number;
  /** Where a program puts its map: x and y of each row, 32-bit floating point. */
  map: string;
}

export function writeNumbers(file: string, numbers: Float32Array | Int32Array): void {
  writeFileSync(file, new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
}

export function readPoints({ points, topics, rows, columns, utterances }: InputFiles): GeneratedPoints {
  return {
    points: { rows, columns, values: new Float32Array(numbersIn(points)) },
    topics: new Int32Array(numbersIn(topics)),
    utterances,
  };
}

function numbersIn(file: string): ArrayBuffer {
  const bytes = readFileSync(file);
  // Small files lie in a buffer that is shared with others.
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}
