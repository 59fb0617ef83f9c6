import { normalizeRows, type Matrix } from '../numeric/matrix';
import { truncatedSvd } from '../numeric/svd';
import { besides, tfidf } from '../numeric/tfidf';
import { contentWords, stem } from '../text/content';
import { characterFeatures, pairs } from '../text/features';
import type { Embedder } from './embedder';

const dimensions = 150;
const wordWeight = 0.4;

/**
 * Latent semantic analysis of stems, pairs of stems in a row and character runs of the words that carry a topic:
 * needs no model and takes any language. Deterministic for a seed.
 */
export function lexicalEmbedder(seed: number): Embedder {
  return {
    name: 'lexical',
    embed: (texts) => Promise.resolve(embed(texts, seed)),
  };
}

function embed(texts: readonly string[], seed: number): Matrix {
  const contents = texts.map(contentWords);
  const options = { sublinear: true, minimumDocuments: texts.length > 1 ? 2 : 1 };
  const byWord = tfidf(
    contents.map((content) => pairs(content.map(stem))),
    options,
  );
  const byCharacter = tfidf(
    contents.map((content) => characterFeatures(content.join(' '))),
    options,
  );
  const features = besides(
    byWord.matrix,
    Math.sqrt(wordWeight),
    byCharacter.matrix,
    Math.sqrt(1 - wordWeight),
  );
  return normalizeRows(truncatedSvd(features, dimensions, seed).scores);
}
