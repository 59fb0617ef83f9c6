import { zeros, type Matrix } from './matrix';
import { multiplyDense } from './multiply-dense';
import { rowProducts } from './row-products';

/** Rows that are added to the covariance at a time. */
const blockRows = 512;

/**
 * A linear map under which the spread within the groups is the same in every direction: what varies between
 * phrases of one and the same intent (politeness, word order) counts less than what tells intents apart.
 * With S = (1 − shrinkage) · (covariance within groups) + shrinkage · (its mean variance) · I and S = L·Lᵀ,
 * each row x becomes L⁻¹·x, so that inner products afterwards are xᵀ·S⁻¹·y.
 * Shrinking towards the identity follows Ledoit & Wolf 2004; the weight is fixed.
 * @param points rows to map (returned as a new matrix)
 * @param groups for each row the number of its group, or −1 where it is not known
 */
export function whitenWithinGroups(points: Matrix, groups: Int32Array, shrinkage: number): Matrix {
  const map = whiteningMap(points, groups, shrinkage);
  return map === null ? { ...points, values: points.values.slice() } : multiplyDense(points, map);
}

/**
 * The matrix M, columns × columns, of the map above: row x becomes x·M.
 * @returns null where nothing varies within the groups
 */
export function whiteningMap(points: Matrix, groups: Int32Array, shrinkage: number): Matrix | null {
  const { columns } = points;
  const covariance = withinCovariance(points, groups);
  let trace = 0;
  for (let index = 0; index < columns; index++) trace += covariance[index * columns + index]!;
  if (!(trace > 0)) return null;
  const floor = (shrinkage * trace) / columns;
  for (let index = 0; index < covariance.length; index++) covariance[index]! *= 1 - shrinkage;
  for (let index = 0; index < columns; index++) covariance[index * columns + index]! += floor;
  return transposedInverse(cholesky(covariance, columns), columns);
}

/** The pooled covariance of rows around the mean of their group; groups of one say nothing. */
export function withinCovariance(points: Matrix, groups: Int32Array): Float64Array {
  const { rows, columns, values } = points;
  let groupCount = 0;
  for (const group of groups) groupCount = Math.max(groupCount, group + 1);
  const means = new Float64Array(groupCount * columns);
  const sizes = new Int32Array(groupCount);
  for (let row = 0; row < rows; row++) {
    const group = groups[row]!;
    if (group < 0) continue;
    sizes[group]!++;
    for (let column = 0; column < columns; column++) {
      means[group * columns + column]! += values[row * columns + column]!;
    }
  }
  const covariance = new Float64Array(columns * columns);
  let freedom = 0;
  for (let group = 0; group < groupCount; group++) freedom += Math.max(sizes[group]! - 1, 0);
  if (freedom === 0) return covariance;
  // Differences from the mean, one column for each row: the covariance is their inner products, block by block.
  const block = zeros(columns, blockRows);
  let inBlock = 0;
  const addBlock = () => {
    const products = rowProducts(block, block).values;
    for (let index = 0; index < products.length; index++) covariance[index]! += products[index]! / freedom;
    block.values.fill(0);
    inBlock = 0;
  };
  for (let row = 0; row < rows; row++) {
    const group = groups[row]!;
    if (group < 0 || sizes[group]! < 2) continue;
    for (let column = 0; column < columns; column++) {
      const mean = means[group * columns + column]! / sizes[group]!;
      block.values[column * blockRows + inBlock] = values[row * columns + column]! - mean;
    }
    if (++inBlock === blockRows) addBlock();
  }
  if (inBlock > 0) addBlock();
  return covariance;
}

/** The lower triangle L with L·Lᵀ = matrix (Golub & Van Loan, 4.2); the matrix must be positive definite. */
function cholesky(matrix: Float64Array, size: number): Float64Array {
  const lower = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * size + j]!;
      for (let k = 0; k < j; k++) sum -= lower[i * size + k]! * lower[j * size + k]!;
      lower[i * size + j] = i === j ? Math.sqrt(sum) : sum / lower[j * size + j]!;
    }
  }
  return lower;
}

/** The transposed inverse of a lower triangle: row by row the solution of L·y = e by forward substitution. */
function transposedInverse(lower: Float64Array, size: number): Matrix {
  const inverse = zeros(size, size);
  const solution = new Float64Array(size);
  for (let row = 0; row < size; row++) {
    // What comes before the 1 of the unit vector is zero.
    for (let i = row; i < size; i++) {
      let sum = i === row ? 1 : 0;
      for (let k = row; k < i; k++) sum -= lower[i * size + k]! * solution[k]!;
      solution[i] = sum / lower[i * size + i]!;
      inverse.values[row * size + i] = solution[i]!;
    }
  }
  return inverse;
}
