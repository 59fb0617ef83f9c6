import type { Neighbours } from './nearest-neighbours';
import { seededRandom } from './random';

/** An undirected weighted graph in compressed rows; every edge stands in both of its rows. */
export interface Graph {
  size: number;
  offsets: Int32Array;
  targets: Int32Array;
  weights: Float64Array;
  /** Weight of the loop at each node, counted once (0 in a graph of points). */
  loops: Float64Array;
}

/** An edge list in three parallel arrays. */
export interface Edges {
  from: ArrayLike<number>;
  to: ArrayLike<number>;
  weight: ArrayLike<number>;
}

/** Builds a graph; parallel edges are added up, an edge of a node with itself becomes its loop. */
export function buildGraph(size: number, edges: Edges): Graph {
  const loops = new Float64Array(size);
  const degree = new Int32Array(size + 1);
  const count = edges.from.length;
  for (let edge = 0; edge < count; edge++) {
    if (edges.from[edge] === edges.to[edge]) continue;
    degree[edges.from[edge]!]!++;
    degree[edges.to[edge]!]!++;
  }
  const starts = new Int32Array(size + 1);
  for (let node = 0; node < size; node++) starts[node + 1] = starts[node]! + degree[node]!;
  const targets = new Int32Array(starts[size]!);
  const weights = new Float64Array(starts[size]!);
  const next = starts.slice();
  for (let edge = 0; edge < count; edge++) {
    const from = edges.from[edge]!;
    const to = edges.to[edge]!;
    const weight = edges.weight[edge]!;
    if (from === to) {
      loops[from]! += weight;
      continue;
    }
    targets[next[from]!] = to;
    weights[next[from]!++] = weight;
    targets[next[to]!] = from;
    weights[next[to]!++] = weight;
  }
  return mergeParallelEdges(size, starts, targets, weights, loops);
}

function mergeParallelEdges(
  size: number,
  starts: Int32Array,
  targets: Int32Array,
  weights: Float64Array,
  loops: Float64Array,
): Graph {
  const offsets = new Int32Array(size + 1);
  const position = new Int32Array(size).fill(-1);
  let written = 0;
  for (let node = 0; node < size; node++) {
    const first = written;
    for (let entry = starts[node]!; entry < starts[node + 1]!; entry++) {
      const target = targets[entry]!;
      if (position[target]! >= first) {
        weights[position[target]!]! += weights[entry]!;
      } else {
        position[target] = written;
        targets[written] = target;
        weights[written++] = weights[entry]!;
      }
    }
    offsets[node + 1] = written;
  }
  return { size, offsets, targets: targets.slice(0, written), weights: weights.slice(0, written), loops };
}

/**
 * The graph of mutual nearest neighbours: an edge where each row is among the other's nearest, weighted by the
 * similarity (negative ones are left out). It keeps hubs from tying groups together (Brito et al. 1997).
 */
export function mutualNeighbourGraph(neighbours: Neighbours): Graph {
  const { rows, width, indices, similarities } = neighbours;
  const from: number[] = [];
  const to: number[] = [];
  const weight: number[] = [];
  for (let row = 0; row < rows; row++) {
    for (let entry = row * width; entry < (row + 1) * width; entry++) {
      const other = indices[entry]!;
      if (other <= row || similarities[entry]! <= 0) continue;
      if (!indices.subarray(other * width, (other + 1) * width).includes(row)) continue;
      from.push(row);
      to.push(other);
      weight.push(similarities[entry]!);
    }
  }
  return buildGraph(rows, { from, to, weight });
}

/** The graph whose nodes are the groups of another graph's nodes: weights between and within them are added up. */
export function contract(graph: Graph, groups: Int32Array, groupCount: number): Graph {
  const from: number[] = [];
  const to: number[] = [];
  const weight: number[] = [];
  for (let node = 0; node < graph.size; node++) {
    const group = groups[node]!;
    if (graph.loops[node]! !== 0) {
      from.push(group);
      to.push(group);
      weight.push(graph.loops[node]!);
    }
    for (let entry = graph.offsets[node]!; entry < graph.offsets[node + 1]!; entry++) {
      const target = graph.targets[entry]!;
      if (target < node) continue;
      from.push(group);
      to.push(groups[target]!);
      weight.push(graph.weights[entry]!);
    }
  }
  return buildGraph(groupCount, { from, to, weight });
}

/**
 * A source of copies of a graph from which each edge is left out by chance (its weight is 0 in both rows).
 * @param keptShare share of the edges that stay, 0–1
 */
export function thinner(graph: Graph, keptShare: number, seed: number): () => Graph {
  const random = seededRandom(seed);
  const mirror = mirrorEntries(graph);
  return () => {
    const weights = graph.weights.slice();
    for (let entry = 0; entry < weights.length; entry++) {
      if (mirror[entry]! < entry) weights[entry] = weights[mirror[entry]!]!;
      else if (random() >= keptShare) weights[entry] = 0;
    }
    return { ...graph, weights };
  };
}

/** For each entry the one of the same edge in the other row. */
function mirrorEntries({ size, offsets, targets }: Graph): Int32Array {
  const mirror = new Int32Array(targets.length);
  // Sorted by (target, row) and by (row, target), an edge's two entries have the same rank.
  const sorted = Array.from(targets.keys());
  const rows = new Int32Array(targets.length);
  forEachEntry({ size, offsets }, (node, entry) => (rows[entry] = node));
  sorted.sort((a, b) => targets[a]! - targets[b]! || rows[a]! - rows[b]!);
  const byRow = Array.from(targets.keys()).sort((a, b) => rows[a]! - rows[b]! || targets[a]! - targets[b]!);
  sorted.forEach((entry, rank) => (mirror[entry] = byRow[rank]!));
  return mirror;
}

/** Visits every entry with the node in whose row it stands. */
export function forEachEntry(
  { size, offsets }: Pick<Graph, 'size' | 'offsets'>,
  visit: (node: number, entry: number) => void,
): void {
  for (let node = 0; node < size; node++) {
    for (let entry = offsets[node]!; entry < offsets[node + 1]!; entry++) visit(node, entry);
  }
}
