/** The value below which this share of the values lies; undefined for no values. */
export function quantile(values: readonly number[], share: number): number | undefined {
  return [...values].sort((a, b) => a - b)[Math.floor(share * values.length)];
}

/** The share of values below a value, 0–1; 1 for no values. */
export function rankOf(value: number, values: readonly number[]): number {
  return values.length === 0 ? 1 : values.filter((other) => other < value).length / values.length;
}

/** The mean of a number over items, of which there must be some. */
export function meanOf<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((sum, item) => sum + value(item), 0) / items.length;
}
