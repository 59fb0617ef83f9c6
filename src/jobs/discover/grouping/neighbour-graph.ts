import { buildGraph, type Graph } from '../numeric/graph';
import type { Neighbours } from '../numeric/nearest-neighbours';

/**
 * The graph in which each row is joined with its nearest, weighted by their similarity (negative ones are left out);
 * where both are among the other's nearest the weight counts twice.
 */
export function neighbourGraph({ rows, width, indices, similarities }: Neighbours): Graph {
  const from: number[] = [];
  const to: number[] = [];
  const weight: number[] = [];
  for (let row = 0; row < rows; row++) {
    for (let entry = row * width; entry < (row + 1) * width; entry++) {
      if (indices[entry]! < 0 || similarities[entry]! <= 0) continue;
      from.push(row);
      to.push(indices[entry]!);
      weight.push(similarities[entry]!);
    }
  }
  return buildGraph(rows, { from, to, weight });
}
