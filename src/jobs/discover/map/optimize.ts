import type { Graph } from '../numeric/graph';
import { permutation, seededRandom } from '../numeric/random';
import { attraction, repulsion, tableIndex } from './forces';

/** Points that an edge's end is pushed away from for each time that it is pulled. */
const negativeSamples = 5;
/** Longest step on one axis. */
const longestStep = 4;

/**
 * Moves points on a plane by stochastic gradient descent on the cross-entropy of UMAP (McInnes et al. 2018, section
 * 3.2): edges pull their ends together, the stronger ones more often, and points chosen by chance push each other
 * away; steps grow shorter from epoch to epoch.
 * @param positions x and y of each node, changed in place
 */
export function optimizeLayout(graph: Graph, positions: Float64Array, epochs: number, seed: number): void {
  const { from, to, period } = edgesByStrength(graph, epochs, seed);
  const [pulls, pushes] = [attraction, repulsion];
  const due = period.slice();
  let random = (seed ^ 0x9e3779b9) | 1;
  for (let epoch = 0; epoch < epochs; epoch++) {
    const rate = 1 - epoch / epochs;
    for (let edge = 0; edge < from.length; edge++) {
      if (due[edge]! > epoch + 1) continue;
      due[edge]! += period[edge]!;
      const node = 2 * from[edge]!;
      const other = 2 * to[edge]!;
      let x = positions[node]!;
      let y = positions[node + 1]!;
      let dx = x - positions[other]!;
      let dy = y - positions[other + 1]!;
      const pull = pulls[tableIndex(dx * dx + dy * dy)]!;
      const moveX = rate * clip(pull * dx);
      const moveY = rate * clip(pull * dy);
      x += moveX;
      y += moveY;
      positions[other]! -= moveX;
      positions[other + 1]! -= moveY;
      for (let sample = 0; sample < negativeSamples; sample++) {
        // Marsaglia's xorshift of 32 bits: it is drawn from millions of times.
        random ^= random << 13;
        random ^= random >>> 17;
        random ^= random << 5;
        const stranger = 2 * Math.floor(((random >>> 0) / 4_294_967_296) * graph.size);
        if (stranger === node) continue;
        dx = x - positions[stranger]!;
        dy = y - positions[stranger + 1]!;
        const push = pushes[tableIndex(dx * dx + dy * dy)]!;
        x += rate * clip(push * dx);
        y += rate * clip(push * dy);
      }
      positions[node] = x;
      positions[node + 1] = y;
    }
  }
}

function clip(step: number): number {
  return step > longestStep ? longestStep : step < -longestStep ? -longestStep : step;
}

interface DirectedEdges {
  from: Int32Array;
  to: Int32Array;
  /** Epochs from one turn of the edge to the next. */
  period: Float64Array;
}

/** Edges in both directions, node after node in random order; those too weak to have a turn are left out. */
function edgesByStrength(graph: Graph, epochs: number, seed: number): DirectedEdges {
  const { size, offsets, targets, weights } = graph;
  let strongest = 0;
  for (const weight of weights) strongest = Math.max(strongest, weight);
  const least = strongest / epochs;
  const from = new Int32Array(targets.length);
  const to = new Int32Array(targets.length);
  const period = new Float64Array(targets.length);
  let count = 0;
  for (const node of permutation(size, seededRandom(seed))) {
    for (let entry = offsets[node]!; entry < offsets[node + 1]!; entry++) {
      if (!(weights[entry]! >= least) || weights[entry] === 0) continue;
      from[count] = node;
      to[count] = targets[entry]!;
      period[count++] = strongest / weights[entry]!;
    }
  }
  return {
    from: from.subarray(0, count),
    to: to.subarray(0, count),
    period: period.subarray(0, count),
  };
}
