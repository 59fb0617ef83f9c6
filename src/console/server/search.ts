import { NotFoundError } from '../../domain/errors';
import { foldText } from '../../domain/text/normalise';
import type { SearchResult } from '../api';
import type { Analyst } from './analysis/analyst';
import type { Materials } from './materials';

type Match = SearchResult['matches'][number];

/** Phrases below this share too little to be shown as alike. */
const leastSimilarity = 0.1;

/** Phrases that hold every word of a text, or a word that begins like it, without regard to case and accents; the most said first. */
export function findWords({ utterances }: Pick<Materials, 'utterances'>, text: string): Match[] {
  const wanted = wordsOf(text);
  if (wanted.length === 0) return [];
  return [...utterances.values()]
    .filter((utterance) => {
      const words = wordsOf(utterance.text);
      return wanted.every((one) => words.some((word) => word.startsWith(one)));
    })
    .sort((one, other) => other.count - one.count)
    .map(({ id }) => ({ id, score: 1 }));
}

/**
 * Phrases that share words and runs of letters with one, the most alike first, itself included.
 * @throws NotFoundError for an id that is none of the review's
 */
export async function findLike(
  analyst: Analyst,
  materials: Pick<Materials, 'discovery' | 'utterances' | 'known'>,
  id: string,
): Promise<Match[]> {
  const phrase = materials.utterances.get(id);
  if (!phrase) {
    throw new NotFoundError(
      { en: `There is no phrase ${id} in this review.`, es: `No hay ninguna frase ${id} en esta revisión.` },
      { id },
    );
  }
  const all = await analyst.ask<'alike'>(materials, { kind: 'alike', text: phrase.text });
  return all.filter(({ score }) => score >= leastSimilarity);
}

function wordsOf(text: string): string[] {
  return foldText(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}
