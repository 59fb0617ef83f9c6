import { normalizeRows, type Matrix } from '../numeric/matrix';
import { truncatedSvd } from '../numeric/svd';
import { sideBySide, tfidf } from '../numeric/tfidf';
import { contentWords, stem } from '../text/content';
import { characterFeatures, pairs } from '../text/features';
import type { Embedder } from './embedder';
import { unused } from './encoder-embedder';

const dimensions = 150;
/** Shares of the two kinds of features in the squared length of a text. */
const stemShare = 0.4;
const characterShare = 0.6;

/**
 * Latent semantic analysis of the words that carry a topic: their stems, pairs of stems in a row, and character runs.
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
  const contents = texts.map(contentWords);
  const weigh = (documents: string[][]) =>
    tfidf(documents, { sublinear: true, minimumDocuments: texts.length > 1 ? 2 : 1 }).matrix;
  const features = sideBySide([
    { matrix: weigh(contents.map((content) => pairs(content.map(stem)))), share: stemShare },
    { matrix: weigh(contents.map((content) => characterFeatures(content.join(' ')))), share: characterShare },
  ]);
  return normalizeRows(truncatedSvd(features, dimensions, seed).scores);
}
