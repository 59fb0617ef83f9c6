import assert from 'node:assert/strict';
import {
  lanes,
  matrixOf,
  multiplyLanes,
  transposed,
} from '../../../../src/console/server/preview/sparse-products';

const vector = (terms: number[], weights: number[]) => ({
  terms: Int32Array.from(terms),
  weights: Float32Array.from(weights),
});
/** 2 0 1 / 0 0 0 / 0 3 4 */
const matrix = matrixOf([vector([2, 0], [1, 2]), vector([], []), vector([1, 2], [3, 4])], 3);
/** The columns 1, 10, 100, 1000 times the given one. */
const dense = (column: number[]) =>
  Float64Array.from(column.flatMap((value) => [value, 10 * value, 100 * value, 1000 * value]));

describe('console: products of sparse matrices', () => {
  it('are those of rows and columns, in all lanes at once', () => {
    // 2·1 + 1·3, 0, 3·2 + 4·3
    const product = multiplyLanes(matrix, dense([1, 2, 3]), new Float64Array(3 * lanes));
    assert.deepEqual(product, dense([5, 0, 18]));
  });

  it('of the transposed matrix are those of its columns', () => {
    const turned = transposed(matrix);
    assert.deepEqual([turned.rows, turned.columns], [3, 3]);
    // 2·1, 3·3, 1·1 + 4·3
    const product = multiplyLanes(turned, dense([1, 2, 3]), new Float64Array(3 * lanes));
    assert.deepEqual(product, dense([2, 9, 13]));
    assert.deepEqual(
      multiplyLanes(transposed(turned), dense([1, 2, 3]), new Float64Array(3 * lanes)),
      dense([5, 0, 18]),
    );
  });
});
