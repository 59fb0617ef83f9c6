import { zeros, type Matrix } from './matrix';
import { floatProductsIn, type FloatProducts } from './wasm/float-products';
import { leftStep, rightStep, rowStride } from './wasm/product-tile';
import { WebAssembly } from './wasm/web-assembly';

/** Rows and columns of the parts that are multiplied with each other: they fit the processor's caches. */
const leftRows = 128;
const rightRows = 256;
const partColumns = 512;
const pageBytes = 65_536;

/** Where parts are multiplied: two parts and their products, which go from call to call. */
interface Bench {
  left: Float32Array;
  right: Float32Array;
  products: Float32Array;
  multiply: FloatProducts;
}

let bench: Bench | undefined;

function prepareBench(): Bench {
  const [leftBytes, rightBytes] = [4 * leftRows * partColumns, 4 * rightRows * partColumns];
  const pages = Math.ceil((leftBytes + rightBytes + 4 * leftRows * rightRows) / pageBytes);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  return {
    left: new Float32Array(memory.buffer, 0, leftRows * partColumns),
    right: new Float32Array(memory.buffer, leftBytes, rightRows * partColumns),
    products: new Float32Array(memory.buffer, leftBytes + rightBytes, leftRows * rightRows),
    multiply: floatProductsIn(memory),
  };
}

/**
 * The inner products of all rows of one matrix with all rows of another that has as many columns: left · transpose(right).
 * Sums are of single precision and always in the same order: the same input gives the same result on every machine.
 */
export function rowProducts(left: Matrix, right: Matrix): Matrix {
  const result = zeros(left.rows, right.rows);
  const { left: leftPart, right: rightPart, products, multiply } = (bench ??= prepareBench());
  for (let column = 0; column < left.columns; column += partColumns) {
    const width = Math.min(partColumns, left.columns - column);
    const stride = roundUp(width, rowStride / 4);
    for (let b = 0; b < right.rows; b += rightRows) {
      const across = Math.min(rightRows, right.rows - b);
      const line = roundUp(across, rightStep);
      copyPart(right, b, across, column, width, rightPart, stride);
      for (let a = 0; a < left.rows; a += leftRows) {
        const down = Math.min(leftRows, left.rows - a);
        copyPart(left, a, down, column, width, leftPart, stride);
        multiply(
          leftPart.byteOffset,
          roundUp(down, leftStep),
          rightPart.byteOffset,
          line,
          4 * stride,
          products.byteOffset,
        );
        for (let row = 0; row < down; row++) {
          const target = (a + row) * right.rows + b;
          if (column === 0) {
            result.values.set(products.subarray(row * line, row * line + across), target);
            continue;
          }
          for (let other = 0; other < across; other++) {
            result.values[target + other]! += products[row * line + other]!;
          }
        }
      }
    }
  }
  return result;
}

/** Writes a part of a matrix row after row, each filled up with zeros; what comes after the last row may be anything. */
function copyPart(
  { columns, values }: Matrix,
  firstRow: number,
  rows: number,
  firstColumn: number,
  width: number,
  target: Float32Array,
  stride: number,
): void {
  for (let row = 0; row < rows; row++) {
    const start = (firstRow + row) * columns + firstColumn;
    target.set(values.subarray(start, start + width), row * stride);
    target.fill(0, row * stride + width, (row + 1) * stride);
  }
}

function roundUp(count: number, step: number): number {
  return Math.ceil(count / step) * step;
}
