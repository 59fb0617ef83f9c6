import { mutualNeighbourGraph } from './numeric/graph';
import { centreOf, dot, normalizeRows, selectRows, type Matrix } from './numeric/matrix';
import { nearestNeighbours } from './numeric/nearest-neighbours';
import { whitenWithinGroups } from './numeric/whitening';
import { consensusCommunities } from './consensus';
import { meanSimilarity, supportOf, weighEvidence, type Evidence } from './neighbourhood';
import { resolutionFromKnown, resolutionFromStability } from './resolution';
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

const shrinkage = 0.3;
const neighbourCount = 15;
/** Neighbours within a topic: as many as a known intent has units, within these bounds. */
const topicNeighbourCount = { least: 6, most: 20 };
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
/** Topics are made somewhat finer than the known intents: merging two is less work for a person than taking one apart. */
const refinement = 1.5;
/** Least share of the labelled neighbours' weight that has to speak for an intent. */
const leastAgreement = 0.5;
/** What it takes to be put forward as a new example on the word of the neighbours alone. */
const supportNeighbours = 3;
const supportShare = 0.25;
const supportedAgreement = 0.7;
/** From this many known units on they decide how fine topics are. */
const leastYardstick = 20;
/** A unit whose neighbours are with it in fewer runs belongs to no topic. */
const leastStability = 0.5;
/** Members closer to the centre of their topic than this share of a typical one's closeness stay. */
const looseShare = 0.5;

/**
 * Divides units into those of known intents, new topics, what was rejected before, and noise.
 * @param points one row of length 1 for each unit
 * @param minimumSize fewest distinct utterances of a topic
 */
export function groupUnits(
  units: readonly Unit[],
  points: Matrix,
  minimumSize: number,
  seed: number,
): Grouping {
  const labels = labelNumbers(units);
  const metric = normalizeRows(whitenWithinGroups(points, labels.groups, shrinkage));
  const width = Math.min(neighbourCount, Math.max(units.length - 1, 0));
  const evidence = weighEvidence(nearestNeighbours(metric, width), labels.groups);
  // The metric has seen the known units and pulls them together; the points themselves are the fair measure.
  const nearest = nearestNeighbours(points, width);
  const densities = meanSimilarity(nearest, densityNeighbours);
  const limits = learnLimits(evidence, densities, labels.groups);
  const isOpen = (index: number) => labels.groups[index]! < 0 && densities[index]! >= limits.density;

  const candidates = Array.from(units.keys()).filter(
    (index) => isOpen(index) && evidence[index]!.knownShare < limits.knownShare,
  );
  const divided = divide(metric, candidates, labels.groups, seed)
    .map((topic) => dropLoose(metric, topic))
    .filter((topic) => memberCount(units, topic) >= minimumSize)
    .filter((topic) => meanOf(topic, (unit) => densities[unit]!) >= limits.topicDensity);
  const topics = divided.filter((topic) => !isKnown(topic, evidence, limits));
  if (process.env.COH) { const coh = (t: readonly number[]) => { const c = centreOf(points, t); return t.reduce((a, u) => a + dot(points, u, c, 0), 0) / t.length; }; console.log('KCOH', labels.names.map((_, g) => coh(Array.from(labels.groups.keys()).filter((i) => labels.groups[i] === g))).sort().map((v) => v.toFixed(2)).join(' '), 'TOP', topics.map((t) => coh(t).toFixed(2)).join(' ')); }
  const topicOf = new Map(topics.flatMap((members, topic) => members.map((unit) => [unit, topic])));
  // Members of topics that are known intents after all are judged one by one again.
  const isLeftOver = new Set(candidates);
  for (const topic of divided) if (!topics.includes(topic)) topic.forEach((unit) => isLeftOver.delete(unit));
  const fates = units.map((unit, index): UnitFate => {
    if (unit.rejected) return { kind: 'rejected' };
    if (unit.intent !== null) return { kind: 'intent', intent: unit.intent };
    const topic = topicOf.get(index);
    if (topic !== undefined) return { kind: 'topic', topic };
    return isOpen(index) && !isLeftOver.has(index)
      ? fateByNeighbours(evidence[index]!, labels.names)
      : { kind: 'noise' };
  });
  const support = evidence.map(({ group }, unit) =>
    supportOf(nearest, unit, group, labels.groups, supportNeighbours),
  );
  const leastSupport = supportLimit(support, evidence, labels.groups);
  return {
    fates,
    topics,
    neighbourIntents: evidence.map(({ group }) => (group < 0 ? null : labels.names[group]!)),
    isSupported: evidence.map(
      ({ agreement }, unit) => agreement >= supportedAgreement && support[unit]! >= leastSupport,
    ),
  };
}

/** What all but a quarter of the known units reach whose neighbourhood speaks for their own intent. */
function supportLimit(support: readonly number[], evidence: readonly Evidence[], groups: Int32Array): number {
  const own = support.filter((_, unit) => groups[unit]! >= 0 && evidence[unit]!.group === groups[unit]);
  return quantile(own, supportShare) ?? Infinity;
}

