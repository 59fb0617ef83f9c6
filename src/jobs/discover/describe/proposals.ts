import type { PreviousDiscovery, Proposal, Traffic } from '../../../domain/discovery';
import { suggestNames } from '../text/names';
import { distinctiveTerms } from '../text/terms';
import { nearestIntent } from './closeness';
import { evenly, interactionsOf, toShare, type Context } from './context';
import { EffectEstimator } from './effect';
import { matchPrevious } from './persistence';
import { borderlineOf, representativesOf } from './phrases';
import { stableId } from './stable-id';
import { TrendReader } from './trend';

const termCount = 10;
/** So many phrases of a topic tell how it uses its words. */
const mostNamingPhrases = 300;

/** What proposals are described by besides the phrases themselves. */
export interface ProposalSetting {
  traffic: Traffic;
  /** Names of the bot's intents. */
  intents: readonly string[];
  /** ISO 639-1, of the bot. */
  language: string;
  clash: number | null;
  previous: PreviousDiscovery | null;
}

/**
 * Describes each topic.
 * @returns the proposals, best first, and the id of each topic's proposal in the order of the topics
 */
export function describeProposals(
  context: Context,
  setting: ProposalSetting,
): { proposals: Proposal[]; topicIds: string[] } {
  const { units, grouping, utterances } = context;
  const typicals = grouping.topics.map((topic, index) =>
    context.byTypicality(topic, context.topicCentres[index]!),
  );
  const members = typicals.map((typical) => context.members(typical));
  const memberIds = members.map((list) => list.map(({ id }) => id));
  const kept = matchPrevious(
    memberIds,
    utterances.map(({ id }) => id),
    setting.previous,
  );
  const ids = identify(memberIds, kept);
  const terms = distinctiveTerms(
    [
      ...grouping.topics.map((topic) => topic.map((unit) => units[unit]!.text)),
      ...[...context.unitsByIntent.values()].map((rows) => rows.map((unit) => units[unit]!.text)),
      units.flatMap((unit, index) => (grouping.fates[index]!.kind === 'noise' ? [unit.text] : [])),
    ],
    termCount,
  );
  const trends = new TrendReader(utterances, setting.traffic);
  const effects = new EffectEstimator(context, setting.traffic);
  const described = grouping.topics.map((topic, index): Proposal => {
    const nearest = nearestIntent(context, typicals[index]!);
    return {
      id: ids[index]!,
      isReturning: kept[index] !== null,
      name: '',
      terms: terms[index]!,
      size: members[index]!.length,
      interactions: interactionsOf(members[index]!),
      rescuedInteractions: interactionsOf(members[index]!.filter(({ outcome }) => outcome !== 'understood')),
      cohesion: context.cohesion(topic, context.topicCentres[index]!),
      stability: grouping.stabilities ? toShare(grouping.stabilities[index]!) : null,
      trend: trends.read(members[index]!),
      nearestIntent: nearest && {
        ...nearest,
        clashes: setting.clash !== null && nearest.similarity >= setting.clash,
      },
      representatives: representativesOf(context, typicals[index]!),
      borderline: borderlineOf(context, index, typicals[index]!, (other) => ids[other]!),
      effect: effects.estimate(index, typicals[index]!, members[index]!),
      memberIds: memberIds[index]!,
    };
  });
  return { proposals: named(described, kept, context, setting), topicIds: ids };
}

/** The ids of what persists; what is new gets one of its own. */
function identify(
  memberIds: readonly (readonly string[])[],
  kept: readonly ({ id: string } | null)[],
): string[] {
  const taken = new Set(kept.flatMap((one) => one?.id ?? []));
  return memberIds.map((ids, index) => {
    const before = kept[index];
    if (before) return before.id;
    let id = stableId('p', ids);
    for (let attempt = 2; taken.has(id); attempt++) id = stableId('p', [...ids, String(attempt)]);
    taken.add(id);
    return id;
  });
}

/** The best first, each with a name; what persists keeps the one that people know it by. */
function named(
  proposals: readonly Proposal[],
  kept: readonly ({ id: string; name: string } | null)[],
  { units, grouping }: Context,
  { intents, language }: ProposalSetting,
): Proposal[] {
  const ranked = proposals
    .map((proposal, topic) => ({ proposal, topic }))
    .sort(
      ({ proposal: a }, { proposal: b }) =>
        b.rescuedInteractions - a.rescuedInteractions || b.size - a.size || (a.id < b.id ? -1 : 1),
    );
  const names = suggestNames(
    ranked.map(({ proposal, topic }) => ({
      terms: proposal.terms,
      phrases: evenly(grouping.topics[topic]!, mostNamingPhrases).map((unit) => units[unit]!.text),
      kept: kept[topic]?.name ?? null,
    })),
    intents,
    language,
  );
  return ranked.map(({ proposal }, rank) => ({ ...proposal, name: names[rank]! }));
}
