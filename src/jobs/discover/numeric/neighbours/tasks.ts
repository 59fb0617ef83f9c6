import { permutation, seededRandom } from '../random';
import type { Workspace } from './workspace';

const treeCount = 8;
/** Rows of one task where all pairs are compared. */
const exactRows = 256;
/** Rows of one task in a round of descent. */
const descentRows = 1024;
/** A tree is not split further below this many rows. */
const leafRows = 256;
/** Both parts of a split have at least this share of the rows. */
const leastShare = 0.1;

/** A kind of work that is divided into tasks, each of which any thread may do. */
export interface Phase {
  /** All pairs; the pairs within the leaves of trees, each of which is a task; the pairs of candidates of a row. */
  kind: 'exact' | 'trees' | 'descent';
  seed: number;
}

export function taskCount(phase: Phase, rows: number): number {
  switch (phase.kind) {
    case 'exact':
      return Math.ceil(rows / exactRows);
    case 'trees':
      return treeCount;
    case 'descent':
      return Math.ceil(rows / descentRows);
  }
}

export function runTask(workspace: Workspace, phase: Phase, task: number): void {
  switch (phase.kind) {
    case 'exact':
      return compareWithAllAfter(workspace, task);
    case 'trees':
      return compareWithinLeaves(workspace, phase.seed + task);
    case 'descent':
      return compareCandidates(workspace, task);
  }
}

function compareWithAllAfter(workspace: Workspace, task: number): void {
  const { list, plan } = workspace;
  const first = task * exactRows;
  const count = plan.rows - first;
  for (let index = 0; index < count; index++) list[index] = first + index;
  workspace.compare(Math.min(exactRows, count), count);
}

/**
 * A random projection tree (Dasgupta & Freund 2008): rows are divided by which of two of them, drawn by chance, they
 * are more similar to, until the parts are small; within these all pairs are compared.
 */
function compareWithinLeaves(workspace: Workspace, seed: number): void {
  const { list, plan } = workspace;
  const random = seededRandom(seed);
  const order = permutation(plan.rows, random);
  const margins = new Int32Array(plan.rows);
  const spare = new Int32Array(plan.rows);
  const open: [start: number, end: number][] = [[0, plan.rows]];
  for (let part = open.pop(); part; part = open.pop()) {
    const [start, end] = part;
    const count = end - start;
    for (let index = 0; index < count; index++) list[index] = order[start + index]!;
    if (count <= leafRows) {
      workspace.compare(count, count);
      continue;
    }
    const first = Math.floor(random() * count);
    const second = (first + 1 + Math.floor(random() * (count - 1))) % count;
    workspace.leanings(list[first]!, list[second]!, 0, count, margins);
    let low = 0;
    let high = 0;
    for (let index = 0; index < count; index++) {
      if (margins[index]! > 0) order[start + low++] = list[index]!;
      else spare[high++] = list[index]!;
    }
    order.set(spare.subarray(0, high), start + low);
    const isLopsided = Math.min(low, high) < leastShare * count;
    const middle = start + (isLopsided ? count >> 1 : low);
    open.push([start, middle], [middle, end]);
  }
}

/**
 * The local joins of NN-descent (Dong, Moses & Li 2011): rows that are near one and the same row may be near each
 * other. Pairs of which both were candidates of that row before have been compared then.
 */
function compareCandidates(workspace: Workspace, task: number): void {
  const { list, plan, candidates, candidateCounts } = workspace;
  const end = Math.min((task + 1) * descentRows, plan.rows);
  for (let row = task * descentRows; row < end; row++) {
    const [fresh, count] = [candidateCounts[2 * row]!, candidateCounts[2 * row + 1]!];
    if (fresh === 0) continue;
    const start = row * plan.candidates;
    for (let index = 0; index < count; index++) list[index] = candidates[start + index]!;
    workspace.compare(fresh, count);
  }
}
