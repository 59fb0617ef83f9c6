/** Counts that every measure of one label is made of. */
export interface LabelCounts {
  /** Items whose right label it is. */
  support: number;
  /** Items for which it was predicted. */
  predicted: number;
  /** Items for which it was predicted rightly. */
  hits: number;
}

/**
 * Counts a sample label by label.
 *
 * @param right right labels as numbers 0 … labelCount − 1, one an item
 * @param predicted predicted labels in the same order
 * @param sample indices of the items that count, repeats counting again
 */
export function countLabels(
  right: ArrayLike<number>,
  predicted: ArrayLike<number>,
  sample: ArrayLike<number>,
  labelCount: number,
): LabelCounts[] {
  const counts = Array.from({ length: labelCount }, () => ({ support: 0, predicted: 0, hits: 0 }));
  for (let position = 0; position < sample.length; position++) {
    const item = sample[position]!;
    const rightLabel = right[item]!;
    const predictedLabel = predicted[item]!;
    counts[rightLabel]!.support++;
    counts[predictedLabel]!.predicted++;
    if (rightLabel === predictedLabel) counts[rightLabel]!.hits++;
  }
  return counts;
}

/** Harmonic mean of precision and recall, 2·hits ÷ (predicted + support); 0 where the label never occurs. */
export function f1({ support, predicted, hits }: LabelCounts): number {
  return support + predicted === 0 ? 0 : (2 * hits) / (support + predicted);
}

/** Share of the items that are right. */
export function accuracy(counts: readonly LabelCounts[]): number {
  const items = sum(counts, (label) => label.support);
  return items === 0 ? 0 : sum(counts, (label) => label.hits) / items;
}

/**
 * Mean F1 over the labels that are right for at least one item, each weighing the same. A label that is only ever
 * predicted has no F1 of its own; it shows in the recall of those it was mistaken for.
 */
export function macroF1(counts: readonly LabelCounts[]): number {
  const present = counts.filter((label) => label.support > 0);
  return present.length === 0 ? 0 : sum(present, f1) / present.length;
}

/** Mean F1 weighted by the labels' support. */
export function weightedF1(counts: readonly LabelCounts[]): number {
  const items = sum(counts, (label) => label.support);
  return items === 0 ? 0 : sum(counts, (label) => f1(label) * label.support) / items;
}

function sum<T>(values: readonly T[], of: (value: T) => number): number {
  return values.reduce((total, value) => total + of(value), 0);
}
