/**
 * A quantile by linear interpolation between the two nearest values (type 7 of Hyndman and Fan, NumPy's default).
 *
 * @param sorted ascending, at least one value
 * @param share 0–1
 */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (position - below);
}
