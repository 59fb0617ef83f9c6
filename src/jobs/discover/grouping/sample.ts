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
