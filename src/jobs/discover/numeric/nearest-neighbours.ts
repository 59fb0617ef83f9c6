import type { Matrix } from './matrix';

/** For each row its nearest other rows, best first: `indices[row * width + rank]`, −1 where there are fewer. */
export interface Neighbours {
  rows: number;
  width: number;
  indices: Int32Array;
  similarities: Float32Array;
}

const blockRows = 64;

/**
 * Exact nearest neighbours by inner product, a block of rows at a time so that both blocks stay in the
 * processor's cache; each pair is computed once. Ties go to the lower row number, so the result is the same everywhere.
 * @param points rows of length 1, so that the inner product is the cosine
 */
export function nearestNeighbours(points: Matrix, width: number): Neighbours {
  const { rows, columns, values } = points;
  const indices = new Int32Array(rows * width).fill(-1);
  const similarities = new Float32Array(rows * width).fill(-Infinity);
  if (width === 0) return { rows, width, indices, similarities };
  const offer = (row: number, candidate: number, similarity: number) => {
    const start = row * width;
    let rank = start + width - 1;
    if (similarity < similarities[rank]!) return;
    if (similarity === similarities[rank]! && indices[rank]! >= 0 && candidate > indices[rank]!) return;
    while (
      rank > start &&
      (similarities[rank - 1]! < similarity ||
        (similarities[rank - 1]! === similarity && candidate < indices[rank - 1]!))
    ) {
      similarities[rank] = similarities[rank - 1]!;
      indices[rank] = indices[rank - 1]!;
      rank--;
    }
    similarities[rank] = similarity;
    indices[rank] = candidate;
  };
  for (let blockA = 0; blockA < rows; blockA += blockRows) {
    const endA = Math.min(blockA + blockRows, rows);
    for (let blockB = blockA; blockB < rows; blockB += blockRows) {
      const endB = Math.min(blockB + blockRows, rows);
      for (let a = blockA; a < endA; a++) {
        let b = Math.max(blockB, a + 1);
        // Four rows at a time: each value of row a is loaded once for four products.
        for (; b + 3 < endB; b += 4) {
          let x = a * columns;
          let y0 = b * columns;
          let y1 = y0 + columns;
          let y2 = y1 + columns;
          let y3 = y2 + columns;
          let [s0, s1, s2, s3] = [0, 0, 0, 0];
          for (const end = x + columns; x < end; x++) {
            const value = values[x]!;
            s0 += value * values[y0++]!;
            s1 += value * values[y1++]!;
            s2 += value * values[y2++]!;
            s3 += value * values[y3++]!;
          }
          offer(a, b, Math.fround(s0));
          offer(a, b + 1, Math.fround(s1));
          offer(a, b + 2, Math.fround(s2));
          offer(a, b + 3, Math.fround(s3));
          offer(b, a, Math.fround(s0));
          offer(b + 1, a, Math.fround(s1));
          offer(b + 2, a, Math.fround(s2));
          offer(b + 3, a, Math.fround(s3));
        }
        for (; b < endB; b++) {
          let sum = 0;
          for (let column = 0, x = a * columns, y = b * columns; column < columns; column++, x++, y++) {
            sum += values[x]! * values[y]!;
          }
          offer(a, b, Math.fround(sum));
          offer(b, a, Math.fround(sum));
        }
      }
    }
  }
  return { rows, width, indices, similarities };
}
