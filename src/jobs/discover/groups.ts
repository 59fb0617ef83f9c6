import { labelUnits, type Labels } from './labels';
import { normalizeRows, type Matrix } from './numeric/matrix';
import { nearestNeighbours, type Neighbours } from './numeric/nearest-neighbours';
import { meanOf, quantile, rankOf } from './numeric/order-statistics';
import { whitenWithinGroups } from './numeric/whitening';
import { meanSimilarity, supportOf, weighEvidence, type Evidence } from './neighbourhood';
import { findTopics } from './topics';
import type { Unit } from './units';

/** What becomes of each unit. */
export type UnitFate =
  | { kind: 'topic'; topic: number }
  | { kind: 'intent'; intent: string }
  | { kind: 'rejected' }
  | { kind: 'noise' };

export interface Grouping {
  fates: UnitFate[];
  /** Units of each topic. */
  topics: number[][];
  /** For each unit the intent that its neighbourhood speaks for, or null. */
  neighbourIntents: (string | null)[];
  /** For each unit whether it lies as close to examples of that intent as these do to each other. */
  isSupported: boolean[];
}

/** Weight of the identity in the learned metric. */
const shrinkage = 0.3;
const neighbourCount = 15;
const densityNeighbours = 5;
/** This share of the known units may lie further from their nearest than what counts as a stray. */
const outlierShare = 0.05;
/** A unit is a candidate for something new below this share of what is usual around the known units. */
const noveltyShare = 0.6;
/** Topics less dense than all but this share of the known units are loose. */
const looseTopicShare = 0.2;
/**
 * A topic whose members have at least this share of what is usual around known units is one of the known intents
 * after all; so is one with less, where nearly all members name the same intent.
 */
const knownTopicLimit = 0.38;
const sharedTopicLimit = 0.28;
const oneVoice = 0.9;
/** Least share of the labelled neighbours' weight that has to speak for an intent. */
const leastAgreement = 0.5;
/** What it takes to join a topic afterwards: that most of a neighbourhood belongs to something, nearly all to it. */
const joinAgreement = 0.8;
const joinShare = 0.5;
/** What it takes to be put forward as a new example on the word of the neighbours alone. */
const supportNeighbours = 3;
const supportShare = 0.25;
const supportedAgreement = 0.7;

/**
 * Divides units into those of known intents, new topics, what was rejected before, and noise: candidates are what
 * has few known neighbours in a metric learned from the known intents; they are grouped, and each group as a whole
 * is judged by its density and its distance from what is known.
 * @param points one row of length 1 for each unit
 * @param minimumSize fewest distinct utterances of a topic
 */
export function groupUnits(
  units: readonly Unit[],
  points: Matrix,
  minimumSize: number,
  seed: number,
): Grouping {
  const labels = labelUnits(units);
  const metric = normalizeRows(whitenWithinGroups(points, labels.groups, shrinkage));
  const width = Math.min(neighbourCount, Math.max(units.length - 1, 0));
  const metricNeighbours = nearestNeighbours(metric, width);
  // The metric has seen the known units and pulls them together; the points themselves are the fair measure.
  const pointNeighbours = nearestNeighbours(points, width);
  const survey = surveyUnits(metricNeighbours, pointNeighbours, labels);
  const candidates = Array.from(units.keys()).filter((unit) => survey.isOpen(unit) && survey.isNovel(unit));
  const groups = findTopics(metric, candidates, labels, seed).filter(
    (group) => memberCount(units, group) >= minimumSize,
  );
  const known = groups.filter((group) => survey.isKnownIntent(group));
  const topics = groups.filter((group) => !known.includes(group) && survey.isDenseEnough(group));
  joinTopics(topics, candidates, metricNeighbours, labels);
  const judgedSingly = new Set(known.flat());
  const topicOf = new Map(topics.flatMap((members, topic) => members.map((unit) => [unit, topic])));
  const fates = units.map((unit, index): UnitFate => {
    if (unit.rejected) return { kind: 'rejected' };
    if (unit.intent !== null) return { kind: 'intent', intent: unit.intent };
    const topic = topicOf.get(index);
    if (topic !== undefined) return { kind: 'topic', topic };
    const mayBeKnown = survey.isOpen(index) && (!survey.isNovel(index) || judgedSingly.has(index));
    return mayBeKnown ? fateByNeighbours(survey.evidence[index]!, labels) : { kind: 'noise' };
  });
  return {
    fates,
    topics,
    neighbourIntents: survey.evidence.map(({ group }) => (group < 0 ? null : labels.names[group]!)),
    isSupported: supportedUnits(survey.evidence, pointNeighbours, labels),
  };
}

