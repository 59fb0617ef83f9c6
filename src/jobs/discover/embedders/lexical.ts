import { normalizeRows, type Matrix, type SparseMatrix } from '../numeric/matrix';
import { truncatedSvd } from '../numeric/svd';
import { sideBySide, tfidf } from '../numeric/tfidf';
import { contentWords, stem, wordsWithoutCourtesy } from '../text/content';
import { characterFeatures, pairs } from '../text/features';
import type { Embedder } from './embedder';
import { unused } from './encoder-embedder';

const dimensions = 200;
/** Shares in the squared length of a text: the words of its content weigh more than all that is asked with them. */
const contentShare = 0.6;
const wholeShare = 0.4;
/** Shares of the two kinds of features in each. */
const stemShare = 0.4;
const characterShare = 0.6;

/**
 * Latent semantic analysis of the stems, pairs of stems in a row, and character runs of the words that carry a topic,
 * and once more, with less weight, of all words but for courtesy: "what is" and "how do I" also tell requests apart.
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
  return normalizeRows(truncatedSvd(features, dimensions, seed).scores);
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
