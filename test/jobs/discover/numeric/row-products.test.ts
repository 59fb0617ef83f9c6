import assert from 'node:assert/strict';
import { dot, zeros, type Matrix } from '../../../../src/jobs/discover/numeric/matrix';
import { multiplyDense } from '../../../../src/jobs/discover/numeric/multiply-dense';
import { gaussian, seededRandom } from '../../../../src/jobs/discover/numeric/random';
import { rowProducts } from '../../../../src/jobs/discover/numeric/row-products';
import { withinCovariance } from '../../../../src/jobs/discover/numeric/whitening';

function matrixOf(rows: readonly (readonly number[])[]): Matrix {
  return { rows: rows.length, columns: rows[0]!.length, values: Float32Array.from(rows.flat()) };
}

function randomMatrix(rows: number, columns: number, seed: number): Matrix {
  const draw = gaussian(seededRandom(seed));
  const matrix = zeros(rows, columns);
  for (let index = 0; index < matrix.values.length; index++) matrix.values[index] = draw();
  return matrix;
}

describe('inner products of rows', () => {
  it('are those worked out by hand', () => {
    const left = matrixOf([
      [1, 2, 3],
      [0, -1, 0.5],
    ]);
    const right = matrixOf([
      [1, 0, 0],
      [4, 5, 6],
      [-1, 1, 2],
    ]);
    assert.deepEqual([...rowProducts(left, right).values], [1, 32, 7, 0, -2, 0]);
  });

  it('are those of plain sums for sizes that fill no part, one part and several', () => {
    for (const [rows, others, columns] of [
      [1, 1, 1],
      [2, 4, 16],
      [129, 259, 17],
      [3, 5, 1_025],
    ] as const) {
      const [left, right] = [randomMatrix(rows, columns, 1), randomMatrix(others, columns, 2)];
      const products = rowProducts(left, right);
      assert.equal(products.values.length, rows * others);
      for (let a = 0; a < rows; a++) {
        for (let b = 0; b < others; b++) {
          const difference = products.values[a * others + b]! - dot(left, a, right, b);
          assert.ok(
            Math.abs(difference) < 1e-6 * columns + 1e-5,
            `${rows}×${others}: ${a}, ${b}: ${difference}`,
          );
        }
      }
    }
  });

  it('are not disturbed by what was multiplied before', () => {
    rowProducts(randomMatrix(200, 600, 3), randomMatrix(300, 600, 4));
    assert.deepEqual([...rowProducts(matrixOf([[2]]), matrixOf([[3], [4], [5]])).values], [6, 8, 10]);
  });

  it('bear no rows and no columns', () => {
    assert.deepEqual(rowProducts(zeros(2, 3), zeros(0, 3)), zeros(2, 0));
    assert.deepEqual(rowProducts(zeros(0, 3), zeros(2, 3)), zeros(0, 2));
    assert.deepEqual(rowProducts(zeros(1, 0), zeros(2, 0)), zeros(1, 2));
  });
});

describe('the product of dense matrices', () => {
  it('is the product, whatever the sizes', () => {
    const left = matrixOf([
      [1, 2],
      [3, 4],
      [5, 6],
      [7, 8],
      [9, 10],
    ]);
    const right = matrixOf([
      [1, 0, 2],
      [0, 1, 3],
    ]);
    assert.deepEqual(
      [...multiplyDense(left, right).values],
      [1, 2, 8, 3, 4, 18, 5, 6, 28, 7, 8, 38, 9, 10, 48],
    );
  });
});

describe('the covariance within groups', () => {
  // By hand: differences from the means (1, 2) and (5, 5) are ±(1, 1) and ±(1, −1) and 0; 2 + 1 degrees of freedom.
  it('is pooled around the means of the groups; groups of one and rows of none say nothing', () => {
    const points = matrixOf([
      [0, 1],
      [2, 3],
      [1, 2],
      [4, 6],
      [6, 4],
      [50, 60],
      [-70, 80],
    ]);
    const covariance = withinCovariance(points, Int32Array.of(0, 0, 0, 1, 1, 2, -1));
    const expected = [4 / 3, 0, 0, 4 / 3];
    expected.forEach((value, index) => assert.ok(Math.abs(covariance[index]! - value) < 1e-6));
    const first = withinCovariance(points, Int32Array.of(0, 0, 0, -1, -1, -1, -1));
    assert.deepEqual([...first], [1, 1, 1, 1]);
  });

  it('is the same whether the rows come in one block or in several', () => {
    // Each row many times: the covariance of n copies of ±1 and ±2 is n·2·(1, 2, 2, 4) / (2n − 1).
    const copies = 700;
    const rows = Array.from({ length: 2 * copies }, (_, row) => (row % 2 === 0 ? [1, 2] : [-1, -2]));
    const covariance = withinCovariance(matrixOf(rows), new Int32Array(2 * copies));
    [1, 2, 2, 4].forEach((value, index) =>
      assert.ok(Math.abs(covariance[index]! - (2 * copies * value) / (2 * copies - 1)) < 1e-5),
    );
  });
});
