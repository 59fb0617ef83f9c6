/** A dense matrix, row after row. */
export interface Matrix {
  rows: number;
  columns: number;
  values: Float32Array;
}

/** A sparse matrix in compressed rows: the entries of row r lie at offsets[r] … offsets[r + 1] − 1. */
export interface SparseMatrix {
  rows: number;
  columns: number;
  offsets: Int32Array;
  indices: Int32Array;
  values: Float32Array;
}

/** A dense matrix of zeros. */
export function zeros(rows: number, columns: number): Matrix {
  return { rows, columns, values: new Float32Array(rows * columns) };
}

/** Row `row` as a view: writing to it changes the matrix. */
export function rowOf(matrix: Matrix, row: number): Float32Array {
  return matrix.values.subarray(row * matrix.columns, (row + 1) * matrix.columns);
}

/** The chosen rows, in the order given, as a matrix of their own. */
export function selectRows(matrix: Matrix, rows: ArrayLike<number>): Matrix {
  const selected = zeros(rows.length, matrix.columns);
  for (let index = 0; index < rows.length; index++) {
    selected.values.set(rowOf(matrix, rows[index]!), index * matrix.columns);
  }
  return selected;
}

/** The rows of matrices, one matrix after the other, as one matrix. */
export function stackRows(matrices: readonly Matrix[], columns: number): Matrix {
  const stacked = zeros(
    matrices.reduce((sum, { rows }) => sum + rows, 0),
    columns,
  );
  let next = 0;
  for (const { values } of matrices) {
    stacked.values.set(values, next);
    next += values.length;
  }
  return stacked;
}

/** Scales each row to length 1, in place; rows of zeros stay. */
export function normalizeRows(matrix: Matrix): Matrix {
  const { rows, columns, values } = matrix;
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    let sum = 0;
    for (let index = start; index < start + columns; index++) sum += values[index]! * values[index]!;
    if (sum === 0) continue;
    const scale = 1 / Math.sqrt(sum);
    for (let index = start; index < start + columns; index++) values[index]! *= scale;
  }
  return matrix;
}

/** The inner product of row a of one matrix and row b of another with as many columns. */
export function dot(left: Matrix, a: number, right: Matrix, b: number): number {
  const { columns, values } = left;
  const others = right.values;
  let x = a * columns;
  let y = b * columns;
  const end = x + columns;
  // Four sums, for one would have to wait for itself at every step.
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  for (; x + 4 <= end; x += 4, y += 4) {
    first += values[x]! * others[y]!;
    second += values[x + 1]! * others[y + 1]!;
    third += values[x + 2]! * others[y + 2]!;
    fourth += values[x + 3]! * others[y + 3]!;
  }
  for (; x < end; x++, y++) first += values[x]! * others[y]!;
  return first + second + (third + fourth);
}

/** sparse · dense. */
export function multiply(sparse: SparseMatrix, dense: Matrix): Matrix {
  const width = dense.columns;
  const product = zeros(sparse.rows, width);
  for (let row = 0; row < sparse.rows; row++) {
    const target = row * width;
    for (let entry = sparse.offsets[row]!; entry < sparse.offsets[row + 1]!; entry++) {
      const weight = sparse.values[entry]!;
      const source = sparse.indices[entry]! * width;
      for (let column = 0; column < width; column++) {
        product.values[target + column]! += weight * dense.values[source + column]!;
      }
    }
  }
  return product;
}

/** transpose(sparse) · dense. */
export function multiplyTransposed(sparse: SparseMatrix, dense: Matrix): Matrix {
  const width = dense.columns;
  const product = zeros(sparse.columns, width);
  for (let row = 0; row < sparse.rows; row++) {
    const source = row * width;
    for (let entry = sparse.offsets[row]!; entry < sparse.offsets[row + 1]!; entry++) {
      const weight = sparse.values[entry]!;
      const target = sparse.indices[entry]! * width;
      for (let column = 0; column < width; column++) {
        product.values[target + column]! += weight * dense.values[source + column]!;
      }
    }
  }
  return product;
}

/** The rows minus their mean, as a new matrix: what all of them share says nothing about any. */
export function centreRows(matrix: Matrix): Matrix {
  const { rows, columns } = matrix;
  const mean = new Float64Array(columns);
  for (let row = 0, index = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) mean[column]! += matrix.values[index++]! / rows;
  }
  const centred = zeros(rows, columns);
  for (let row = 0, index = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, index++) {
      centred.values[index] = matrix.values[index]! - mean[column]!;
    }
  }
  return centred;
}

/** The mean direction of rows: a matrix of one row of length 1. */
export function centreOf(points: Matrix, rows: readonly number[]): Matrix {
  const { columns, values } = points;
  const sum = new Float32Array(columns);
  for (const row of rows) {
    for (let column = 0, index = row * columns; column < columns; column++, index++) {
      sum[column]! += values[index]!;
    }
  }
  return normalizeRows({ rows: 1, columns, values: sum });
}
