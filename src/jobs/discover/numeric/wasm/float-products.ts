import { assembleModule, get, i32, repeatWhile, set, v128, valueType } from './assembler';
import { advance, leftStep, productTile, rightStep } from './product-tile';
import { WebAssembly, type SharedMemory } from './web-assembly';

/**
 * All inner products of some rows of 32-bit floats with some others. All addresses are in bytes and multiples of 16.
 * @param left address of the first of the rows on the left, which follow each other
 * @param leftCount a multiple of `leftStep`, not 0
 * @param right address of the first of the rows on the right
 * @param rightCount a multiple of `rightStep`, not 0
 * @param rowBytes bytes from row to row on either side, a multiple of `rowStride`, not 0
 * @param products address of the result, `rightCount` floats for each row on the left
 * @returns the address behind the last product
 */
export type FloatProducts = (
  left: number,
  leftCount: number,
  right: number,
  rightCount: number,
  rowBytes: number,
  products: number,
) => number;

const [left, leftCount, right, rightCount, rowBytes, products] = [0, 1, 2, 3, 4, 5];
const parameterCount = 6;
const [leftEnd, rightNext, rightEnd, rowEnd, lineBytes] = [6, 7, 8, 9, 10];
const numberLocals = 5;
const tile = productTile(parameterCount + numberLocals, {
  add: v128.addFloats,
  addProduct: (sum, one, other) => v128.addFloats(sum, v128.multiplyFloats(one, other)),
});

const advanceBy = (local: number, bytes: readonly number[]) => set(local, i32.add(get(local), bytes));
const rowAfter = (first: number, rows: number) =>
  i32.add(get(first), i32.multiply(get(rowBytes), i32.constant(rows)));

const floatProducts = assembleModule({
  name: 'floatProducts',
  parameters: Array<number>(parameterCount).fill(valueType.i32),
  locals: [...Array<number>(numberLocals).fill(valueType.i32), ...tile.locals],
  body: [
    ...set(leftEnd, i32.add(get(left), i32.multiply(get(leftCount), get(rowBytes)))),
    ...set(rightEnd, i32.add(get(right), i32.multiply(get(rightCount), get(rowBytes)))),
    ...set(lineBytes, i32.multiply(get(rightCount), i32.constant(4))),
    ...repeatWhile(i32.isBelow(get(left), get(leftEnd)), [
      ...set(rightNext, get(right)),
      ...repeatWhile(i32.isBelow(get(rightNext), get(rightEnd)), [
        ...tile.leftRows.flatMap((row, index) => set(row, rowAfter(left, index))),
        ...tile.rightRows.flatMap((row, index) => set(row, rowAfter(rightNext, index))),
        ...tile.clear,
        ...set(rowEnd, rowAfter(left, 1)),
        ...repeatWhile(i32.isBelow(get(tile.leftRows[0]!), get(rowEnd)), tile.addStride),
        ...v128.store(get(products), tile.totals(0)),
        ...v128.store(i32.add(get(products), get(lineBytes)), tile.totals(1)),
        ...advance(products, 4 * rightStep),
        ...set(rightNext, rowAfter(rightNext, rightStep)),
      ]),
      // Two lines of products have been written; only one has been passed.
      ...advanceBy(products, get(lineBytes)),
      ...set(left, rowAfter(left, leftStep)),
    ]),
    ...get(products),
  ],
});

/** The function above, working on a memory of its caller's. */
export function floatProductsIn(memory: SharedMemory): FloatProducts {
  const instance = new WebAssembly.Instance(floatProducts, { environment: { memory } });
  return instance.exports.floatProducts as FloatProducts;
}
