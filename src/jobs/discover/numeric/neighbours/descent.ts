import type { Workspace } from './workspace';

/**
 * Writes down for each row which rows are to be compared in a round of descent: its nearest rows and those that it
 * is one of the nearest of, best first; those that came in since the round before stand in front.
 * @param before nearest rows of each row in the round before
 * @returns how many of the nearest rows are new
 */
export function gatherCandidates(workspace: Workspace, before: Int32Array): number {
  const { plan, indices, candidates, candidateCounts } = workspace;
  const { rows, width } = plan;
  const isFresh = new Uint8Array(rows * width);
  let fresh = 0;
  for (let row = 0, entry = 0; row < rows; row++) {
    const start = row * width;
    for (; entry < start + width; entry++) {
      if (indices[entry]! < 0) continue;
      let place = start;
      while (place < start + width && before[place] !== indices[entry]) place++;
      if (place < start + width) continue;
      isFresh[entry] = 1;
      fresh++;
    }
  }
  candidateCounts.fill(0);
  for (const wanted of [1, 0]) {
    for (let rank = 0; rank < width; rank++) {
      for (let row = 0, entry = rank; row < rows; row++, entry += width) {
        const other = indices[entry]!;
        if (other < 0 || isFresh[entry] !== wanted) continue;
        add(row, other, wanted);
        add(other, row, wanted);
      }
    }
  }
  return fresh;

  function add(row: number, candidate: number, isNew: number): void {
    const start = row * plan.candidates;
    const count = candidateCounts[2 * row + 1]!;
    if (count === plan.candidates) return;
    for (let entry = start; entry < start + count; entry++) if (candidates[entry] === candidate) return;
    candidates[start + count] = candidate;
    candidateCounts[2 * row + 1] = count + 1;
    candidateCounts[2 * row]! += isNew;
  }
}