interface Survey {
  evidence: Evidence[];
  /** Nothing is known about it, and it is no stray. */
  isOpen(unit: number): boolean;
  /** It has few known neighbours. */
  isNovel(unit: number): boolean;
  /** A group that lies among known units rather than beside them. */
  isKnownIntent(group: readonly number[]): boolean;
  /** A group that is no loose gathering; the closer it is to what is known, the denser it has to be. */
  isDenseEnough(group: readonly number[]): boolean;
}

/** Takes its measures from the known units: they differ from bot to bot and from embedder to embedder. */
function surveyUnits(metricNeighbours: Neighbours, pointNeighbours: Neighbours, labels: Labels): Survey {
  const evidence = weighEvidence(metricNeighbours, labels.groups);
  const densities = meanSimilarity(pointNeighbours, densityNeighbours);
  const knownDensities = labels.known.map((unit) => densities[unit]!);
  const leastDensity = quantile(knownDensities, outlierShare) ?? 0;
  const usualShare =
    quantile(
      labels.known.map((unit) => evidence[unit]!.knownShare),
      0.5,
    ) ?? Infinity;
  const relativeShare = (unit: number) => evidence[unit]!.knownShare / usualShare;
  return {
    evidence,
    isOpen: (unit) => labels.groups[unit]! < 0 && densities[unit]! >= leastDensity,
    isNovel: (unit) => relativeShare(unit) < noveltyShare,
    isKnownIntent(group) {
      const share = meanOf(group, relativeShare);
      return share >= knownTopicLimit || (share >= sharedTopicLimit && speaksWithOneVoice(group, evidence));
    },
    isDenseEnough(group) {
      const rank = rankOf(
        meanOf(group, (unit) => densities[unit]!),
        knownDensities,
      );
      return rank >= Math.max(looseTopicShare, meanOf(group, relativeShare));
    },
  };
}

function speaksWithOneVoice(group: readonly number[], evidence: readonly Evidence[]): boolean {
  const votes = new Map<number, number>();
  for (const unit of group) votes.set(evidence[unit]!.group, (votes.get(evidence[unit]!.group) ?? 0) + 1);
  return Math.max(...votes.values()) >= oneVoice * group.length;
}

/** Adds to each topic the candidates left over whose neighbourhood speaks for it. */
function joinTopics(
  topics: number[][],
  candidates: readonly number[],
  neighbours: Neighbours,
  labels: Labels,
): void {
  const groups = labels.groups.slice();
  topics.forEach((topic, number) => topic.forEach((unit) => (groups[unit] = labels.names.length + number)));
  const evidence = weighEvidence(neighbours, groups);
  for (const unit of candidates) {
    const { group, agreement, knownShare } = evidence[unit]!;
    if (groups[unit]! >= 0 || group < labels.names.length) continue;
    if (agreement < joinAgreement || knownShare < joinShare) continue;
    topics[group - labels.names.length]!.push(unit);
  }
}

function fateByNeighbours({ group, agreement }: Evidence, { names }: Labels): UnitFate {
  if (group < 0 || agreement < leastAgreement) return { kind: 'noise' };
  const intent = names[group]!;
  return intent === null ? { kind: 'rejected' } : { kind: 'intent', intent };
}

/** Units as close to examples of one intent as all but a quarter of the known units are to their own. */
function supportedUnits(evidence: readonly Evidence[], neighbours: Neighbours, labels: Labels): boolean[] {
  const support = evidence.map(({ group }, unit) =>
    supportOf(neighbours, unit, group, labels.groups, supportNeighbours),
  );
  const own = labels.known.filter((unit) => evidence[unit]!.group === labels.groups[unit]);
  const leastSupport =
    quantile(
      own.map((unit) => support[unit]!),
      supportShare,
    ) ?? Infinity;
  return evidence.map(
    ({ agreement }, unit) => agreement >= supportedAgreement && support[unit]! >= leastSupport,
  );
}

function memberCount(units: readonly Unit[], group: readonly number[]): number {
  return group.reduce((sum, unit) => sum + units[unit]!.members.length, 0);
}
