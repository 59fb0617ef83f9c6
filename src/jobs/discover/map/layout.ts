import type { Matrix } from '../numeric/matrix';
import type { Neighbours } from '../numeric/nearest-neighbours';
import { gaussian, seededRandom } from '../numeric/random';
import { fuzzyNeighbourGraph } from './fuzzy-graph';
import { optimizeLayout } from './optimize';
import { principalPlane } from './principal-plane';

export interface LayoutOptions {
  seed: number;
  /** Passes over all edges. Default: 500, and 200 from 10,000 points on. */
  epochs?: number;
}

/** Points begin within this distance of the middle on either axis, with so much noise that none lie on each other. */
const startRadius = 10;
const startNoise = 1e-4;
const manyPoints = 10_000;

/**
 * A map of points on a plane that keeps neighbours together: UMAP (McInnes, Healy & Melville 2018, with min_dist 0.1)
 * beginning at the two principal axes. The same input and seed give the same map.
 * @param points one row for each point
 * @param neighbours nearest neighbours of the same rows by cosine, best 15 or so of each
 * @returns x and y of each point, one point after the other; the middle of the points' extent is at 0 on either axis,
 *   and the longer extent reaches from −1 to 1
 */
export function layoutMap(points: Matrix, neighbours: Neighbours, options: LayoutOptions): Float32Array {
  const { seed, epochs = points.rows < manyPoints ? 500 : 200 } = options;
  const positions = principalPlane(points, seed);
  scaleTo(positions, startRadius);
  const noise = gaussian(seededRandom(seed));
  for (let index = 0; index < positions.length; index++) positions[index]! += startNoise * noise();
  optimizeLayout(fuzzyNeighbourGraph(neighbours), positions, epochs, seed);
  scaleTo(positions, 1);
  return Float32Array.from(positions);
}

/** Moves the middle of the extent to 0 and makes the longer extent reach from −radius to radius, in place. */
function scaleTo(positions: Float64Array, radius: number): void {
  const lowest = [Infinity, Infinity];
  const highest = [-Infinity, -Infinity];
  positions.forEach((value, index) => {
    lowest[index & 1] = Math.min(lowest[index & 1]!, value);
    highest[index & 1] = Math.max(highest[index & 1]!, value);
  });
  const half = Math.max(highest[0]! - lowest[0]!, highest[1]! - lowest[1]!) / 2;
  const scale = half > 0 ? radius / half : 0;
  for (let index = 0; index < positions.length; index++) {
    const middle = (lowest[index & 1]! + highest[index & 1]!) / 2;
    positions[index] = (positions[index]! - middle) * scale;
  }
}
