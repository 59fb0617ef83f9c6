import { forEachEntry, thinner, type Graph } from './numeric/graph';
import { louvain } from './numeric/louvain';

/** Communities that hold against small changes of the graph, and how well each node's place holds. */
export interface Consensus {
  communities: Int32Array;
  /** For each node the share of runs 0–1 in which its neighbours of the same community were with it. */
  stability: Float64Array;
}

const runs = 20;
/** Share of the edges that take part in a run. */
const keptEdges = 0.85;
/** Neighbours that are together in fewer runs are apart. */
const togetherShare = 0.5;

/**
 * Communities by consensus (Lancichinetti & Fortunato 2012): Louvain on many graphs with some edges left out, then
 * once more on the graph of those edges whose ends were mostly together.
 */
export function consensusCommunities(graph: Graph, resolution: number, seed: number): Consensus {
  const { size, offsets, targets, weights } = graph;
  const together = new Float64Array(targets.length);
  const thin = thinner(graph, keptEdges, seed);
  for (let run = 0; run < runs; run++) {
    const communities = louvain(thin(), { resolution, seed: seed + run });
    forEachEntry(graph, (node, entry) => {
      if (communities[node] === communities[targets[entry]!]) together[entry]! += 1 / runs;
    });
  }
  const agreed = weights.map((weight, entry) =>
    together[entry]! >= togetherShare ? weight * together[entry]! : 0,
  );
  const communities = louvain({ ...graph, weights: agreed }, { resolution, seed });
  const stability = new Float64Array(size);
  for (let node = 0; node < size; node++) {
    const [start, end] = [offsets[node]!, offsets[node + 1]!];
    for (let entry = start; entry < end; entry++) stability[node]! += together[entry]! / (end - start);
  }
  return { communities, stability };
}
