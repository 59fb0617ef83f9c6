/** Rows of a sparse matrix in compressed form: row r's entries lie between `offsets[r]` and `offsets[r + 1]`. */
export interface SparseMatrix {
  rows: number;
  columns: number;
  offsets: Int32Array;
  indices: Int32Array;
  values: Float32Array;
}

export interface SparseVector {
  indices: Int32Array;
  values: Float32Array;
}

/** Puts vectors under one another. */
export function stack(vectors: SparseVector[], columns: number): SparseMatrix {
  const offsets = new Int32Array(vectors.length + 1);
  vectors.forEach((vector, row) => (offsets[row + 1] = offsets[row]! + vector.indices.length));
  const total = offsets[vectors.length]!;
  const matrix = {
    rows: vectors.length,
    columns,
    offsets,
    indices: new Int32Array(total),
    values: new Float32Array(total),
  };
  vectors.forEach((vector, row) => {
    matrix.indices.set(vector.indices, offsets[row]);
    matrix.values.set(vector.values, offsets[row]);
  });
  return matrix;
}
