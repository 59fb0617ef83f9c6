import { characterTrigrams, jaccard } from '../similarity/comparison';
import type { LabelledUtterance } from '../utterance';
import type { LexQuotas } from './lex';

/** An utterance that could be added to an intent. */
export interface Candidate extends LabelledUtterance {
  /** Interactions in which it was said. */
  count: number;
}

export type QuotaReason = 'utterance-too-long' | 'too-many-intents' | 'intent-full' | 'locale-full';

export interface QuotaSelection<T extends Candidate> {
  /** In the order of the candidates. */
  selected: T[];
  leftOut: { candidate: T; reason: QuotaReason }[];
}

/**
 * Chooses what fits. Where an intent or the whole locale would get too much, the most informative utterances stay:
 * those said often and unlike what the intent has already (greedy max–min over character trigrams, weighted with
 * the logarithm of the count); the locale's characters are shared out in rounds, one utterance an intent a round,
 * so that no intent starves. The same input gives the same choice.
 * @param existing the sample utterances that the locale has and keeps
 * @param existingIntents names of the intents that the locale has, those without utterances included
 */
export function selectWithinQuota<T extends Candidate>(
  existing: readonly LabelledUtterance[],
  existingIntents: readonly string[],
  candidates: readonly T[],
  quotas: LexQuotas,
): QuotaSelection<T> {
  const leftOut = new Map<T, QuotaReason>();
  const short = candidates.filter((candidate) => {
    if (candidate.text.length <= quotas.charactersPerUtterance) return true;
    leftOut.set(candidate, 'utterance-too-long');
    return false;
  });
  const byIntent = new Map<string, T[]>();
  for (const candidate of short) {
    const offered = byIntent.get(candidate.intent);
    if (offered) offered.push(candidate);
    else byIntent.set(candidate.intent, [candidate]);
  }
  for (const intent of intentsBeyondQuota(byIntent, existingIntents, quotas)) {
    for (const candidate of byIntent.get(intent)!) leftOut.set(candidate, 'too-many-intents');
    byIntent.delete(intent);
  }

  const charactersLeft =
    quotas.utteranceCharactersPerLocale - existing.reduce((sum, { text }) => sum + text.length, 0);
  const wanted = [...byIntent.values()].flat().reduce((sum, { text }) => sum + text.length, 0);
  const queues: T[][] = [];
  for (const [intent, offered] of byIntent) {
    const present = existing.filter((one) => one.intent === intent).map(({ text }) => text);
    const room = Math.max(0, quotas.utterancesPerIntent - present.length);
    if (offered.length <= room && wanted <= charactersLeft) continue;
    const ranked = mostInformativeFirst(present, offered, room);
    const kept = new Set(ranked);
    for (const candidate of offered) if (!kept.has(candidate)) leftOut.set(candidate, 'intent-full');
    queues.push(ranked);
  }
  if (wanted > charactersLeft) shareOut(queues, charactersLeft, leftOut);
  return {
    selected: candidates.filter((candidate) => !leftOut.has(candidate)),
    leftOut: candidates.flatMap((candidate) => {
      const reason = leftOut.get(candidate);
      return reason === undefined ? [] : [{ candidate, reason }];
    }),
  };
}

/** New intents for which there is no room: those whose phrases were said least. */
function intentsBeyondQuota(
  byIntent: ReadonlyMap<string, readonly Candidate[]>,
  existingIntents: readonly string[],
  quotas: LexQuotas,
): string[] {
  const fresh = [...byIntent.keys()].filter((intent) => !existingIntents.includes(intent));
  const interactions = (intent: string) => byIntent.get(intent)!.reduce((sum, { count }) => sum + count, 0);
  fresh.sort((a, b) => interactions(b) - interactions(a) || (a < b ? -1 : 1));
  return fresh.slice(Math.max(0, quotas.intentsPerLocale - existingIntents.length));
}

/** Picks up to `room` candidates, each time the one with the highest ln(1 + count) × distance to what is there. */
function mostInformativeFirst<T extends Candidate>(
  present: readonly string[],
  candidates: readonly T[],
  room: number,
): T[] {
  const presentSets = present.map(characterTrigrams);
  const open = candidates.map((candidate) => {
    const set = characterTrigrams(candidate.text);
    const distance = presentSets.reduce((least, other) => Math.min(least, 1 - jaccard(set, other)), 1);
    return { candidate, set, distance };
  });
  const picked: T[] = [];
  while (picked.length < room && open.length > 0) {
    let best = 0;
    const score = (index: number) => Math.log1p(open[index]!.candidate.count) * open[index]!.distance;
    for (let index = 1; index < open.length; index++) {
      const better = score(index) - score(best);
      if (better > 0 || (better === 0 && open[index]!.candidate.text < open[best]!.candidate.text))
        best = index;
    }
    const [chosen] = open.splice(best, 1);
    picked.push(chosen!.candidate);
    for (const other of open) other.distance = Math.min(other.distance, 1 - jaccard(other.set, chosen!.set));
  }
  return picked;
}

/** Spends the characters in rounds; what no longer fits is left out. */
function shareOut<T extends Candidate>(
  queues: readonly T[][],
  characters: number,
  leftOut: Map<T, QuotaReason>,
): void {
  let left = characters;
  const longest = Math.max(0, ...queues.map((queue) => queue.length));
  for (let round = 0; round < longest; round++) {
    for (const queue of queues) {
      const candidate = queue[round];
      if (candidate === undefined) continue;
      if (candidate.text.length <= left) left -= candidate.text.length;
      else leftOut.set(candidate, 'locale-full');
    }
  }
}
