import type { SparseMatrix } from '../../../jobs/discover/numeric/matrix';
import type { TextVector } from '../text-space';

/**
 * So many columns of a dense matrix are multiplied at once: their sums stay in registers, which takes a third of the
 * time that one column after the other takes.
 */
export const lanes = 4;

/**
 * Vectors as the rows of a matrix.
 * @param columns how many terms there are
 */
export function matrixOf(vectors: readonly TextVector[], columns: number): SparseMatrix {
  const offsets = new Int32Array(vectors.length + 1);
  vectors.forEach(({ terms }, row) => (offsets[row + 1] = offsets[row]! + terms.length));
  const indices = new Int32Array(offsets[vectors.length]!);
  const values = new Float32Array(indices.length);
  vectors.forEach(({ terms, weights }, row) => {
    indices.set(terms, offsets[row]);
    values.set(weights, offsets[row]);
  });
  return { rows: vectors.length, columns, offsets, indices, values };
}

/** The matrix with its columns as rows. */
export function transposed({ rows, columns, offsets, indices, values }: SparseMatrix): SparseMatrix {
  const turned: SparseMatrix = {
    rows: columns,
    columns: rows,
    offsets: new Int32Array(columns + 1),
    indices: new Int32Array(indices.length),
    values: new Float32Array(indices.length),
  };
  for (const column of indices) turned.offsets[column + 1]!++;
  for (let column = 0; column < columns; column++) turned.offsets[column + 1]! += turned.offsets[column]!;
  const next = turned.offsets.slice();
  for (let row = 0; row < rows; row++) {
    for (let at = offsets[row]!; at < offsets[row + 1]!; at++) {
      const to = next[indices[at]!]!++;
      turned.indices[to] = row;
      turned.values[to] = values[at]!;
    }
  }
  return turned;
}

/**
 * The product with a dense matrix of as many columns as there are lanes.
 * @param dense its rows one after the other
 * @param into takes the product, in the same order
 * @returns `into`
 */
export function multiplyLanes(
  { rows, offsets, indices, values }: SparseMatrix,
  dense: Float64Array,
  into: Float64Array,
): Float64Array {
  for (let row = 0; row < rows; row++) {
    let [first, second, third, fourth] = [0, 0, 0, 0];
    const end = offsets[row + 1]!;
    for (let at = offsets[row]!; at < end; at++) {
      const from = indices[at]! * lanes;
      const value = values[at]!;
      first += value * dense[from]!;
      second += value * dense[from + 1]!;
      third += value * dense[from + 2]!;
      fourth += value * dense[from + 3]!;
    }
    const to = row * lanes;
    into[to] = first;
    into[to + 1] = second;
    into[to + 2] = third;
    into[to + 3] = fourth;
  }
  return into;
}
