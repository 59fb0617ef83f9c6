import { contract, type Graph } from './graph';
import { permutation, seededRandom, type Random } from './random';

export interface LouvainOptions {
  /** γ of Reichardt & Bornholdt 2006: higher gives more and smaller communities. */
  resolution: number;
  seed: number;
}

const leastGain = 1e-9;

/**
 * Communities by the Louvain method (Blondel et al. 2008) for modularity with a resolution: nodes move to the
 * neighbouring community that gains most until none gains, communities become nodes, and again. On the way back nodes
 * may move once more at each level (multilevel refinement, Rotta & Noack 2011): it frees those that were tied to their
 * first companions.
 * @returns for each node the number of its community, numbered 0 … in the order of first appearance
 */
export function louvain(graph: Graph, options: LouvainOptions): Int32Array {
  return divide(graph, options.resolution, seededRandom(options.seed)).communities;
}

interface Division {
  communities: Int32Array;
  count: number;
}

function divide(graph: Graph, resolution: number, random: Random): Division {
  const alone = Int32Array.from({ length: graph.size }, (_, node) => node);
  const moved = renumber(moveNodes(graph, alone, resolution, random));
  if (moved.count === graph.size) return moved;
  const above = divide(contract(graph, moved.communities, moved.count), resolution, random).communities;
  const start = moved.communities.map((community) => above[community]!);
  return renumber(moveNodes(graph, start, resolution, random));
}

/** Weighted degree of every node; a loop counts twice. */
function degrees(graph: Graph): Float64Array {
  const degree = new Float64Array(graph.size);
  for (let node = 0; node < graph.size; node++) {
    let sum = 2 * graph.loops[node]!;
    for (let entry = graph.offsets[node]!; entry < graph.offsets[node + 1]!; entry++)
      sum += graph.weights[entry]!;
    degree[node] = sum;
  }
  return degree;
}

/**
 * One level of local moving, with a queue of the nodes whose surroundings changed.
 * @param community of each node at the beginning, a number below that of the nodes; changed in place and returned
 */
function moveNodes(graph: Graph, community: Int32Array, resolution: number, random: Random): Int32Array {
  const { size, offsets, targets, weights } = graph;
  const degree = degrees(graph);
  const total = degree.reduce((sum, value) => sum + value, 0);
  if (total === 0) return community;
  const communityDegree = new Float64Array(size);
  for (let node = 0; node < size; node++) communityDegree[community[node]!]! += degree[node]!;
  const towards = new Float64Array(size);
  const touched = new Int32Array(size);
  const queue = permutation(size, random);
  const waiting = new Uint8Array(size).fill(1);
  const penalty = resolution / total;
  let head = 0;
  let length = size;
  while (length > 0) {
    const node = queue[head]!;
    head = head + 1 === size ? 0 : head + 1;
    length--;
    waiting[node] = 0;
    const home = community[node]!;
    let touchedCount = 0;
    for (let entry = offsets[node]!; entry < offsets[node + 1]!; entry++) {
      if (weights[entry] === 0) continue;
      const other = community[targets[entry]!]!;
      if (towards[other] === 0) touched[touchedCount++] = other;
      towards[other]! += weights[entry]!;
    }
    const own = degree[node]!;
    communityDegree[home]! -= own;
    let best = home;
    let bestGain = towards[home]! - penalty * own * communityDegree[home]!;
    for (let index = 0; index < touchedCount; index++) {
      const candidate = touched[index]!;
      const gain = towards[candidate]! - penalty * own * communityDegree[candidate]!;
      towards[candidate] = 0;
      if (candidate === home || gain <= bestGain + leastGain) continue;
      bestGain = gain;
      best = candidate;
    }
    communityDegree[best]! += own;
    if (best === home) continue;
    community[node] = best;
    for (let entry = offsets[node]!; entry < offsets[node + 1]!; entry++) {
      const neighbour = targets[entry]!;
      if (waiting[neighbour] || community[neighbour] === best) continue;
      waiting[neighbour] = 1;
      queue[(head + length) % size] = neighbour;
      length++;
    }
  }
  return community;
}

function renumber(membership: Int32Array): Division {
  const numbers = new Int32Array(membership.length).fill(-1);
  let count = 0;
  const communities = membership.map((old) => {
    if (numbers[old]! < 0) numbers[old] = count++;
    return numbers[old]!;
  });
  return { communities, count };
}
