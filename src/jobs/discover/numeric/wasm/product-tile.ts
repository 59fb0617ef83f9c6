import { get, i32, set, v128, valueType, type Code } from './assembler';

/** Rows on the left and on the right taken at a time: with these the processor's 16 vector registers suffice. */
export const leftStep = 2;
export const rightStep = 4;
/** Bytes of a row that are handled in one turn of the loop. */
export const rowStride = 64;

/** How vectors of a row's numbers are multiplied and summed. */
export interface Arithmetic {
  add: (left: Code, right: Code) => number[];
  /** The sum and the products of two vectors. */
  addProduct: (sum: Code, left: Code, right: Code) => number[];
}

/** Code for the inner products of `leftStep` rows with `rightStep` others, on locals of its own. */
export interface ProductTile {
  /** Types of its locals, in their order. */
  locals: number[];
  /** Addresses of where to go on in each row. */
  leftRows: readonly number[];
  rightRows: readonly number[];
  /** A vector that is free once a stride is added. */
  scratch: number;
  clear: Code;
  /** Adds the products of the next `rowStride` bytes of each row, and passes these. */
  addStride: Code;
  /** The products of a row on the left with all on the right, as one vector. */
  totals(leftRow: number): number[];
}

/** Adds bytes to a local. */
export const advance = (local: number, bytes: number) => set(local, i32.add(get(local), i32.constant(bytes)));

/** @param first number of its first local */
export function productTile(first: number, { add, addProduct }: Arithmetic): ProductTile {
  let next = first;
  const take = (count: number) => Array.from({ length: count }, () => next++);
  const [leftRows, rightRows] = [take(leftStep), take(rightStep)];
  const leftValues = take(leftStep);
  const scratch = next++;
  const sums = take(leftStep * rightStep);
  const sumOf = (leftRow: number, rightRow: number) => sums[leftRow * rightStep + rightRow]!;
  const addProductsAt = (offset: number) => [
    ...leftRows.flatMap((row, index) => set(leftValues[index]!, v128.load(get(row), offset))),
    ...rightRows.flatMap((row, rightRow) => [
      ...set(scratch, v128.load(get(row), offset)),
      ...leftValues.flatMap((value, leftRow) => {
        const sum = sumOf(leftRow, rightRow);
        return set(sum, addProduct(get(sum), get(value), get(scratch)));
      }),
    ]),
  ];
  return {
    locals: [
      ...[...leftRows, ...rightRows].map(() => valueType.i32),
      ...[...leftValues, scratch, ...sums].map(() => valueType.v128),
    ],
    leftRows,
    rightRows,
    scratch,
    clear: sums.flatMap((sum) => set(sum, v128.zero)),
    addStride: [
      ...Array.from({ length: rowStride / 16 }, (_, index) => addProductsAt(16 * index)).flat(),
      ...[...leftRows, ...rightRows].flatMap((row) => advance(row, rowStride)),
    ],
    totals(leftRow) {
      const pairwise = (one: number, other: number) => {
        const [left, right] = [get(sumOf(leftRow, one)), get(sumOf(leftRow, other))];
        return add(v128.pick(left, right, [0, 4, 1, 5]), v128.pick(left, right, [2, 6, 3, 7]));
      };
      const [low, high] = [pairwise(0, 1), pairwise(2, 3)];
      return add(v128.pick(low, high, [0, 1, 4, 5]), v128.pick(low, high, [2, 3, 6, 7]));
    },
  };
}
