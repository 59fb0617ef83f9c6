import { normalizeRows, type Matrix } from '../numeric/matrix';
import { truncatedSvd } from '../numeric/svd';
import { sideBySide, tfidf } from '../numeric/tfidf';
import { contentWords, stem } from '../text/content';
import { characterFeatures, pairs } from '../text/features';
import { fold, words } from '../text/fold';
import type { Embedder } from './embedder';

const dimensions = 150;
/** Shares of the three kinds of features in the squared length of a text. */
const stemShare = 0.24;
const characterShare = 0.36;
const phraseShare = 0.4;

/**
 * Latent semantic analysis of stems and of character runs of the words that carry a topic, and of all words as they
 * stand; words also in pairs. It needs no model and takes any language. Deterministic for a seed.
 */
export function lexicalEmbedder(seed: number): Embedder {
  return {
    name: 'lexical',
    embed: (texts) => Promise.resolve(embed(texts, seed)),
  };
}

function embed(texts: readonly string[], seed: number): Matrix {
  const contents = texts.map(contentWords);
  const weigh = (documents: string[][]) =>
    tfidf(documents, { sublinear: true, minimumDocuments: texts.length > 1 ? 2 : 1 }).matrix;
  const features = sideBySide([
    { matrix: weigh(contents.map((content) => pairs(content.map(stem)))), share: stemShare },
    { matrix: weigh(contents.map((content) => characterFeatures(content.join(' ')))), share: characterShare },
    { matrix: weigh(texts.map((text) => pairs(words(fold(text))))), share: phraseShare },
  ]);
  return normalizeRows(truncatedSvd(features, dimensions, seed).scores);
}
