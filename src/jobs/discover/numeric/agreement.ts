/**
 * The adjusted Rand index of two partitions of the same items (Hubert & Arabie 1985): 1 when they are the same,
 * about 0 when they agree no more than by chance.
 * @throws RangeError when the lengths differ
 */
export function adjustedRandIndex(
  left: ArrayLike<number | string>,
  right: ArrayLike<number | string>,
): number {
  if (left.length !== right.length) throw new RangeError(`${left.length} labels against ${right.length}`);
  const pairs = (count: number) => (count * (count - 1)) / 2;
  const cells = new Map<string, number>();
  const rows = new Map<number | string, number>();
  const columns = new Map<number | string, number>();
  for (let index = 0; index < left.length; index++) {
    const [a, b] = [left[index]!, right[index]!];
    const cell = `${a}\u0000${b}`;
    cells.set(cell, (cells.get(cell) ?? 0) + 1);
    rows.set(a, (rows.get(a) ?? 0) + 1);
    columns.set(b, (columns.get(b) ?? 0) + 1);
  }
  const total = (counts: Map<unknown, number>) => [...counts.values()].reduce((sum, n) => sum + pairs(n), 0);
  const [both, ofRows, ofColumns] = [total(cells), total(rows), total(columns)];
  const expected = left.length > 1 ? (ofRows * ofColumns) / pairs(left.length) : 0;
  const highest = (ofRows + ofColumns) / 2;
  return highest === expected ? 1 : (both - expected) / (highest - expected);
}
