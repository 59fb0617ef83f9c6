import { permutation, seededRandom } from '../numeric/random';

const seed = 1;

/**
 * Rows whose group is known: all of them, or where there are more than `most`, equally many of each group by chance.
 * @returns row numbers, group by group, each group's in random order
 */
export function sampleEvenly(groups: Int32Array, groupCount: number, most: number): number[] {
  const byGroup = Array.from({ length: groupCount }, (): number[] => []);
  groups.forEach((group, row) => {
    if (group >= 0) byGroup[group]!.push(row);
  });
  const random = seededRandom(seed);
  const limit = limitFor(
    byGroup.map((rows) => rows.length),
    most,
  );
  return byGroup.flatMap((rows) =>
    Array.from(permutation(rows.length, random).subarray(0, limit), (index) => rows[index]!),
  );
}

/** How many of each group there may be so that all together are about `most`, and two at least. */
function limitFor(sizes: readonly number[], most: number): number {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total <= most) return Infinity;
  let [left, groups] = [most, sizes.length];
  for (const size of [...sizes].sort((a, b) => a - b)) {
    if (size * groups > left) return Math.max(Math.floor(left / groups), 2);
    left -= size;
    groups--;
  }
  return Infinity;
}

/** A group of which less is left says too little. */
const fewestOfGroup = 30;

/**
 * Rows that stand for all: all of them, or where there are more than `most`, the same share of each group and of the
 * rows without one, by chance. Small groups stay whole.
 * @param groups for each row the number of its group, or −1
 * @returns row numbers in ascending order; a few more than `most` where groups are small
 */
export function sampleProportionally(groups: Int32Array, most: number, seed: number): Int32Array {
  if (groups.length <= most) return Int32Array.from(groups.keys());
  const byGroup = new Map<number, number[]>();
  groups.forEach((group, row) => {
    const rows = byGroup.get(group);
    if (rows) rows.push(row);
    else byGroup.set(group, [row]);
  });
  const share = most / groups.length;
  const random = seededRandom(seed);
  const chosen = [...byGroup].flatMap(([group, rows]) => {
    const count = Math.max(Math.round(share * rows.length), group < 0 ? 0 : fewestOfGroup);
    return Array.from(permutation(rows.length, random).subarray(0, count), (index) => rows[index]!);
  });
  return Int32Array.from(chosen).sort();
}
