import { dot, type Matrix } from '../numeric/matrix';
import type { Neighbours } from '../numeric/nearest-neighbours';

/**
 * The same neighbours with their similarities in other points, nearest first. A learned metric has seen the known
 * units and pulls them together; points that nobody learned are the fair measure of how close a unit is to others.
 */
export function remeasure(neighbours: Neighbours, points: Matrix): Neighbours {
  const { rows, width } = neighbours;
  const indices = neighbours.indices.slice();
  const similarities = new Float32Array(indices.length).fill(-Infinity);
  for (let row = 0; row < rows; row++) {
    const found: { index: number; similarity: number }[] = [];
    for (let entry = row * width; entry < (row + 1) * width && indices[entry]! >= 0; entry++) {
      found.push({ index: indices[entry]!, similarity: dot(points, row, points, indices[entry]!) });
    }
    found.sort((a, b) => b.similarity - a.similarity || a.index - b.index);
    found.forEach(({ index, similarity }, rank) => {
      indices[row * width + rank] = index;
      similarities[row * width + rank] = similarity;
    });
  }
  return { rows, width, indices, similarities };
}
