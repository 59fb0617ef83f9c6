import { symmetricEigen } from '../numeric/eigen';
import { dot, normalizeRows, rowOf, selectRows, zeros, type Matrix } from '../numeric/matrix';
import { multiplyDense, transpose } from '../numeric/multiply-dense';
import { whiteningMap } from '../numeric/whitening';
import { sampleEvenly } from './sample';

/** Least weight of the identity in the covariance within intents: what is learned has to serve unknown intents. */
const leastShrinkage = 0.3;
/** More known units than this, evenly over the groups, teach nothing more. */
const mostLearnedFrom = 6_000;
/** Directions whose part of the variance between intents is smaller are left to rounding. */
const negligible = 1e-6;

/**
 * Maps points into a metric learned from the known groups, for telling groups apart that nobody knows yet. Points are
 * whitened by the covariance within groups; then what lies outside of the span of the group means is scaled down.
 * How much so is measured: the part of each mean that the other means do not explain is what a group not yet known
 * has outside of the span. With few groups nearly everything is kept, with many the span alone says most. (The two
 * variances take the place of those of probabilistic linear discriminant analysis, Ioffe 2006.)
 * @param points one row of length 1 for each unit
 * @param groups for each row the number of its group, 0 … groupCount − 1, or −1 where it is not known
 * @returns rows of length 1, as a new matrix
 */
export function learnMetric(points: Matrix, groups: Int32Array, groupCount: number): Matrix {
  const sample = sampleEvenly(groups, groupCount, mostLearnedFrom);
  const examples = selectRows(points, sample);
  const own = Int32Array.from(sample, (row) => groups[row]!);
  const sizes = sizesOf(own, groupCount);
  const freedom = sample.length - sizes.filter((size) => size > 0).length;
  const shrinkage = Math.max(leastShrinkage, points.columns / (points.columns + freedom));
  const map = freedom < 1 ? null : whiteningMap(examples, own, shrinkage);
  if (map === null) return normalizeRows({ ...points, values: points.values.slice() });
  const means = multiplyDense(meansOf(examples, own, groupCount), map);
  return normalizeRows(multiplyDense(points, groupCount < 2 ? map : scaleOutsideOfSpan(map, means, sizes)));
}

/** The mean of each group's rows; a row of zeros for a group without any. */
export function meansOf(points: Matrix, groups: Int32Array, groupCount: number): Matrix {
  const means = zeros(groupCount, points.columns);
  const sizes = sizesOf(groups, groupCount);
  for (let row = 0; row < points.rows; row++) {
    const group = groups[row]!;
    if (group < 0) continue;
    const mean = rowOf(means, group);
    const share = 1 / sizes[group]!;
    const start = row * points.columns;
    for (let column = 0; column < points.columns; column++)
      mean[column]! += share * points.values[start + column]!;
  }
  return means;
}

export function sizesOf(groups: Int32Array, groupCount: number): Int32Array {
  const sizes = new Int32Array(groupCount);
  for (const group of groups) if (group >= 0) sizes[group]!++;
  return sizes;
}

/** The map followed by one that scales down what lies outside of the span of the means. */
function scaleOutsideOfSpan(map: Matrix, means: Matrix, sizes: Int32Array): Matrix {
  const { values, vectors } = symmetricEigen(gramOf(means), means.rows);
  const floor = negligible * values[0]!;
  if (!(floor > 0)) return map;
  const basis = spanOf(means, values, vectors, floor);
  const kept = outsideWeight(means, sizes, values, vectors, floor);
  const along = multiplyDense(multiplyDense(map, transpose(basis)), basis);
  return {
    ...map,
    values: map.values.map((value, index) => kept * value + (1 - kept) * along.values[index]!),
  };
}

/** Inner products of all rows with each other, in double precision: their least eigenvalues matter. */
function gramOf(rows: Matrix): Float64Array {
  const gram = new Float64Array(rows.rows * rows.rows);
  for (let a = 0; a < rows.rows; a++) {
    for (let b = 0; b <= a; b++) {
      const product = dot(rows, a, rows, b);
      gram[a * rows.rows + b] = product;
      gram[b * rows.rows + a] = product;
    }
  }
  return gram;
}

/** An orthonormal basis of the span of the rows, from the eigenvectors (in rows) of their inner products. */
function spanOf(rows: Matrix, values: Float64Array, vectors: Float64Array, floor: number): Matrix {
  const rank = values.filter((value) => value > floor).length;
  const basis = zeros(rank, rows.columns);
  for (let k = 0; k < rank; k++) {
    for (let row = 0; row < rows.rows; row++) {
      const weight = vectors[k * rows.rows + row]! / Math.sqrt(values[k]!);
      for (let column = 0; column < rows.columns; column++) {
        basis.values[k * rows.columns + column]! += weight * rows.values[row * rows.columns + column]!;
      }
    }
  }
  return basis;
}

/**
 * The weight, 0–1, of a direction outside of the span against one within it. A direction in which groups differ with
 * variance λ, in units of the variance within them, tells by √(λ / (1 + λ)). The squared length of the part of mean c
 * that the others do not explain is 1 / (G⁻¹)cc for the inner products G of the means; the part of a mean that is
 * chance (1 / its size in each direction) is taken off.
 */
function outsideWeight(
  means: Matrix,
  sizes: Int32Array,
  values: Float64Array,
  vectors: Float64Array,
  floor: number,
): number {
  const { rows: count, columns } = means;
  let [outside, whole, chance] = [0, 0, 0];
  for (let mean = 0; mean < count; mean++) {
    let inverse = 0;
    for (let k = 0; k < count; k++)
      inverse += vectors[k * count + mean]! ** 2 / (Math.max(values[k]!, 0) + floor);
    outside += 1 / inverse / count;
    whole += dot(means, mean, means, mean) / count;
    chance += 1 / Math.max(sizes[mean]!, 1) / count;
  }
  const outsideColumns = Math.max(columns - count + 1, 1);
  const residual = Math.max(outside - chance * outsideColumns, 0);
  const explained = Math.max(whole - chance * columns - residual, 0);
  if (explained === 0) return 1;
  const telling = (variance: number) => Math.sqrt(variance / (1 + variance));
  return Math.min(telling(residual / outsideColumns) / telling(explained / Math.min(count - 1, columns)), 1);
}
