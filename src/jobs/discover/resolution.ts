import { adjustedRandIndex } from './numeric/agreement';
import { thinner, type Graph } from './numeric/graph';
import { louvain } from './numeric/louvain';

/** Resolutions tried, coarse to fine. */
const ladder = [0.5, 0.7, 1, 1.4, 2, 2.8, 4, 5.6, 8, 11, 16, 22, 32];
const runs = 6;
/** Share of the edges that take part in a run. */
const keptEdges = 0.7;

/** Twice the weight of all edges: what a resolution is measured against when graphs differ in size. */
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
 * The resolution at which communities change least when some edges are left out: the yardstick where nothing is
 * known. Stability is the mean adjusted Rand index between runs (as in Lancichinetti & Fortunato 2012); divisions
 * into crumbs do not count, however stable.
 */
export function resolutionFromStability(graph: Graph, seed: number): number {
  const stabilities = ladder.map((resolution) => {
    const thin = thinner(graph, keptEdges, seed);
    const partitions = Array.from({ length: runs }, (_, run) =>
      louvain(thin(), { resolution, seed: seed + run }),
    );
    if (partitions.some(isCrumbled)) return 0;
    let sum = 0;
    for (let a = 0; a < runs; a++) {
      for (let b = a + 1; b < runs; b++) sum += adjustedRandIndex(partitions[a]!, partitions[b]!);
    }
    return sum / ((runs * (runs - 1)) / 2);
  });
  const best = Math.max(...stabilities);
  return ladder[stabilities.findLastIndex((stability) => stability === best)]!;
}

/** Whether most nodes lie in communities of one or two. */
function isCrumbled(communities: Int32Array): boolean {
  const sizes = new Map<number, number>();
  for (const community of communities) sizes.set(community, (sizes.get(community) ?? 0) + 1);
  const inCrumbs = [...sizes.values()].filter((size) => size <= 2).reduce((sum, size) => sum + size, 0);
  return inCrumbs * 2 > communities.length;
}
