import type { Matrix } from '../numeric/matrix';
import { gaussian, seededRandom } from '../numeric/random';

const iterations = 20;
/** So many rows, evenly spaced, are enough to find the axes. */
const mostRows = 2_000;

/**
 * The rows' coordinates on their first two principal axes, by orthogonal iteration (Golub & Van Loan, 8.2.4) on the
 * covariance. Signs are fixed so that the largest coordinate of each axis is positive.
 * @returns x and y of each row, one row after the other
 */
export function principalPlane(points: Matrix, seed: number): Float64Array {
  const mean = meanRow(points);
  const draw = gaussian(seededRandom(seed));
  let axes = orthonormal(Float64Array.from({ length: 2 * points.columns }, draw), points.columns);
  const step = Math.max(Math.ceil(points.rows / mostRows), 1);
  for (let iteration = 0; iteration < iterations; iteration++) {
    axes = orthonormal(timesCovariance(points, mean, axes, step), points.columns);
  }
  const plane = new Float64Array(2 * points.rows);
  for (let row = 0; row < points.rows; row++) project(points, row, mean, axes, plane, 2 * row);
  fixSign(plane, 0);
  fixSign(plane, 1);
  return plane;
}

function meanRow({ rows, columns, values }: Matrix): Float64Array {
  const mean = new Float64Array(columns);
  for (let row = 0, index = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) mean[column]! += values[index++]! / rows;
  }
  return mean;
}

/** Writes a row's inner products with both axes to two places of the target. */
function project(
  { columns, values }: Matrix,
  row: number,
  mean: Float64Array,
  axes: Float64Array,
  target: Float64Array,
  place: number,
): void {
  let [x, y] = [0, 0];
  for (let column = 0, index = row * columns; column < columns; column++, index++) {
    const value = values[index]! - mean[column]!;
    x += value * axes[column]!;
    y += value * axes[columns + column]!;
  }
  target[place] = x;
  target[place + 1] = y;
}

/** The covariance of every so many rows, times the axes; not divided by the number of rows. */
function timesCovariance(points: Matrix, mean: Float64Array, axes: Float64Array, step: number): Float64Array {
  const { rows, columns, values } = points;
  const result = new Float64Array(2 * columns);
  const coordinates = new Float64Array(2);
  for (let row = 0; row < rows; row += step) {
    project(points, row, mean, axes, coordinates, 0);
    const [x, y] = [coordinates[0]!, coordinates[1]!];
    for (let column = 0, index = row * columns; column < columns; column++, index++) {
      const value = values[index]! - mean[column]!;
      result[column]! += x * value;
      result[columns + column]! += y * value;
    }
  }
  return result;
}

/** Two vectors made orthogonal and of length 1; one that depends on the other, or is zero, becomes zero. */
function orthonormal(vectors: Float64Array, size: number): Float64Array {
  const first = vectors.subarray(0, size);
  const second = vectors.subarray(size);
  scaleToUnit(first, 0);
  const before = Math.sqrt(product(second, second));
  const along = product(first, second);
  for (let index = 0; index < size; index++) second[index]! -= along * first[index]!;
  scaleToUnit(second, 1e-9 * before);
  return vectors;
}

function scaleToUnit(vector: Float64Array, negligible: number): void {
  const length = Math.sqrt(product(vector, vector));
  const scale = length > negligible ? 1 / length : 0;
  for (let index = 0; index < vector.length; index++) vector[index]! *= scale;
}

function product(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < left.length; index++) sum += left[index]! * right[index]!;
  return sum;
}

function fixSign(plane: Float64Array, axis: number): void {
  let largest = 0;
  for (let index = axis; index < plane.length; index += 2) {
    if (Math.abs(plane[index]!) > Math.abs(largest)) largest = plane[index]!;
  }
  if (largest < 0) for (let index = axis; index < plane.length; index += 2) plane[index]! *= -1;
}
