import { dot, type Matrix } from '../../../../src/jobs/discover/numeric/matrix';

/**
 * How far the nearest on a map are near in truth (Venna & Kaski 2001), as scikit-learn's `trustworthiness` with the
 * cosine distance: 1 − 2 / (n·k·(2n − 3k − 1)) · Σ max(0, rank − k) over each point's k nearest on the map.
 * @param points rows of length 1
 * @param map x and y of each row
 */
export function trustworthiness(points: Matrix, map: ArrayLike<number>, nearest: number): number {
  const { rows } = points;
  let penalty = 0;
  for (let row = 0; row < rows; row++) {
    const byValue = (values: ArrayLike<number>) =>
      Int32Array.from({ length: rows }, (_, other) => other)
        .filter((other) => other !== row)
        .sort((a, b) => values[a]! - values[b]!);
    const inSpace = Float64Array.from({ length: rows }, (_, other) => -dot(points, row, points, other));
    const onMap = Float64Array.from({ length: rows }, (_, other) =>
      Math.hypot(map[2 * other]! - map[2 * row]!, map[2 * other + 1]! - map[2 * row + 1]!),
    );
    const ranks = new Int32Array(rows);
    byValue(inSpace).forEach((other, index) => (ranks[other] = index + 1));
    for (const other of byValue(onMap).subarray(0, nearest)) penalty += Math.max(ranks[other]! - nearest, 0);
  }
  return 1 - (2 * penalty) / (rows * nearest * (2 * rows - 3 * nearest - 1));
}
