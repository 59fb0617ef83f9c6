import { zeros, type Matrix } from './matrix';
import { rowProducts } from './row-products';

/** left · right for dense matrices. */
export function multiplyDense(left: Matrix, right: Matrix): Matrix {
  return rowProducts(left, transpose(right));
}

/** Rows as columns, as a new matrix. */
export function transpose({ rows, columns, values }: Matrix): Matrix {
  const result = zeros(columns, rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++)
      result.values[column * rows + row] = values[row * columns + column]!;
  }
  return result;
}
