import assert from 'node:assert/strict';
import { dot, normalizeRows, zeros, type Matrix } from '../../../../src/jobs/discover/numeric/matrix';
import { nearestNeighbours, type Neighbours } from '../../../../src/jobs/discover/numeric/nearest-neighbours';
import { innerProductsIn } from '../../../../src/jobs/discover/numeric/wasm/inner-products';
import { WebAssembly } from '../../../../src/jobs/discover/numeric/wasm/web-assembly';
import { gaussianMixture } from './mixture';

/** What whole numbers of 16 bits cost. */
const accuracy = 5e-5;

function matrixOf(rows: readonly (readonly number[])[]): Matrix {
  return { rows: rows.length, columns: rows[0]?.length ?? 0, values: Float32Array.from(rows.flat()) };
}

/** The similarities of a row's nearest others, best first, by plain search. */
function bestSimilarities(points: Matrix, row: number, count: number): number[] {
  const similarities = Array.from({ length: points.rows }, (_, other) => dot(points, row, points, other));
  similarities.splice(row, 1);
  return similarities.sort((a, b) => b - a).slice(0, count);
}

function assertNearest(points: Matrix, { rows, width, indices, similarities }: Neighbours): void {
  for (let row = 0; row < rows; row++) {
    const plain = bestSimilarities(points, row, width);
    const found = indices.subarray(row * width, (row + 1) * width);
    assert.equal(new Set(found).size, width, `row ${row}: ${found.join(' ')}`);
    plain.forEach((expected, rank) => {
      const own = dot(points, row, points, found[rank]!);
      assert.notEqual(found[rank], row);
      assert.ok(Math.abs(own - expected) <= accuracy, `row ${row}, rank ${rank}: ${own}, not ${expected}`);
      assert.ok(Math.abs(similarities[row * width + rank]! - own) <= accuracy);
    });
  }
}

/** The share of the first search's neighbours that the second found too. */
function recall(expected: Neighbours, found: Neighbours): number {
  let common = 0;
  for (let row = 0; row < expected.rows; row++) {
    const [start, end] = [row * expected.width, (row + 1) * expected.width];
    const own = found.indices.subarray(start, end);
    common += expected.indices.subarray(start, end).filter((other) => own.includes(other)).length;
  }
  return common / expected.indices.length;
}

describe('inner products in WebAssembly', () => {
  it('are those worked out by hand, and tell which matter', () => {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
    const stride = 32;
    const rows = new Int16Array(memory.buffer, 0, 6 * stride);
    // Row r is (r, 10·r, 0 …, 0, −1): the product of rows r and s is 101·r·s + 1.
    for (let row = 0; row < 6; row++) rows.set([row, 10 * row], row * stride);
    for (let row = 0; row < 6; row++) rows[row * stride + 31] = -1;
    const at = { left: 1024, right: 1040, leftLeast: 1056, rightLeast: 1072, products: 1088, hits: 1152 };
    const numbers = (address: number, length: number) => new Int32Array(memory.buffer, address, length);
    numbers(at.left, 2).set([5, 1]);
    numbers(at.right, 4).set([0, 2, 3, 4]);
    // Row 5 asks for more than it gets from anybody, but to row 4 its product matters; to row 1 none does.
    numbers(at.leftLeast, 2).set([3000, 3000]);
    numbers(at.rightLeast, 4).set([2, 9999, 9999, 2021]);
    const call = () =>
      innerProductsIn(memory)(
        0,
        64,
        at.left,
        2,
        at.right,
        4,
        at.leftLeast,
        at.rightLeast,
        at.products,
        at.hits,
      );
    assert.equal(call(), at.hits + 4);
    assert.deepEqual([...numbers(at.products, 8)], [1, 1011, 1516, 2021, 1, 203, 304, 405]);
    assert.equal(numbers(at.hits, 1)[0], at.products);
    numbers(at.leftLeast, 2).set([3000, 405]);
    assert.equal(call(), at.hits + 8);
    assert.equal(numbers(at.hits, 2)[1], at.products + 16);
  });
});

describe('nearest neighbours', () => {
  it('are those of a plain search, for any number of rows and columns', () => {
    for (const rows of [2, 3, 7, 67, 300]) {
      for (const columns of [1, 9, 40]) {
        const { points } = gaussianMixture({ rows, columns, groups: 5 }, 1, rows + columns);
        assertNearest(points, nearestNeighbours(points, Math.min(4, rows - 1)));
      }
    }
  });

  it('are the same where rows are not of length 1', () => {
    const points = matrixOf([
      [30, 0],
      [20, 10],
      [0, 5],
    ]);
    const { indices, similarities } = nearestNeighbours(points, 2);
    assert.deepEqual([...indices], [1, 2, 0, 2, 1, 0]);
    assert.deepEqual(
      Array.from(similarities, (value) => Math.round(value * 10) / 10),
      [600, 0, 600, 50, 50, 0],
    );
  });

  it('breaks ties by row number and says where there are too few', () => {
    const points = matrixOf([
      [1, 0],
      [1, 0],
      [1, 0],
    ]);
    assert.deepEqual([...nearestNeighbours(points, 3).indices], [1, 2, -1, 0, 2, -1, 0, 1, -1]);
    assert.deepEqual([...nearestNeighbours(zeros(1, 2), 2).indices], [-1, -1]);
    assert.equal(nearestNeighbours(zeros(0, 0), 2).indices.length, 0);
    assert.deepEqual([...nearestNeighbours(zeros(3, 2), 1).indices], [1, 0, 0]);
  });

  it('does not depend on the number of threads', function () {
    this.timeout(60_000);
    const { points } = gaussianMixture({ rows: 1500, columns: 33, groups: 9 }, 1, 4);
    for (const exactRows of [0, 1500]) {
      const [one, ...more] = [1, 2, 3].map((threads) => nearestNeighbours(points, 5, { exactRows, threads }));
      for (const other of more) assert.deepEqual(other, one);
    }
  });

  it('misses few when it does not compare all', function () {
    this.timeout(60_000);
    for (const spread of [0.8, 1.2]) {
      const { points } = gaussianMixture({ rows: 4000, columns: 64, groups: 30 }, spread, 5);
      const exact = nearestNeighbours(points, 10);
      const found = nearestNeighbours(points, 10, { exactRows: 0 });
      const share = recall(exact, found);
      assert.ok(share >= 0.98, `recall ${share}`);
      assert.deepEqual(nearestNeighbours(points, 10, { exactRows: 0, seed: 1 }), found);
    }
  });

  it('bears thousands of copies of one row', function () {
    this.timeout(60_000);
    const points = zeros(10_000, 20);
    for (let row = 0; row < points.rows; row++) points.values[row * 20 + (row < 9_990 ? 0 : row % 20)] = 1;
    const { similarities } = nearestNeighbours(normalizeRows(points), 3, { exactRows: 0 });
    for (let entry = 0; entry < 3 * 9_990; entry++) assert.ok(similarities[entry]! > 0.9999);
  });
});
