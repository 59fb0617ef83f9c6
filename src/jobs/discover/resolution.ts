import { adjustedRandIndex } from './numeric/agreement';
import type { Graph } from './numeric/graph';
import { louvain } from './numeric/louvain';

/** Resolutions tried, coarse to fine. */
const ladder = [0.5, 0.7, 1, 1.4, 2, 2.8, 4, 5.6, 8, 11, 16, 22, 32];
const runs = 3;
/** Finer is taken as long as it loses no more than this of the best stability. */
const stabilityTolerance = 0.05;

/** Half of the total weight's inverse scale: what a resolution is measured against when graphs differ in size. */
function totalWeight(graph: Graph): number {
  let total = 0;
  for (const weight of graph.weights) total += weight;
  return total;
}

/**
 * The resolution at which communities of a graph resemble the known groups most: the known intents as yardstick.
 * It is carried over to a graph of another size by keeping resolution ÷ total weight the same, so that communities
 * of the same size cost the same in both (as in the constant Potts model, Traag et al. 2011).
 * @param yardstick graph of units whose group is known
 * @param target graph that is to be divided
 */
export function resolutionFromKnown(
  yardstick: Graph,
  groups: Int32Array,
  target: Graph,
  seed: number,
): number {
  let best = { resolution: 1, agreement: -Infinity };
  for (const resolution of ladder) {
    const agreement = adjustedRandIndex(louvain(yardstick, { resolution, seed }), groups);
    if (agreement > best.agreement + 0.005) best = { resolution, agreement };
  }
  return Math.max((best.resolution * totalWeight(target)) / totalWeight(yardstick), ladder[0]!);
}

/**
 * The finest resolution at which communities hardly depend on the order of visits: the yardstick where nothing is
 * known. Stability is the mean adjusted Rand index between runs (as in Lancichinetti & Fortunato 2012).
 */
export function resolutionFromStability(graph: Graph, seed: number): number {
  const stabilities = ladder.map((resolution) => {
    const partitions = Array.from({ length: runs }, (_, run) =>
      louvain(graph, { resolution, seed: seed + run }),
    );
    let sum = 0;
    for (let a = 0; a < runs; a++) {
      for (let b = a + 1; b < runs; b++) sum += adjustedRandIndex(partitions[a]!, partitions[b]!);
    }
    return sum / ((runs * (runs - 1)) / 2);
  });
  const enough = Math.max(...stabilities) - stabilityTolerance;
  return ladder[stabilities.findLastIndex((stability) => stability >= enough)]!;
}
