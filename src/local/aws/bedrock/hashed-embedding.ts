import { createHash } from 'node:crypto';

/** Character runs of these lengths, with the word's edges, beside whole words. */
const runLengths = [3, 4, 5];
const wordWeight = 2;

/**
 * A deterministic embedding without a model: words and character runs, hashed with a sign into so many numbers (feature
 * hashing, Weinberger et al. 2009), of length 1. Texts that share words lie close together; it knows no synonyms.
 */
export function hashedEmbedding(text: string, dimensions: number): number[] {
  const values = new Array<number>(dimensions).fill(0);
  const words = text.normalize('NFKC').toLowerCase().split(/\s+/u).filter(Boolean);
  for (const word of words) {
    addFeature(values, `w:${word}`, wordWeight);
    const edged = `^${word}$`;
    for (const length of runLengths) {
      for (let start = 0; start + length <= edged.length; start++)
        addFeature(values, edged.slice(start, start + length), 1);
    }
  }
  const length = Math.hypot(...values);
  return length === 0 ? values : values.map((value) => value / length);
}

function addFeature(values: number[], feature: string, weight: number): void {
  const digest = createHash('md5').update(feature).digest();
  const sign = (digest[4]! & 1) === 0 ? 1 : -1;
  values[digest.readUInt32LE(0) % values.length]! += sign * weight;
}

/** A token for each four characters, as AWS says of English. */
export function countTokens(text: string): number {
  return Math.max(1, Math.ceil(text.length / 4));
}
