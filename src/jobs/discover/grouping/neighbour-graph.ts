import { buildGraph, firstEdges, type Graph } from '../numeric/graph';
import type { Neighbours } from '../numeric/nearest-neighbours';

/**
 * The graph in which each row is joined with its nearest, weighted by their similarity (negative ones are left out);
 * where both are among the other's nearest the weight counts twice.
 */
export function neighbourGraph({ rows, width, indices, similarities }: Neighbours): Graph {
  const from = new Int32Array(indices.length);
  const to = new Int32Array(indices.length);
  const weight = new Float64Array(indices.length);
  let count = 0;
  for (let row = 0; row < rows; row++) {
    for (let entry = row * width; entry < (row + 1) * width; entry++) {
      if (indices[entry]! < 0 || similarities[entry]! <= 0) continue;
      from[count] = row;
      to[count] = indices[entry]!;
      weight[count++] = similarities[entry]!;
    }
  }
  return buildGraph(rows, firstEdges({ from, to, weight }, count));
}
