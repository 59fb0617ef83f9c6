import type { Neighbours } from './nearest-neighbours';

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

/** The first edges of lists with room for more, as views. */
export function firstEdges(
  { from, to, weight }: { from: Int32Array; to: Int32Array; weight: Float64Array },
  count: number,
): Edges {
  return { from: from.subarray(0, count), to: to.subarray(0, count), weight: weight.subarray(0, count) };
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
  const from = new Int32Array(indices.length);
  const to = new Int32Array(indices.length);
  const weight = new Float64Array(indices.length);
  let count = 0;
  for (let row = 0; row < rows; row++) {
    for (let entry = row * width; entry < (row + 1) * width; entry++) {
      const other = indices[entry]!;
      if (other <= row || similarities[entry]! <= 0) continue;
      if (!indices.subarray(other * width, (other + 1) * width).includes(row)) continue;
      from[count] = row;
      to[count] = other;
      weight[count++] = similarities[entry]!;
    }
  }
  return buildGraph(rows, firstEdges({ from, to, weight }, count));
}

/** The graph whose nodes are the groups of another graph's nodes: weights between and within them are added up. */
export function contract(graph: Graph, groups: Int32Array, groupCount: number): Graph {
  const most = graph.targets.length / 2 + graph.size;
  const from = new Int32Array(most);
  const to = new Int32Array(most);
  const weight = new Float64Array(most);
  let count = 0;
  for (let node = 0; node < graph.size; node++) {
    const group = groups[node]!;
    if (graph.loops[node]! !== 0) {
      from[count] = to[count] = group;
      weight[count++] = graph.loops[node]!;
    }
    for (let entry = graph.offsets[node]!; entry < graph.offsets[node + 1]!; entry++) {
      const target = graph.targets[entry]!;
      if (target < node) continue;
      from[count] = group;
      to[count] = groups[target]!;
      weight[count++] = graph.weights[entry]!;
    }
  }
  return buildGraph(groupCount, firstEdges({ from, to, weight }, count));
}
