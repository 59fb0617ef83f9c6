import { contentWords, stem } from '../../jobs/discover/text/content';
import { characterFeatures, pairs } from '../../jobs/discover/text/features';
import type { SparseMatrix } from '../../jobs/discover/numeric/matrix';
import { sideBySide, tfidf } from '../../jobs/discover/numeric/tfidf';
import type { Materials } from './materials';

/** Characters of a phrase that are compared: a longer one tells no more. */
const longestCompared = 500;
/** Shares of the two kinds of features, as the lexical embedder weighs them. */
const stemShare = 0.4;
const characterShare = 0.6;

/** How alike phrases are. */
export interface Likeness {
  /** Every phrase that shares something with one, the most alike first; scores are cosines, 0–1. */
  to(id: string): { id: string; score: number }[];
}

const made = new WeakMap<Materials['utterances'], Likeness>();

/** Compares by TF-IDF of words, pairs of words and runs of letters; built at the first use, within a second for 20,000. */
export function likeness({ utterances }: Pick<Materials, 'utterances'>): Likeness {
  const known = made.get(utterances);
  if (known) return known;
  const ids = [...utterances.keys()];
  const rowOf = new Map(ids.map((id, row) => [id, row]));
  const matrix = textFeatures([...utterances.values()].map(({ text }) => text));
  const built: Likeness = {
    to(id) {
      const scores = cosines(matrix, rowOf.get(id) ?? -1);
      return ids
        .map((one, row) => ({ id: one, score: Math.min(1, Math.round(scores[row]! * 1000) / 1000) }))
        .filter(({ score }) => score > 0)
        .sort((one, other) => other.score - one.score);
    },
  };
  made.set(utterances, built);
  return built;
}

/** Rows of length 1: stems with their pairs, and character runs, without the latent dimensions of the embedder. */
export function textFeatures(texts: readonly string[]): SparseMatrix {
  const contents = texts.map((text) => contentWords(text.slice(0, longestCompared)));
  const weigh = (documents: string[][]) => tfidf(documents, { sublinear: true }).matrix;
  return sideBySide([
    { matrix: weigh(contents.map((content) => pairs(content.map(stem)))), share: stemShare },
    { matrix: weigh(contents.map((content) => characterFeatures(content.join(' ')))), share: characterShare },
  ]);
}

function cosines({ rows, columns, offsets, indices, values }: SparseMatrix, row: number): Float32Array {
  const wanted = new Float32Array(columns);
  for (let at = offsets[row] ?? 0; at < (offsets[row + 1] ?? 0); at++) wanted[indices[at]!] = values[at]!;
  const scores = new Float32Array(rows);
  for (let other = 0; other < rows; other++) {
    let sum = 0;
    for (let at = offsets[other]!; at < offsets[other + 1]!; at++) sum += values[at]! * wanted[indices[at]!]!;
    scores[other] = sum;
  }
  return scores;
}
