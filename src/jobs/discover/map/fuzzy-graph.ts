import { buildGraph, firstEdges, type Graph } from '../numeric/graph';
import type { Neighbours } from '../numeric/nearest-neighbours';

const searchSteps = 64;
const closeEnough = 1e-5;
/** A row's bandwidth is at least this share of the mean distance between neighbours. */
const leastBandwidth = 1e-3;

/**
 * The fuzzy graph of UMAP (McInnes, Healy & Melville 2018, section 3.1): how surely two rows are neighbours, 0–1. Each
 * row measures distances (1 − similarity) from its nearest on, in a unit of its own that makes the strengths of its
 * edges add up to log₂ of the number of its neighbours and itself; an edge holds where either of its ends says so.
 */
export function fuzzyNeighbourGraph(neighbours: Neighbours): Graph {
  const { rows, width, indices, similarities } = neighbours;
  const strengths = new Float64Array(rows * width);
  const distances = Float64Array.from(similarities, (similarity) => Math.max(1 - similarity, 0));
  const least = leastBandwidth * meanDistance(neighbours, distances);
  for (let row = 0; row < rows; row++) {
    const start = row * width;
    let end = start;
    while (end < start + width && indices[end]! >= 0) end++;
    const own = distances.subarray(start, end);
    const nearest = own.find((distance) => distance > 0) ?? 0;
    const bandwidth = Math.max(bandwidthFor(own, nearest), least);
    for (let entry = start; entry < end; entry++) {
      const beyond = distances[entry]! - nearest;
      strengths[entry] = beyond <= 0 || bandwidth === 0 ? 1 : Math.exp(-beyond / bandwidth);
    }
  }
  return symmetric(neighbours, strengths);
}

function meanDistance({ indices }: Neighbours, distances: Float64Array): number {
  let [sum, count] = [0, 0];
  indices.forEach((other, entry) => {
    if (other < 0) return;
    sum += distances[entry]!;
    count++;
  });
  return count > 0 ? sum / count : 0;
}

/** By bisection, doubling for as long as no upper end is known. */
function bandwidthFor(distances: Float64Array, nearest: number): number {
  const wanted = Math.log2(distances.length + 1);
  let low = 0;
  let high = Infinity;
  let bandwidth = 1;
  for (let step = 0; step < searchSteps; step++) {
    let sum = 0;
    for (const distance of distances) sum += Math.exp(-Math.max(distance - nearest, 0) / bandwidth);
    if (Math.abs(sum - wanted) < closeEnough) break;
    if (sum > wanted) high = bandwidth;
    else low = bandwidth;
    bandwidth = high === Infinity ? 2 * bandwidth : (low + high) / 2;
  }
  return bandwidth;
}

/** The probability that at least one of an edge's two directions holds: a + b − a·b. */
function symmetric({ rows, width, indices }: Neighbours, strengths: Float64Array): Graph {
  const from = new Int32Array(strengths.length);
  const to = new Int32Array(strengths.length);
  const weight = new Float64Array(strengths.length);
  let count = 0;
  for (let row = 0; row < rows; row++) {
    for (let entry = row * width; entry < (row + 1) * width; entry++) {
      const other = indices[entry]!;
      if (other < 0) continue;
      const back = indices.subarray(other * width, (other + 1) * width).indexOf(row);
      if (back >= 0 && other < row) continue;
      const opposite = back < 0 ? 0 : strengths[other * width + back]!;
      from[count] = row;
      to[count] = other;
      weight[count++] = strengths[entry]! + opposite - strengths[entry]! * opposite;
    }
  }
  return buildGraph(rows, firstEdges({ from, to, weight }, count));
}
