import type { AcceptedCategory } from '../category-map';
import { comparisonKey, sampleKey } from '../similarity/comparison';
import type { LabelledUtterance } from '../utterance';
import type { LeftOut, LeftOutReason } from './dataset';
import { toSampleUtterance } from './sample-utterance';

/** An accepted example that can be used. */
export interface UsableExample {
  id: string;
  /** As it was said. */
  text: string;
  /** As Lex can take it for a sample. */
  sample: string;
  intent: string;
  count: number;
}

/**
 * Leaves out what cannot be used, whatever set it would come to.
 * @param known what the bot has
 * @param slotsByIntent names of slots that examples may refer to, as `{Slot}`
 * @returns the usable examples, the most frequent of each set of duplicates with the counts of all, and the others
 */
export function screenExamples(
  accepted: readonly AcceptedCategory[],
  known: readonly LabelledUtterance[],
  slotsByIntent: ReadonlyMap<string, ReadonlySet<string>> = new Map(),
): { usable: UsableExample[]; leftOut: LeftOut[] } {
  const leftOut: LeftOut[] = [];
  const candidates: UsableExample[] = [];
  for (const { intent, examples } of accepted) {
    for (const { id, text, count } of examples) {
      const made = toSampleUtterance(text, slotsByIntent.get(intent));
      if ('refusal' in made) leftOut.push({ id, text, intent, reason: made.refusal });
      else candidates.push({ id, text, sample: made.text, intent, count });
    }
  }

  const intentsByPhrase = new Map<string, Set<string>>();
  for (const { text, intent } of [...known, ...candidates]) {
    const key = comparisonKey(text);
    const intents = intentsByPhrase.get(key);
    if (intents) intents.add(intent);
    else intentsByPhrase.set(key, new Set([intent]));
  }
  const knownSamples = new Set(known.map(({ text, intent }) => `${intent}\n${sampleKey(text)}`));
  const usable = new Map<string, UsableExample>();
  const leave = ({ id, text, intent }: UsableExample, reason: LeftOutReason) =>
    leftOut.push({ id, text, intent, reason });
  for (const candidate of candidates) {
    const key = `${candidate.intent}\n${sampleKey(candidate.sample)}`;
    const twin = usable.get(key);
    if (intentsByPhrase.get(comparisonKey(candidate.text))!.size > 1) {
      leave(candidate, 'conflicting-labels');
    } else if (knownSamples.has(key)) {
      leave(candidate, 'already-known');
    } else if (twin === undefined) {
      usable.set(key, candidate);
    } else {
      const [kept, dropped] = candidate.count > twin.count ? [candidate, twin] : [twin, candidate];
      usable.set(key, { ...kept, count: twin.count + candidate.count });
      leave(dropped, 'duplicate');
    }
  }
  return { usable: [...usable.values()], leftOut };
}
