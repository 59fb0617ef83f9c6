import { assembleModule, get, i32, repeatWhile, set, v128, valueType } from './assembler';
import { advance, leftStep, productTile, rightStep } from './product-tile';
import { WebAssembly, type SharedMemory } from './web-assembly';

/**
 * All inner products of some rows of 16-bit numbers with some others, as 32-bit numbers, and which of them matter:
 * those not below the least that is of interest to either row. All addresses are in bytes.
 * @param rows address of row 0
 * @param rowBytes bytes from row to row, a multiple of `rowStride`
 * @param left address of a list of row numbers
 * @param leftCount a multiple of `leftStep`, not 0
 * @param right address of a list of row numbers
 * @param rightCount a multiple of `rightStep`, not 0
 * @param leftLeast address of the least product of interest to each row on the left
 * @param rightLeast the same on the right; a multiple of 16
 * @param products address of the result, `rightCount` numbers for each row on the left; a multiple of 16
 * @param hits where to put the addresses of those groups of `rightStep` products in which one matters; room for all
 *   groups and one more
 * @returns the address behind the last hit
 */
export type InnerProducts = (
  rows: number,
  rowBytes: number,
  left: number,
  leftCount: number,
  right: number,
  rightCount: number,
  leftLeast: number,
  rightLeast: number,
  products: number,
  hits: number,
) => number;

const [rows, rowBytes, left, leftCount, right, rightCount] = [0, 1, 2, 3, 4, 5];
const [leftLeast, rightLeast, products, hits] = [6, 7, 8, 9];
const parameterCount = 10;
const [leftEnd, rightNext, rightEnd, rowEnd, rightLeastNext, lineBytes, group] = [10, 11, 12, 13, 14, 15, 16];
const numberLocals = 7;
const tile = productTile(parameterCount + numberLocals, {
  add: v128.add,
  addProduct: (sum, one, other) => v128.add(sum, v128.dot(one, other)),
});

const fourTimes = (local: number) => i32.multiply(get(local), i32.constant(4));
/** The address of the row whose number is the list's entry. */
const rowAddress = (list: number, entry: number) =>
  i32.add(get(rows), i32.multiply(i32.load(get(list), 4 * entry), get(rowBytes)));

/** Stores the products of one row on the left, and notes their address; where none matters the next overwrites it. */
const storeTotals = (leftRow: number) => {
  const least = v128.smaller(v128.loadSplat(get(leftLeast), 4 * leftRow), v128.load(get(rightLeastNext)));
  const matters = v128.isAnyTrue(v128.isAtLeast(get(tile.scratch), least));
  return [
    ...set(tile.scratch, tile.totals(leftRow)),
    ...v128.store(get(group), get(tile.scratch)),
    ...i32.store(get(hits), get(group)),
    ...set(hits, i32.add(get(hits), i32.multiply(matters, i32.constant(4)))),
  ];
};

const innerProducts = assembleModule({
  name: 'innerProducts',
  parameters: Array<number>(parameterCount).fill(valueType.i32),
  locals: [...Array<number>(numberLocals).fill(valueType.i32), ...tile.locals],
  body: [
    ...set(leftEnd, i32.add(get(left), fourTimes(leftCount))),
    ...set(rightEnd, i32.add(get(right), fourTimes(rightCount))),
    ...set(lineBytes, fourTimes(rightCount)),
    ...repeatWhile(i32.isBelow(get(left), get(leftEnd)), [
      ...set(rightNext, get(right)),
      ...set(rightLeastNext, get(rightLeast)),
      ...repeatWhile(i32.isBelow(get(rightNext), get(rightEnd)), [
        ...tile.leftRows.flatMap((row, entry) => set(row, rowAddress(left, entry))),
        ...tile.rightRows.flatMap((row, entry) => set(row, rowAddress(rightNext, entry))),
        ...tile.clear,
        ...set(rowEnd, i32.add(get(tile.leftRows[0]!), get(rowBytes))),
        ...repeatWhile(i32.isBelow(get(tile.leftRows[0]!), get(rowEnd)), tile.addStride),
        ...set(group, get(products)),
        ...storeTotals(0),
        ...set(group, i32.add(get(products), get(lineBytes))),
        ...storeTotals(1),
        ...advance(products, 4 * rightStep),
        ...advance(rightNext, 4 * rightStep),
        ...advance(rightLeastNext, 4 * rightStep),
      ]),
      // Two lines of products have been written; only one has been passed.
      ...set(products, i32.add(get(products), get(lineBytes))),
      ...advance(left, 4 * leftStep),
      ...advance(leftLeast, 4 * leftStep),
    ]),
    ...get(hits),
  ],
});

/** The function above, working on a memory of its caller's. */
export function innerProductsIn(memory: SharedMemory): InnerProducts {
  const instance = new WebAssembly.Instance(innerProducts, { environment: { memory } });
  return instance.exports.innerProducts as InnerProducts;
}
