/** How alike two phrases are for people: the ground of duplicate and near-duplicate. */

/**
 * A phrase without case, punctuation, symbols and superfluous spaces; accents stay. Two samples with the same key
 * are one sample.
 */
export function sampleKey(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}{}]+/gu, ' ')
    .trim();
}

/** A `sampleKey` without accents as well: what an understanding engine may take for the same phrase. */
export function comparisonKey(text: string): string {
  return sampleKey(text)
    .normalize('NFD')
    .replace(/\p{M}+/gu, '');
}

/** The distinct character trigrams of a phrase's comparison key, with a space at both ends. */
export function characterTrigrams(text: string): Set<string> {
  const padded = ` ${comparisonKey(text)} `;
  const trigrams = new Set<string>();
  for (let start = 0; start + 3 <= padded.length; start++) trigrams.add(padded.slice(start, start + 3));
  if (trigrams.size === 0) trigrams.add(padded);
  return trigrams;
}

/** Jaccard similarity 0–1 of two sets: what they share of what they hold together. */
export function jaccard(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const [small, large] = one.size <= other.size ? [one, other] : [other, one];
  let shared = 0;
  for (const item of small) if (large.has(item)) shared++;
  const together = one.size + other.size - shared;
  return together === 0 ? 1 : shared / together;
}
