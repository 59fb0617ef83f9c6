import { normalizeRows, rowOf, zeros, type Matrix, type SparseMatrix } from '../numeric/matrix';
import { truncatedSvd } from '../numeric/svd';
import { sideBySide, tfidf } from '../numeric/tfidf';
import { contentWords, stem, wordsWithoutCourtesy } from '../text/content';
import { characterFeatures, pairs } from '../text/features';
import type { Embedder } from './embedder';
import { unused } from './encoder-embedder';
import { contextPoints } from './word-contexts';

const dimensions = 200;
/** Shares in the squared length of a text: the words of its content weigh more than all that is asked with them. */
const contentShare = 0.6;
const wholeShare = 0.4;
/** Shares of the two kinds of features in each. */
const stemShare = 0.4;
const characterShare = 0.6;
/** Share of the words' contexts in the squared length: this at most, half of it where there are so many texts. */
const mostContextShare = 0.8;
const textsOfHalf = 6_000;

/**
 * Latent semantic analysis of the stems, pairs of stems in a row, and character runs of the words that carry a topic,
 * and once more, with less weight, of all words but for courtesy: "what is" and "how do I" also tell requests apart.
 * Beside it, with the more weight the more texts there are to learn it from, the company that words keep: words that are
 * never said together, but with the same others, bring texts together that share none.
 * It needs no model and takes any language. Deterministic for a seed.
 */
export function lexicalEmbedder(seed: number): Embedder {
  return {
    name: 'lexical',
    embed(texts, onProgress) {
      const points = embed(texts, seed);
      const misses = new Set(texts).size;
      onProgress?.(misses, misses, 'phrases embedded');
      return Promise.resolve({ ...points, usage: { ...unused(), misses } });
    },
  };
}

function embed(texts: readonly string[], seed: number): Matrix {
  const features = sideBySide([
    ...featuresOf(texts.map(contentWords), contentShare),
    ...featuresOf(texts.map(wordsWithoutCourtesy), wholeShare),
  ]);
  const own = normalizeRows(truncatedSvd(features, dimensions, seed).scores);
  const contexts = contextPoints(
    texts.map((text) => wordsWithoutCourtesy(text).map(stem)),
    seed,
  );
  const share = (mostContextShare * texts.length) / (texts.length + textsOfHalf);
  return normalizeRows(joinColumns(own, contexts, share));
}

/** Both side by side; the right one gets its share of the squared length. */
function joinColumns(left: Matrix, right: Matrix, share: number): Matrix {
  const joined = zeros(left.rows, left.columns + right.columns);
  for (let row = 0; row < left.rows; row++) {
    const target = rowOf(joined, row);
    rowOf(left, row).forEach((value, column) => (target[column] = value * Math.sqrt(1 - share)));
    rowOf(right, row).forEach((value, column) => (target[left.columns + column] = value * Math.sqrt(share)));
  }
  return joined;
}

function featuresOf(texts: readonly string[][], share: number): { matrix: SparseMatrix; share: number }[] {
  const weigh = (documents: string[][]) =>
    tfidf(documents, { sublinear: true, minimumDocuments: texts.length > 1 ? 2 : 1 }).matrix;
  return [
    { matrix: weigh(texts.map((words) => pairs(words.map(stem)))), share: share * stemShare },
    {
      matrix: weigh(texts.map((words) => characterFeatures(words.join(' ')))),
      share: share * characterShare,
    },
  ];
}
