import { zeros, type Matrix } from './matrix';

/** Rows and columns of a block whose sums stay in registers. */
const blockRows = 4;
const blockColumns = 2;

/**
 * left · right for dense matrices. Double precision inside, eight sums at a time: several times as fast as one inner
 * product after the other.
 */
export function multiplyDense(left: Matrix, right: Matrix): Matrix {
  const depth = left.columns;
  const width = right.columns;
  const product = zeros(left.rows, width);
  const columns = transposed(right);
  const block = new Float64Array(blockRows * depth);
  for (let top = 0; top < left.rows; top += blockRows) {
    const height = Math.min(blockRows, left.rows - top);
    block.fill(0);
    block.set(left.values.subarray(top * depth, (top + height) * depth));
    for (let column = 0; column < width; column += blockColumns) {
      const second = Math.min(column + 1, width - 1);
      let [a0, a1, a2, a3, b0, b1, b2, b3] = [0, 0, 0, 0, 0, 0, 0, 0];
      let x = column * depth;
      let y = second * depth;
      for (let k = 0; k < depth; k++) {
        const p = columns[x++]!;
        const q = columns[y++]!;
        const r0 = block[k]!;
        const r1 = block[depth + k]!;
        const r2 = block[2 * depth + k]!;
        const r3 = block[3 * depth + k]!;
        a0 += r0 * p;
        a1 += r1 * p;
        a2 += r2 * p;
        a3 += r3 * p;
        b0 += r0 * q;
        b1 += r1 * q;
        b2 += r2 * q;
        b3 += r3 * q;
      }
      const [first, other] = [
        [a0, a1, a2, a3],
        [b0, b1, b2, b3],
      ];
      for (let row = 0; row < height; row++) {
        product.values[(top + row) * width + column] = first[row]!;
        product.values[(top + row) * width + second] = other[row]!;
      }
    }
  }
  return product;
}

/** Column after column. */
function transposed({ rows, columns, values }: Matrix): Float64Array {
  const result = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++)
      result[column * rows + row] = values[row * columns + column]!;
  }
  return result;
}
