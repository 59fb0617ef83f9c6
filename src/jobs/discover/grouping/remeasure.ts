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
    const start = row * width;
    // Each is put in its place among those before it.
    for (let entry = start; entry < start + width && indices[entry]! >= 0; entry++) {
      const index = indices[entry]!;
      const similarity = Math.fround(dot(points, row, points, index));
      let place = entry;
      for (; place > start; place--) {
        const before = similarities[place - 1]!;
        if (before > similarity || (before === similarity && indices[place - 1]! < index)) break;
        similarities[place] = before;
        indices[place] = indices[place - 1]!;
      }
      similarities[place] = similarity;
      indices[place] = index;
    }
  }
  return { rows, width, indices, similarities };
}
