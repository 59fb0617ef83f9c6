import { assembleModule, get, i32, repeatWhile, set, v128, valueType } from './assembler';
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

/** Rows on the left and on the right taken at a time: with these the processor's 16 vector registers suffice. */
export const leftStep = 2;
export const rightStep = 4;
/** Bytes of a row that are handled in one turn of the loop. */
export const rowStride = 64;

const [left, leftCount, right, rightCount, rowBytes, products] = [0, 1, 2, 3, 4, 5];
const parameterCount = 6;
const [leftEnd, rightNext, rightEnd, rowEnd, lineBytes] = [6, 7, 8, 9, 10];
const leftRows = [11, 12];
const rightRows = [13, 14, 15, 16];
const numberLocals = 11;
const leftValues = [17, 18];
const rightValue = 19;
const sums = [20, 21, 22, 23, 24, 25, 26, 27];
const vectorLocals = 11;
const sumOf = (leftRow: number, rightRow: number) => sums[leftRow * rightStep + rightRow]!;

const advance = (local: number, bytes: number) => set(local, i32.add(get(local), i32.constant(bytes)));
const advanceBy = (local: number, bytes: readonly number[]) => set(local, i32.add(get(local), bytes));
const rowAfter = (first: number, rows: number) =>
  i32.add(get(first), i32.multiply(get(rowBytes), i32.constant(rows)));

/** Adds the products of the sixteen bytes at that offset in each row to the sums. */
const addProducts = (offset: number) => [
  ...leftRows.flatMap((row, index) => set(leftValues[index]!, v128.load(get(row), offset))),
  ...rightRows.flatMap((row, rightRow) => [
    ...set(rightValue, v128.load(get(row), offset)),
    ...leftRows.flatMap((_, leftRow) => {
      const sum = sumOf(leftRow, rightRow);
      const product = v128.multiplyFloats(get(leftValues[leftRow]!), get(rightValue));
      return set(sum, v128.addFloats(get(sum), product));
    }),
  ]),
];
const addStrideOfProducts = [
  ...Array.from({ length: rowStride / 16 }, (_, index) => addProducts(16 * index)).flat(),
  ...[...leftRows, ...rightRows].flatMap((row) => advance(row, rowStride)),
];

/** The totals of four vectors of sums, as one vector. */
function totals(leftRow: number): number[] {
  const pairwise = (first: number, second: number) => {
    const [one, other] = [get(sumOf(leftRow, first)), get(sumOf(leftRow, second))];
    return v128.addFloats(v128.pick(one, other, [0, 4, 1, 5]), v128.pick(one, other, [2, 6, 3, 7]));
  };
  const [low, high] = [pairwise(0, 1), pairwise(2, 3)];
  return v128.addFloats(v128.pick(low, high, [0, 1, 4, 5]), v128.pick(low, high, [2, 3, 6, 7]));
}

const floatProducts = assembleModule({
  name: 'floatProducts',
  parameters: Array<number>(parameterCount).fill(valueType.i32),
  locals: [
    ...Array<number>(numberLocals).fill(valueType.i32),
    ...Array<number>(vectorLocals).fill(valueType.v128),
  ],
  body: [
    ...set(leftEnd, i32.add(get(left), i32.multiply(get(leftCount), get(rowBytes)))),
    ...set(rightEnd, i32.add(get(right), i32.multiply(get(rightCount), get(rowBytes)))),
    ...set(lineBytes, i32.multiply(get(rightCount), i32.constant(4))),
    ...repeatWhile(i32.isBelow(get(left), get(leftEnd)), [
      ...set(rightNext, get(right)),
      ...repeatWhile(i32.isBelow(get(rightNext), get(rightEnd)), [
        ...leftRows.flatMap((row, index) => set(row, rowAfter(left, index))),
        ...rightRows.flatMap((row, index) => set(row, rowAfter(rightNext, index))),
        ...sums.flatMap((sum) => set(sum, v128.zero)),
        ...set(rowEnd, rowAfter(left, 1)),
        ...repeatWhile(i32.isBelow(get(leftRows[0]!), get(rowEnd)), addStrideOfProducts),
        ...v128.store(get(products), totals(0)),
        ...v128.store(i32.add(get(products), get(lineBytes)), totals(1)),
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
