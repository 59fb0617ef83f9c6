import { readFileSync, writeFileSync } from 'node:fs';
import type { Matrix } from '../../src/jobs/discover/numeric/matrix';

/** A generated input, as files of plain numbers that every program can read. */
export interface InputFiles {
  /** 32-bit floating point numbers, row after row. */
  points: string;
  rows: number;
  columns: number;
  /** Where a program puts its map: x and y of each row, 32-bit floating point. */
  map: string;
}

export function writeNumbers(file: string, numbers: Float32Array | Int32Array): void {
  writeFileSync(file, new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
}

export function readPoints({ points, rows, columns }: InputFiles): Matrix {
  const { buffer, byteOffset } = readFileSync(points);
  return { rows, columns, values: new Float32Array(buffer, byteOffset, rows * columns) };
}
