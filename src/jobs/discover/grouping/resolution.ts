import type { Graph } from '../numeric/graph';
import { louvain } from '../numeric/louvain';

const start = 1;
const mostRounds = 8;
/** Two rounds whose resolutions differ by a smaller share agree. */
const tolerance = 0.05;

export interface Division {
  resolution: number;
  /** For each node the number of its community. */
  communities: Int32Array;
}

/**
 * Communities at the resolution that they ask for themselves. Maximizing modularity is the same as fitting a planted
 * partition by maximum likelihood where γ = (ω − ω′) / (ln ω − ln ω′), ω and ω′ being how many times as many edges
 * run within and between communities as chance would have it (Newman 2016, "Equivalence between modularity
 * optimization and maximum likelihood methods"). Beginning coarse, communities and γ are found in turn until they agree.
 */
export function divideSelfConsistently(graph: Graph, seed: number): Division {
  let resolution = start;
  let communities = louvain(graph, { resolution, seed });
  for (let round = 0; round < mostRounds; round++) {
    const fitting = fittingResolution(graph, communities);
    if (fitting === null || Math.abs(Math.log(fitting / resolution)) < tolerance) break;
    resolution = fitting;
    communities = louvain(graph, { resolution, seed });
  }
  return { resolution, communities };
}

/** γ of the planted partition that these communities are; null where edges within them are no more than chance. */
export function fittingResolution(graph: Graph, communities: Int32Array): number | null {
  const degrees = new Float64Array(graph.size);
  let [total, within] = [0, 0];
  for (let node = 0; node < graph.size; node++) {
    for (let entry = graph.offsets[node]!; entry < graph.offsets[node + 1]!; entry++) {
      const weight = graph.weights[entry]!;
      total += weight;
      degrees[communities[node]!]! += weight;
      if (communities[node] === communities[graph.targets[entry]!]) within += weight;
    }
  }
  let squares = 0;
  for (const degree of degrees) squares += (degree * degree) / total;
  const inside = within / squares;
  const between = (total - within) / (total - squares);
  if (!(between > 0) || !(inside > between)) return null;
  return (inside - between) / Math.log(inside / between);
}
