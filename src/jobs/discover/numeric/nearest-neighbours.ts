import { availableParallelism } from 'node:os';
import type { Matrix } from './matrix';
import { Crew } from './neighbours/crew';
import { gatherCandidates } from './neighbours/descent';
import { toWholeNumbers } from './neighbours/whole-numbers';

/** For each row its nearest other rows, best first: `indices[row * width + rank]`, −1 where there are fewer. */
export interface Neighbours {
  rows: number;
  width: number;
  indices: Int32Array;
  similarities: Float32Array;
}

export interface NeighbourOptions {
  /** Of the trees by which the search among many rows begins. */
  seed?: number;
  /** Threads that take part, with this one; the result does not depend on it. Default: one for each processor. */
  threads?: number;
  /** Up to this many rows all pairs are compared; among more, a few neighbours in a hundred may be missed. */
  exactRows?: number;
}

/** From about here on the search is faster than the comparison of all pairs. */
const mostExactRows = 8_000;
/** Products of two numbers that are worth the start of another thread. */
const productsForThreads = 2e9;
/** The search keeps at least this many, whatever is asked: with fewer it loses its way. */
const leastKept = 16;
const candidatesPerRow = 40;
const mostRounds = 6;
/** The search ends when less than this share of the neighbours is new. */
const leastFresh = 0.01;

/**
 * Nearest neighbours by inner product. Few rows are all compared with each other; among many, random projection
 * trees give first neighbours, which NN-descent improves (Dong, Moses & Li 2011): time grows with n·log n.
 *
 * Rows are compared as 16-bit whole numbers, which costs about 10⁻⁵ of accuracy, is several times as fast, and makes
 * sums the same in whatever order: the result is the same on every machine, for any number of threads. Ties go to
 * the lower row number.
 * @param points rows of length 1, so that the inner product is the cosine
 */
export function nearestNeighbours(points: Matrix, width: number, options: NeighbourOptions = {}): Neighbours {
  const { rows, columns } = points;
  const { seed = 1, exactRows = mostExactRows } = options;
  const indices = new Int32Array(rows * width).fill(-1);
  const similarities = new Float32Array(rows * width).fill(-Infinity);
  const neighbours = { rows, width, indices, similarities };
  if (width === 0 || rows < 2) return neighbours;
  const isExact = rows <= exactRows;
  const kept = isExact ? Math.min(width, rows - 1) : Math.max(width, leastKept);
  const crew = new Crew({
    rows,
    columns,
    width: kept,
    threads: options.threads ?? worthwhileThreads(points),
    candidates: isExact ? 0 : candidatesPerRow,
  });
  try {
    const { workspace } = crew;
    const scale = toWholeNumbers(points, workspace.points, workspace.pointStride);
    if (isExact) crew.run({ kind: 'exact', seed });
    else search(crew, seed);
    const common = Math.min(width, kept);
    for (let row = 0; row < rows; row++) {
      for (let rank = 0; rank < common && workspace.indices[row * kept + rank]! >= 0; rank++) {
        indices[row * width + rank] = workspace.indices[row * kept + rank]!;
        similarities[row * width + rank] = workspace.similarities[row * kept + rank]! / scale ** 2;
      }
    }
    return neighbours;
  } finally {
    crew.close();
  }
}

function worthwhileThreads({ rows, columns }: Matrix): number {
  return rows ** 2 * columns < 2 * productsForThreads ? 1 : availableParallelism();
}

function search(crew: Crew, seed: number): void {
  const { workspace } = crew;
  crew.run({ kind: 'trees', seed });
  let before = new Int32Array(workspace.indices.length).fill(-1);
  for (let round = 0; round < mostRounds; round++) {
    if (gatherCandidates(workspace, before) < leastFresh * before.length) return;
    before = Int32Array.from(workspace.indices);
    crew.run({ kind: 'descent', seed });
  }
}
