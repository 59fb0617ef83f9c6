import type { Materials } from './materials';
import { addTo, product, TextSpace } from './text-space';

const spaces = new WeakMap<object, TextSpace>();

/** The space of a review's phrases, what the bot has included; made at its first use. */
export function spaceOf({ utterances, known }: Pick<Materials, 'utterances' | 'known'>): TextSpace {
  const made =
    spaces.get(utterances) ??
    new TextSpace([...[...utterances.values()].map(({ text }) => text), ...known.map(({ text }) => text)]);
  spaces.set(utterances, made);
  return made;
}

/** Every phrase that shares something with one, the most alike first; scores are cosines, 0–1. */
export function alike(
  materials: Pick<Materials, 'utterances' | 'known'>,
  text: string,
): { id: string; score: number }[] {
  const space = spaceOf(materials);
  const wanted = new Float32Array(space.size);
  addTo(wanted, space.vectorOf(text));
  return [...materials.utterances.values()]
    .map((utterance) => ({
      id: utterance.id,
      score: Math.min(1, Math.round(product(space.vectorOf(utterance.text), wanted) * 1000) / 1000),
    }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score);
}
