import { contentWords, stem } from '../../jobs/discover/text/content';
import { characterFeatures, pairs } from '../../jobs/discover/text/features';
import { countTerms } from '../../jobs/discover/numeric/tfidf';

/** Characters of a phrase that are looked at: a longer one tells no more. */
const longestText = 500;
/** Both kinds of features, with the shares of the squared length that the lexical embedder gives them. */
const kinds: { share: number; termsOf: (words: string[]) => string[] }[] = [
  { share: 0.4, termsOf: (words) => pairs(words.map(stem)) },
  { share: 0.6, termsOf: (words) => characterFeatures(words.join(' ')) },
];

/** A phrase as the weights of its terms, of length 1 (0 where no other phrase shares a term with it). */
export interface TextVector {
  terms: Int32Array;
  weights: Float32Array;
}

/**
 * TF-IDF of words, pairs of words and runs of letters over a fixed lot of texts: ln((1 + n) / (1 + df)) + 1 times
 * 1 + ln(tf), as the lexical embedder weighs them before it looks for latent dimensions. Terms of one text alone are
 * left out: nothing can be compared by them.
 */
export class TextSpace {
  private readonly columns = kinds.map(() => new Map<string, { column: number; idf: number }>());
  private readonly vectors = new Map<string, TextVector>();
  /** How many terms there are. */
  readonly size: number;

  constructor(texts: Iterable<string>) {
    const distinct = [...new Set(texts)];
    const frequencies = kinds.map(() => new Map<string, number>());
    for (const text of distinct) {
      const words = contentWords(text.slice(0, longestText));
      kinds.forEach(({ termsOf }, kind) => {
        const counts = frequencies[kind]!;
        for (const term of new Set(termsOf(words))) counts.set(term, (counts.get(term) ?? 0) + 1);
      });
    }
    let size = 0;
    frequencies.forEach((counts, kind) => {
      for (const [term, count] of counts) {
        if (count < 2) continue;
        this.columns[kind]!.set(term, {
          column: size++,
          idf: Math.log((1 + distinct.length) / (1 + count)) + 1,
        });
      }
    });
    this.size = size;
  }

  vectorOf(text: string): TextVector {
    const known = this.vectors.get(text);
    if (known) return known;
    const words = contentWords(text.slice(0, longestText));
    const terms: number[] = [];
    const weights: number[] = [];
    kinds.forEach(({ share, termsOf }, kind) => {
      const start = weights.length;
      for (const [term, count] of countTerms(termsOf(words))) {
        const found = this.columns[kind]!.get(term);
        if (!found) continue;
        terms.push(found.column);
        weights.push((1 + Math.log(count)) * found.idf);
      }
      scale(weights, start, Math.sqrt(share));
    });
    scale(weights, 0, 1);
    const vector = { terms: Int32Array.from(terms), weights: Float32Array.from(weights) };
    this.vectors.set(text, vector);
    return vector;
  }
}

/** Gives what stands from an index on a length. */
function scale(weights: number[], start: number, length: number): void {
  let squares = 0;
  for (let at = start; at < weights.length; at++) squares += weights[at]! ** 2;
  if (squares === 0) return;
  const factor = length / Math.sqrt(squares);
  for (let at = start; at < weights.length; at++) weights[at]! *= factor;
}

/** Scalar product with a dense vector of the space. */
export function product({ terms, weights }: TextVector, dense: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < terms.length; at++) sum += weights[at]! * dense[terms[at]!]!;
  return sum;
}

/** Adds a multiple of a vector to a dense one. */
export function addTo(dense: Float32Array, { terms, weights }: TextVector, times = 1): void {
  for (let at = 0; at < terms.length; at++) dense[terms[at]!]! += times * weights[at]!;
}
