import { adjustedRandIndex } from '../../src/jobs/discover/numeric/agreement';
import type { Scenario, Truth } from './scenario';

/** Where a method puts one utterance. */
export type Answer = { group: string } | { intent: string } | 'noise';

/** Shares are 0–1; those of what a scenario does not hold are null. */
export interface Score {
  /** Hidden topics with a group that is pure and holds at least half of them. */
  found: number;
  hidden: number;
  /** Adjusted Rand index over the utterances of hidden topics; each that is noise stands alone. */
  hiddenAri: number;
  /** Share of the utterances of known intents that are at the right one. */
  knownRight: number | null;
  /** Share of the utterances of no topic that are noise. */
  outsideAsNoise: number | null;
  groups: number;
  /** Groups that are mostly not of one hidden topic. */
  falseGroups: number;
}

/** A group that found a topic is pure to this share of its labelled utterances, and holds this share of the topic. */
const purity = 0.85;
const coverage = 0.5;

/** @param answers one for each utterance of the scenario, in its order */
export function scoreOf({ utterances, truth }: Scenario, answers: readonly Answer[]): Score {
  const judged = utterances.flatMap(({ id }, index) => {
    const of = truth.get(id);
    return of === undefined ? [] : [{ truth: of, answer: answers[index]! }];
  });
  const hidden = judged.filter((one) => one.truth.isHidden);
  const known = judged.filter((one) => !one.truth.isHidden && one.truth.topic !== null);
  const outside = judged.filter((one) => one.truth.topic === null);
  const sizes = countBy(hidden, (one) => one.truth.topic!);
  const groups = groupsOf(judged);
  const found = new Set<string>();
  let falseGroups = 0;
  for (const members of groups.values()) {
    const [topic, count] = [...countBy(members, topicKey)].sort((a, b) => b[1] - a[1])[0]!;
    const size = sizes.get(topic);
    if (size === undefined || count * 2 < members.length) falseGroups++;
    else if (count >= purity * members.length && count >= coverage * size) found.add(topic);
  }
  return {
    found: found.size,
    hidden: sizes.size,
    hiddenAri: adjustedRandIndex(
      hidden.map(({ answer }, index) => labelOf(answer, index)),
      hidden.map((one) => one.truth.topic!),
    ),
    knownRight: shareOf(known, ({ truth, answer }) => labelOf(answer, 0) === `intent ${truth.topic}`),
    outsideAsNoise: shareOf(outside, ({ answer }) => answer === 'noise'),
    groups: groups.size,
    falseGroups,
  };
}

/** Known intents count as topics of their own, and everything outside as one. */
function topicKey({ truth }: { truth: Truth }): string {
  if (truth.isHidden) return truth.topic!;
  return truth.topic === null ? ' outside' : ` known ${truth.topic}`;
}

function groupsOf<T extends { answer: Answer }>(judged: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of judged) {
    if (one.answer === 'noise' || !('group' in one.answer)) continue;
    const members = groups.get(one.answer.group);
    if (members) members.push(one);
    else groups.set(one.answer.group, [one]);
  }
  return groups;
}

function labelOf(answer: Answer, index: number): string {
  if (answer === 'noise') return `noise ${index}`;
  return 'group' in answer ? `group ${answer.group}` : `intent ${answer.intent}`;
}

function countBy<T>(items: readonly T[], key: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
}

function shareOf<T>(items: readonly T[], holds: (item: T) => boolean): number | null {
  return items.length === 0 ? null : items.filter(holds).length / items.length;
}
