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
  // Typed arrays, because resampling comes here thousands of times.
  const support = new Int32Array(labelCount);
  const predictions = new Int32Array(labelCount);
  const hits = new Int32Array(labelCount);
  for (let position = 0; position < sample.length; position++) {
    const item = sample[position]!;
    const rightLabel = right[item]!;
    const predictedLabel = predicted[item]!;
    support[rightLabel]!++;
    predictions[predictedLabel]!++;
    if (rightLabel === predictedLabel) hits[rightLabel]!++;
  }
  return Array.from(support, (count, label) => ({
    support: count,
    predicted: predictions[label]!,
    hits: hits[label]!,
  }));
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
