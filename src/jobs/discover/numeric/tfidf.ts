import type { SparseMatrix } from './matrix';

export interface TfidfOptions {
  /** 1 + ln(tf) instead of tf. */
  sublinear?: boolean;
  /** Terms in fewer documents than this are left out. */
  minimumDocuments?: number;
}

/** A document-term matrix with rows of length 1, and the terms of its columns. */
export interface Tfidf {
  matrix: SparseMatrix;
  terms: string[];
}

/**
 * Term frequency × inverse document frequency as scikit-learn's TfidfVectorizer computes it:
 * idf = ln((1 + n) / (1 + df)) + 1, rows scaled to length 1. Columns are in the order of first appearance.
 * @param documents the terms of each document, repeated as often as they occur
 */
export function tfidf(documents: readonly (readonly string[])[], options: TfidfOptions = {}): Tfidf {
  const { sublinear = false, minimumDocuments = 1 } = options;
  const frequencies = documents.map(countTerms);
  const documentFrequency = new Map<string, number>();
  for (const counts of frequencies) {
    for (const term of counts.keys()) documentFrequency.set(term, (documentFrequency.get(term) ?? 0) + 1);
  }
  const columns = new Map<string, number>();
  const idf: number[] = [];
  for (const [term, count] of documentFrequency) {
    if (count < minimumDocuments) continue;
    columns.set(term, columns.size);
    idf.push(Math.log((1 + documents.length) / (1 + count)) + 1);
  }
  const offsets = new Int32Array(documents.length + 1);
  const indices: number[] = [];
  const values: number[] = [];
  frequencies.forEach((counts, row) => {
    const start = values.length;
    let squares = 0;
    for (const [term, count] of counts) {
      const column = columns.get(term);
      if (column === undefined) continue;
      const weight = (sublinear ? 1 + Math.log(count) : count) * idf[column]!;
      indices.push(column);
      values.push(weight);
      squares += weight * weight;
    }
    const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    for (let entry = start; entry < values.length; entry++) values[entry]! *= scale;
    offsets[row + 1] = values.length;
  });
  return {
    matrix: {
      rows: documents.length,
      columns: columns.size,
      offsets,
      indices: Int32Array.from(indices),
      values: Float32Array.from(values),
    },
    terms: [...columns.keys()],
  };
}

/** How often each term occurs. */
export function countTerms(terms: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}

/** Puts the columns of matrices with rows of length 1 side by side; each gets its share of the squared length. */
export function sideBySide(parts: readonly { matrix: SparseMatrix; share: number }[]): SparseMatrix {
  const rows = parts[0]?.matrix.rows ?? 0;
  const total = parts.reduce((sum, { matrix }) => sum + matrix.values.length, 0);
  const offsets = new Int32Array(rows + 1);
  const indices = new Int32Array(total);
  const values = new Float32Array(total);
  let next = 0;
  for (let row = 0; row < rows; row++) {
    let firstColumn = 0;
    for (const { matrix, share } of parts) {
      for (let entry = matrix.offsets[row]!; entry < matrix.offsets[row + 1]!; entry++, next++) {
        indices[next] = firstColumn + matrix.indices[entry]!;
        values[next] = matrix.values[entry]! * Math.sqrt(share);
      }
      firstColumn += matrix.columns;
    }
    offsets[row + 1] = next;
  }
  return {
    rows,
    columns: parts.reduce((sum, { matrix }) => sum + matrix.columns, 0),
    offsets,
    indices,
    values,
  };
}
