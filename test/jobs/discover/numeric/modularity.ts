import type { Graph } from '../../../../src/jobs/discover/numeric/graph';

/** Modularity with a resolution (Reichardt & Bornholdt 2006): within a community, weights less those expected. */
export function modularity(graph: Graph, communities: ArrayLike<number>, resolution: number): number {
  const degrees = new Map<number, number>();
  let [within, total] = [0, 0];
  for (let node = 0; node < graph.size; node++) {
    const own = communities[node]!;
    let degree = 2 * graph.loops[node]!;
    within += degree;
    for (let entry = graph.offsets[node]!; entry < graph.offsets[node + 1]!; entry++) {
      degree += graph.weights[entry]!;
      if (communities[graph.targets[entry]!] === own) within += graph.weights[entry]!;
    }
    total += degree;
    degrees.set(own, (degrees.get(own) ?? 0) + degree);
  }
  const expected = [...degrees.values()].reduce((sum, degree) => sum + degree ** 2, 0) / total;
  return (within - resolution * expected) / total;
}
