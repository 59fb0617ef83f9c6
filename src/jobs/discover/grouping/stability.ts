import type { Graph } from '../numeric/graph';
import { louvain } from '../numeric/louvain';

/** Share of the edges that take part in a run. */
const keptEdges = 0.8;
/** Fewer runs among many units: each takes longer, and topics are larger. */
const runsUpTo = [
  { units: 5_000, runs: 10 },
  { units: 20_000, runs: 4 },
  { units: Infinity, runs: 2 },
];

/**
 * How well each topic holds when the data change a little, 0–1: the mean, over divisions of graphs from which a fifth
 * of the edges was left out by chance, of the Jaccard similarity with the community that resembles it most
 * (clusterwise stability, Hennig 2007). Above .75 is stable, below .5 dissolved, as a rule.
 */
export function stabilityOf(
  topics: readonly (readonly number[])[],
  graph: Graph,
  resolution: number,
  seed: number,
): number[] {
  if (topics.length === 0) return [];
  const { runs } = runsUpTo.find(({ units }) => graph.size <= units)!;
  const sums = topics.map(() => 0);
  for (let run = 0; run < runs; run++) {
    const communities = louvain(thin(graph, seed + run), { resolution, seed: seed + run });
    const sizes = new Map<number, number>();
    for (const community of communities) sizes.set(community, (sizes.get(community) ?? 0) + 1);
    topics.forEach((topic, index) => (sums[index]! += bestJaccard(topic, communities, sizes) / runs));
  }
  return sums;
}

function bestJaccard(
  topic: readonly number[],
  communities: Int32Array,
  sizes: ReadonlyMap<number, number>,
): number {
  const shared = new Map<number, number>();
  for (const unit of topic) shared.set(communities[unit]!, (shared.get(communities[unit]!) ?? 0) + 1);
  let best = 0;
  for (const [community, both] of shared) {
    best = Math.max(best, both / (topic.length + sizes.get(community)! - both));
  }
  return best;
}

/** A copy in which a fixed share of the edges weighs nothing, the same in both of an edge's rows. */
function thin(graph: Graph, seed: number): Graph {
  const weights = graph.weights.slice();
  for (let node = 0; node < graph.size; node++) {
    for (let entry = graph.offsets[node]!; entry < graph.offsets[node + 1]!; entry++) {
      const target = graph.targets[entry]!;
      if (chance(Math.min(node, target), Math.max(node, target), seed) >= keptEdges) weights[entry] = 0;
    }
  }
  return { ...graph, weights };
}

/** A number in [0, 1) that depends on nothing but the three (the finalizer of MurmurHash3). */
function chance(low: number, high: number, seed: number): number {
  let hash = Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b) ^ Math.imul(seed, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
