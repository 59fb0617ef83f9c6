import assert from 'node:assert/strict';
import { attraction, repulsion, tableIndex } from '../../../../src/jobs/discover/map/forces';
import { fuzzyNeighbourGraph } from '../../../../src/jobs/discover/map/fuzzy-graph';
import { layoutMap } from '../../../../src/jobs/discover/map/layout';
import { principalPlane } from '../../../../src/jobs/discover/map/principal-plane';
import { zeros, type Matrix } from '../../../../src/jobs/discover/numeric/matrix';
import { nearestNeighbours, type Neighbours } from '../../../../src/jobs/discover/numeric/nearest-neighbours';
import { gaussianMixture } from '../numeric/mixture';
import { trustworthiness } from './trustworthiness';

const options = { seed: 1 };
const mapOf = (points: Matrix) => layoutMap(points, nearestNeighbours(points, 15), options);

function assertClose(actual: number, expected: number, tolerance: number): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} instead of ${expected}`);
}

describe('the fuzzy graph of neighbours', () => {
  it('makes the strengths of each row add up to log₂ of the neighbours and itself', () => {
    // Every row looks the same: distances .1, .2, .2 to the three others, of which only the way there is known.
    const neighbours: Neighbours = {
      rows: 7,
      width: 3,
      indices: Int32Array.from([1, 2, 3, ...Array<number>(18).fill(-1)]),
      similarities: Float32Array.from([0.9, 0.8, 0.8, ...Array<number>(18).fill(-Infinity)]),
    };
    const graph = fuzzyNeighbourGraph(neighbours);
    // 1 + 2·e^(−.1/σ) = log₂ 4 = 2: both of the further ones have a strength of a half.
    const strengths = graph.weights.subarray(graph.offsets[0], graph.offsets[1]);
    assert.deepEqual([...graph.targets.subarray(0, 3)], [1, 2, 3]);
    [1, 0.5, 0.5].forEach((expected, index) => assertClose(strengths[index]!, expected, 1e-5));
  });

  it('joins what both ends say as probabilities', () => {
    const neighbours: Neighbours = {
      rows: 4,
      width: 3,
      indices: Int32Array.from([1, 2, 3, 0, 2, 3, -1, -1, -1, 0, 1, 2]),
      similarities: Float32Array.from([
        ...[0.9, 0.8, 0.8],
        ...[0.9, 0.8, 0.8],
        ...[-Infinity, -Infinity, -Infinity],
        ...[0.8, 0.8, 0.8],
      ]),
    };
    const graph = fuzzyNeighbourGraph(neighbours);
    const weightOf = (from: number, to: number) => {
      const row = [...graph.targets.subarray(graph.offsets[from], graph.offsets[from + 1])];
      return graph.weights[graph.offsets[from]! + row.indexOf(to)]!;
    };
    assertClose(weightOf(0, 1), 1, 1e-9);
    assertClose(weightOf(2, 0), 0.5, 1e-5);
    // A half from one end, 1 from the other, which sees all at the same distance: .5 + 1 − .5.
    assertClose(weightOf(0, 3), 1, 1e-5);
  });
});

describe('the forces of the map', () => {
  it('are those of the formulas at half a per cent', () => {
    const [a, b] = [1.577, 0.8951];
    for (const squared of [1e-6, 0.01, 0.5, 1, 7, 400]) {
      const near = 1 / (1 + a * squared ** b);
      assertClose(attraction[tableIndex(squared)]! / (-2 * a * b * squared ** (b - 1) * near), 1, 0.01);
      assertClose(repulsion[tableIndex(squared)]! / ((2 * b * near) / (0.001 + squared)), 1, 0.01);
    }
    assert.equal(tableIndex(0), 0);
    assert.equal(tableIndex(1e30), attraction.length - 1);
  });
});

describe('the principal plane', () => {
  it('has the longest axis first, whatever the seed', () => {
    // On a cross whose arms are 4 and 1 long, turned by 45°.
    const half = Math.SQRT1_2;
    const points: Matrix = {
      rows: 4,
      columns: 2,
      values: Float32Array.from([4 * half, 4 * half, -4 * half, -4 * half, half, -half, -half, half]),
    };
    for (const seed of [1, 2, 3]) {
      const plane = principalPlane(points, seed);
      assertClose(Math.abs(plane[0]!), 4, 1e-6);
      assertClose(plane[2]!, -plane[0]!, 1e-6);
      assertClose(Math.abs(plane[5]!), 1, 1e-6);
      assertClose(plane[1]!, 0, 1e-6);
      assertClose(plane[4]!, 0, 1e-6);
    }
  });
});

describe('the map', () => {
  it('keeps groups together and apart from others, and neighbours neighbours', function () {
    this.timeout(60_000);
    const { points, groups } = gaussianMixture({ rows: 400, columns: 30, groups: 4 }, 0.5, 3);
    const map = mapOf(points);
    assert.ok(trustworthiness(points, map, 15) > 0.95);
    let together = 0;
    for (let row = 0; row < 400; row++) {
      let [nearest, best] = [-1, Infinity];
      for (let other = 0; other < 400; other++) {
        const distance = Math.hypot(map[2 * row]! - map[2 * other]!, map[2 * row + 1]! - map[2 * other + 1]!);
        if (other !== row && distance < best) [nearest, best] = [other, distance];
      }
      if (groups[row] === groups[nearest]) together++;
    }
    assert.ok(together >= 396, `${together} of 400 have one of their group nearest`);
  });

  it('reaches from −1 to 1 and is the same for the same input and seed', () => {
    const { points } = gaussianMixture({ rows: 120, columns: 10, groups: 3 }, 1, 4);
    const map = mapOf(points);
    assert.deepEqual(mapOf(points), map);
    assert.notDeepEqual(layoutMap(points, nearestNeighbours(points, 15), { seed: 2 }), map);
    const extents = [0, 1].map((axis) => {
      const values = map.filter((_, index) => index % 2 === axis);
      const [low, high] = [Math.min(...values), Math.max(...values)];
      assertClose(low + high, 0, 1e-6);
      return high - low;
    });
    assertClose(Math.max(...extents), 2, 1e-6);
  });

  it('bears no points, one, a few, and copies of one', () => {
    assert.equal(mapOf(zeros(0, 5)).length, 0);
    assert.deepEqual([...mapOf({ rows: 1, columns: 2, values: Float32Array.of(1, 0) })], [0, 0]);
    const two = mapOf({ rows: 2, columns: 2, values: Float32Array.of(1, 0, 0, 1) });
    assertClose(Math.max(Math.abs(two[0]! - two[2]!), Math.abs(two[1]! - two[3]!)), 2, 1e-6);
    for (const rows of [3, 5, 300]) {
      const copies = zeros(rows, 4);
      for (let row = 0; row < rows; row++) copies.values[4 * row] = 1;
      const map = mapOf(copies);
      assert.equal(map.length, 2 * rows);
      assert.ok(map.every((value) => Math.abs(value) <= 1.000001));
    }
    assert.ok(mapOf(zeros(40, 3)).every((value) => Math.abs(value) <= 1.000001));
  });
});
