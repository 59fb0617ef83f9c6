import { normalizeRows, rowOf, selectRows, zeros, type Matrix } from './matrix';
import type { Neighbours } from './nearest-neighbours';
import { permutation, seededRandom } from './random';
import { rowProducts } from './row-products';

/** Rows of a cell, about. */
const usualCellRows = 160;
/** Only copies of one row fill a cell beyond this; there any of them will do. */
const mostCellRows = 8 * usualCellRows;
const settlingRounds = 2;
/** Cells that are searched for each row, the nearest ones. */
const searchedCells = 6;
/** Rows that are compared with all cells at a time. */
const blockRows = 2_048;

/**
 * For rows of a matrix the nearest among some of its rows, by inner product. Those are divided into cells (k-means
 * from rows drawn by chance, two rounds), and only the cells whose centres are nearest are searched, as an inverted
 * file does (Jégou, Douze & Schmid 2011): time grows with the number of rows times the square root of the others'.
 * @param points rows of length 1
 * @param queries whose neighbours are wanted; none of them stands in `among`
 * @param among rows that may be neighbours
 * @returns one row for each of `queries`; the indices are those of `points`
 */
export function nearestAmong(
  points: Matrix,
  queries: Int32Array,
  among: Int32Array,
  width: number,
  seed: number,
): Neighbours {
  const found: Neighbours = {
    rows: queries.length,
    width,
    indices: new Int32Array(queries.length * width).fill(-1),
    similarities: new Float32Array(queries.length * width).fill(-Infinity),
  };
  const { centres, members } = divideIntoCells(points, among, seed);
  const searchers = members.map((): number[] => []);
  forEachNearest(points, queries, centres, searchedCells, (query, cell) => searchers[cell]!.push(query));
  members.forEach((inCell, cell) => {
    const rows = inCell.slice(0, mostCellRows);
    const candidates = selectRows(points, rows);
    const all = searchers[cell]!;
    for (let start = 0; start < all.length; start += blockRows) {
      const block = all.slice(start, start + blockRows);
      const similarities = rowProducts(
        selectRows(
          points,
          block.map((query) => queries[query]!),
        ),
        candidates,
      );
      block.forEach((query, row) => offerAll(found, query, rows, rowOf(similarities, row)));
    }
  });
  return found;
}

interface Cells {
  centres: Matrix;
  /** Rows of the points in each cell, in ascending order. */
  members: number[][];
}

function divideIntoCells(points: Matrix, among: Int32Array, seed: number): Cells {
  const count = Math.ceil(among.length / usualCellRows);
  const drawn = permutation(among.length, seededRandom(seed)).subarray(0, count);
  let centres = selectRows(
    points,
    drawn.map((index) => among[index]!),
  );
  let members: number[][] = [];
  for (let round = 0; ; round++) {
    members = Array.from({ length: count }, () => []);
    forEachNearest(points, among, centres, 1, (index, cell) => members[cell]!.push(among[index]!));
    if (round === settlingRounds) return { centres, members };
    const before = centres;
    centres = zeros(count, points.columns);
    members.forEach((rows, cell) => {
      const centre = rowOf(centres, cell);
      if (rows.length === 0) centre.set(rowOf(before, cell));
      for (const row of rows) {
        for (let column = 0, index = row * points.columns; column < points.columns; column++, index++) {
          centre[column]! += points.values[index]!;
        }
      }
    });
    normalizeRows(centres);
  }
}

/** Calls back for each row, by its place in the list, with each of its nearest centres. */
function forEachNearest(
  points: Matrix,
  rows: Int32Array,
  centres: Matrix,
  howMany: number,
  visit: (index: number, centre: number) => void,
): void {
  const nearest = new Int32Array(Math.min(howMany, centres.rows));
  for (let start = 0; start < rows.length; start += blockRows) {
    const block = rows.subarray(start, start + blockRows);
    const similarities = rowProducts(selectRows(points, block), centres);
    for (let row = 0; row < block.length; row++) {
      const own = rowOf(similarities, row);
      nearest.fill(-1);
      let least = -Infinity;
      for (let centre = 0; centre < own.length; centre++) {
        if (!(own[centre]! > least)) continue;
        let place = nearest.length;
        while (place > 0 && (nearest[place - 1]! < 0 || own[nearest[place - 1]!]! < own[centre]!)) place--;
        nearest.copyWithin(place + 1, place);
        nearest[place] = centre;
        const last = nearest[nearest.length - 1]!;
        if (last >= 0) least = own[last]!;
      }
      for (const centre of nearest) visit(start + row, centre);
    }
  }
}

/** Notes candidates among the nearest of a query; of equally similar ones the one with the lower number comes first. */
function offerAll(
  { width, indices, similarities }: Neighbours,
  query: number,
  candidates: readonly number[],
  offered: Float32Array,
): void {
  const start = query * width;
  const last = start + width - 1;
  let least = similarities[last]!;
  for (let index = 0; index < offered.length; index++) {
    const similarity = offered[index]!;
    if (similarity < least) continue;
    const candidate = candidates[index]!;
    let place = last + 1;
    while (
      place > start &&
      (similarities[place - 1]! < similarity ||
        (similarities[place - 1] === similarity && indices[place - 1]! > candidate))
    ) {
      place--;
    }
    if (place > last) continue;
    similarities.copyWithin(place + 1, place, last);
    indices.copyWithin(place + 1, place, last);
    similarities[place] = similarity;
    indices[place] = candidate;
    least = similarities[last]!;
  }
}
