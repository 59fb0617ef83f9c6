import type { Matrix } from '../matrix';

const largest = 32_767;

/**
 * Writes a matrix as 16-bit whole numbers, scaled so that the inner product of any two rows has 31 bits.
 * @param stride numbers from row to row in the target
 * @returns the scale: what was 1 becomes this
 */
export function toWholeNumbers(matrix: Matrix, target: Int16Array, stride: number): number {
  const { rows, columns, values } = matrix;
  let longestSquared = 0;
  for (let row = 0, index = 0; row < rows; row++) {
    let squared = 0;
    for (const end = index + columns; index < end; index++) squared += values[index]! * values[index]!;
    longestSquared = Math.max(longestSquared, squared);
  }
  const scale = longestSquared > 0 ? largest / Math.sqrt(longestSquared) : 1;
  for (let row = 0, index = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, index++) {
      target[row * stride + column] = Math.floor(values[index]! * scale + 0.5);
    }
  }
  return scale;
}
