import { foldCase } from './normalise';
import { type SparseVector } from './sparse';

/** Inverse document frequencies of the terms of one kind; `firstColumn` is where its columns begin. */
interface Block {
  terms: Map<string, number>;
  inverseDocumentFrequency: Float32Array;
  firstColumn: number;
  /** The inverse document frequency of a term that no phrase had. */
  unseenFrequency: number;
}

/** Weighs the words and the characters of a phrase by TF-IDF. Plain data, so that it can be stored and sent. */
export interface Vectorizer {
  words: Block;
  characters: Block;
  columns: number;
}

const longestWordGram = 2;
const shortestCharacterGram = 2;
const longestCharacterGram = 5;

/** Learns the terms of a set of phrases: words and pairs of words, and 2 to 5 characters within words. */
export function fitVectorizer(texts: string[]): Vectorizer {
  const folded = texts.map(foldCase);
  const words = fitBlock(folded, wordGrams, 0);
  const characters = fitBlock(folded, characterGrams, words.terms.size);
  return { words, characters, columns: words.terms.size + characters.terms.size };
}

/**
 * The phrase as a sparse vector: sublinear term frequency times inverse document frequency, each kind of term of length
 * 1. Unknown terms are left out.
 */
export function vectorize(vectorizer: Vectorizer, text: string): SparseVector {
  const folded = foldCase(text);
  const indices: number[] = [];
  const values: number[] = [];
  for (const [block, grams] of [
    [vectorizer.words, wordGrams(folded)],
    [vectorizer.characters, characterGrams(folded)],
  ] as const) {
    const from = values.length;
    let squares = 0;
    for (const [term, count] of countOf(grams)) {
      const column = block.terms.get(term);
      const frequency = 1 + Math.log(count);
      if (column === undefined) {
        squares += (frequency * block.unseenFrequency) ** 2;
        continue;
      }
      const weight = frequency * block.inverseDocumentFrequency[column]!;
      indices.push(block.firstColumn + column);
      values.push(weight);
      squares += weight * weight;
    }
    const length = Math.sqrt(squares) || 1;
    for (let i = from; i < values.length; i++) values[i]! /= length;
  }
  return { indices: Int32Array.from(indices), values: Float32Array.from(values) };
}

function fitBlock(texts: string[], gramsOf: (text: string) => string[], firstColumn: number): Block {
  const terms = new Map<string, number>();
  const documents: number[] = [];
  for (const text of texts) {
    for (const term of new Set(gramsOf(text))) {
      const column = terms.get(term) ?? terms.size;
      terms.set(term, column);
      documents[column] = (documents[column] ?? 0) + 1;
    }
  }
  // The smoothed form of scikit-learn's TfidfVectorizer.
  const inverseDocumentFrequency = Float32Array.from(
    documents,
    (count) => Math.log((1 + texts.length) / (1 + count)) + 1,
  );
  return { terms, inverseDocumentFrequency, firstColumn, unseenFrequency: Math.log(1 + texts.length) + 1 };
}

function countOf(terms: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}

function wordGrams(text: string): string[] {
  const words = text.match(/[\p{L}\p{N}_]{2,}/gu) ?? [];
  const grams: string[] = [...words];
  for (let size = 2; size <= longestWordGram; size++) {
    for (let i = 0; i + size <= words.length; i++) grams.push(words.slice(i, i + size).join(' '));
  }
  return grams;
}

/** Characters within each word and the blanks at its edges; a word shorter than the gram counts once. */
function characterGrams(text: string): string[] {
  const grams: string[] = [];
  for (const word of text.split(' ')) {
    const padded = ` ${word} `;
    for (let size = shortestCharacterGram; size <= longestCharacterGram; size++) {
      if (padded.length <= size) {
        grams.push(padded);
        break;
      }
      for (let i = 0; i + size <= padded.length; i++) grams.push(padded.slice(i, i + size));
    }
  }
  return grams;
}
