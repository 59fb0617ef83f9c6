import type { Traffic } from '../../../domain/discovery';
import type { Utterance } from '../../../domain/utterance';
import { interactionsOf } from './context';

/** The interactions behind utterances, and the time that they cover. */
export function trafficOf(utterances: readonly Utterance[]): Traffic {
  const times = utterances.flatMap(({ firstSeen, lastSeen }) =>
    firstSeen === null || lastSeen === null ? [] : [Date.parse(firstSeen), Date.parse(lastSeen)],
  );
  let [from, to] = [Infinity, -Infinity];
  for (const time of times) [from, to] = [Math.min(from, time), Math.max(to, time)];
  const isoOrNull = (time: number) => (Number.isFinite(time) ? new Date(time).toISOString() : null);
  return {
    interactions: interactionsOf(utterances),
    missed: interactionsOf(utterances.filter(({ outcome }) => outcome === 'missed')),
    uncertain: interactionsOf(utterances.filter(({ outcome }) => outcome === 'uncertain')),
    from: isoOrNull(from),
    to: isoOrNull(to),
  };
}
