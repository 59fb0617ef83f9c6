import type { Neighbours } from './numeric/nearest-neighbours';

/** What the nearest neighbours of a unit say about it; all shares 0–1. */
export interface Evidence {
  /** Group with the most weight among its labelled neighbours, or −1; and its share of their weight. */
  group: number;
  agreement: number;
}

/**
 * @param groups for each unit the number of what it belongs to, or −1 where that is to be found out
 */
export function weighEvidence(neighbours: Neighbours, groups: Int32Array): Evidence[] {
  const { rows, width, indices, similarities } = neighbours;
  const evidence: Evidence[] = [];
  const weights = new Float64Array(groups.reduce((most, group) => Math.max(most, group), -1) + 1);
  for (let row = 0; row < rows; row++) {
    let labelled = 0;
    for (let rank = 0; rank < width; rank++) {
      const entry = row * width + rank;
      if (indices[entry]! < 0) break;
      const weight = Math.max(similarities[entry]!, 0);
      const group = groups[indices[entry]!]!;
      if (group < 0) continue;
      labelled += weight;
      weights[group]! += weight;
    }
    let [best, most] = [-1, 0];
    for (let entry = row * width; entry < (row + 1) * width && indices[entry]! >= 0; entry++) {
      const group = groups[indices[entry]!]!;
      if (group < 0) continue;
      const weight = weights[group]!;
      weights[group] = 0;
      if (weight > most || (weight === most && weight > 0 && group < best)) [best, most] = [group, weight];
    }
    evidence.push({ group: best, agreement: labelled > 0 ? most / labelled : 0 });
  }
  return evidence;
}

/** For each row the mean similarity to its nearest few: how dense it is around it. */
export function meanSimilarity(neighbours: Neighbours, nearest: number): Float64Array {
  const { rows, width, similarities } = neighbours;
  const count = Math.min(nearest, width);
  const means = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    for (let entry = row * width; entry < row * width + count; entry++) {
      means[row]! += Math.max(similarities[entry]!, 0) / count;
    }
  }
  return means;
}

/** Mean similarity to the nearest few neighbours of one group; those that are missing count as 0. */
export function supportOf(
  neighbours: Neighbours,
  row: number,
  group: number,
  groups: Int32Array,
  nearest: number,
): number {
  const { width, indices, similarities } = neighbours;
  let [sum, found] = [0, 0];
  for (let entry = row * width; entry < (row + 1) * width && found < nearest; entry++) {
    if (indices[entry]! < 0 || groups[indices[entry]!] !== group) continue;
    sum += Math.max(similarities[entry]!, 0);
    found++;
  }
  return sum / nearest;
}