interface Labels {
  /** For each unit the number of its intent; rejected phrases have one of their own; −1 where nothing is known. */
  groups: Int32Array;
  /** Names by number; null for what was rejected. */
  names: (string | null)[];
}

function labelNumbers(units: readonly Unit[]): Labels {
  const intents = units.flatMap((unit) => (unit.intent === null || unit.rejected ? [] : [unit.intent]));
  const names: (string | null)[] = [...new Set(intents)].sort();
  const rejectedNumber = names.length;
  if (units.some((unit) => unit.rejected)) names.push(null);
  const numbers = new Map(names.map((name, number) => [name, number]));
  const groups = Int32Array.from(units, (unit) =>
    unit.rejected ? rejectedNumber : unit.intent === null ? -1 : numbers.get(unit.intent)!,
  );
  return { groups, names };
}

/** Whether a topic lies among known units more than beside them. */
function isKnown(topic: readonly number[], evidence: readonly Evidence[], limits: Limits): boolean {
  const share = meanOf(topic, (unit) => evidence[unit]!.knownShare) / limits.usualShare;
  if (share < sharedTopicLimit) return false;
  const votes = new Map<number, number>();
  for (const unit of topic) votes.set(evidence[unit]!.group, (votes.get(evidence[unit]!.group) ?? 0) + 1);
  return share >= knownTopicLimit || Math.max(...votes.values()) >= oneVoice * topic.length;
}

function quantile(values: readonly number[], share: number): number | undefined {
  return [...values].sort((a, b) => a - b)[Math.floor(share * values.length)];
}

function meanOf(topic: readonly number[], value: (unit: number) => number): number {
  return topic.reduce((sum, unit) => sum + value(unit), 0) / topic.length;
}

interface Limits {
  /** What is less close to its nearest is a stray: nearly no known unit is. */
  density: number;
  /** A topic that is less dense than this on average is loose: most known units are denser. */
  topicDensity: number;
  /** What has a smaller share of known neighbours may be new. */
  knownShare: number;
  /** Median share of known neighbours around known units; Infinity where nothing is known. */
  usualShare: number;
}

/** Measures how known units lie among the others, which differs from bot to bot and from embedder to embedder. */
function learnLimits(evidence: readonly Evidence[], densities: Float64Array, groups: Int32Array): Limits {
  const known = Array.from(groups.keys()).filter((index) => groups[index]! >= 0);
  const density = (share: number) =>
    quantile(
      known.map((index) => densities[index]!),
      share,
    ) ?? 0;
  const usualShare =
    quantile(
      known.map((index) => evidence[index]!.knownShare),
      0.5,
    ) ?? Infinity;
  return {
    density: density(outlierShare),
    topicDensity: density(looseTopicShare),
    knownShare: noveltyShare * usualShare,
    usualShare,
  };
}

function fateByNeighbours(evidence: Evidence, names: Labels['names']): UnitFate {
  if (evidence.group < 0 || evidence.agreement < leastAgreement) return { kind: 'noise' };
  const intent = names[evidence.group]!;
  return intent === null ? { kind: 'rejected' } : { kind: 'intent', intent };
}

/** Communities of the candidates, as fine as the known intents are. */
function divide(metric: Matrix, candidates: readonly number[], groups: Int32Array, seed: number): number[][] {
  if (candidates.length === 0) return [];
  const width = topicWidth(groups);
  const graphOf = (rows: readonly number[]) =>
    mutualNeighbourGraph(nearestNeighbours(selectRows(metric, rows), Math.min(width, rows.length - 1)));
  const graph = graphOf(candidates);
  const known = Array.from(groups.keys()).filter((index) => groups[index]! >= 0);
  const resolution =
    known.length >= leastYardstick
      ? resolutionFromKnown(
          graphOf(known),
          Int32Array.from(known, (index) => groups[index]!),
          graph,
          seed,
        )
      : resolutionFromStability(graph, seed);
  const { communities, stability } = consensusCommunities(graph, refinement * resolution, seed);
  const topics: number[][] = [];
  candidates.forEach((unit, index) => {
    if (stability[index]! >= leastStability) (topics[communities[index]!] ??= []).push(unit);
  });
  return topics.filter((topic) => topic !== undefined);
}

/** Median number of units of a known intent, within bounds. */
function topicWidth(groups: Int32Array): number {
  const sizes = new Map<number, number>();
  for (const group of groups) if (group >= 0) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const { least, most } = topicNeighbourCount;
  return Math.min(Math.max(quantile([...sizes.values()], 0.5) ?? most, least), most);
}

/** Leaves out members that are far from the centre of their topic by the measure of its typical member. */
function dropLoose(metric: Matrix, topic: readonly number[]): number[] {
  const centre = centreOf(metric, topic);
  const closeness = topic.map((unit) => dot(metric, unit, centre, 0));
  const typical = [...closeness].sort((a, b) => a - b)[Math.floor(closeness.length / 2)]!;
  return topic.filter((_, index) => closeness[index]! >= looseShare * typical);
}

function memberCount(units: readonly Unit[], topic: readonly number[]): number {
  return topic.reduce((sum, unit) => sum + units[unit]!.members.length, 0);
}
