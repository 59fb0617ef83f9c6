import type { Granularity } from '../../domain/job';
import { anchorsOf } from './grouping/anchors';
import { measureCloseness } from './grouping/closeness';
import { findCommunities } from './grouping/communities';
import { learnMetric, meansOf, sizesOf } from './grouping/metric';
import { refine, type Competition } from './grouping/refine';
import { remeasure } from './grouping/remeasure';
import { stabilityOf } from './grouping/stability';
import { judge, type Verdict, type Yardstick } from './grouping/verdict';
import { labelUnits, type Labels } from './labels';
import { meanSimilarity, supportOf, weighEvidence, type Evidence } from './neighbourhood';
import { dot, normalizeRows, type Matrix } from './numeric/matrix';
import type { Neighbours } from './numeric/nearest-neighbours';
import { meanOf, quantile } from './numeric/order-statistics';
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
  /** For each topic how well it holds when the data change a little, 0–1. */
  stabilities?: number[];
  /** For each unit the intent that its neighbourhood speaks for, or null. */
  neighbourIntents: (string | null)[];
  /** For each unit whether it lies as close to examples of that intent as these do to each other. */
  isSupported: boolean[];
  /** So many units were divided into communities; the others joined those of their nearest among them. */
  divided: number;
}

const resolutionFactor: Record<Granularity, number> = { coarser: 0.5, automatic: 1, finer: 2 };
/** Pieces of a topic find together afterwards; topics that were mixed never come apart. */
const overSegmentation = 2;
/** Neighbours of a unit: as many as a known intent has units, within these bounds. */
const neighbourCount = { least: 6, most: 15 };
const densityNeighbours = 5;
/** Of more units a sample is divided into communities. */
const mostDividedUnits = 40_000;
/** This share of the known units may lie further from their nearest than what counts as a stray. */
const outlierShare = 0.02;
/** Communities with at least this share of what is usual around known units lie among them. */
const candidateShare = 0.7;
/** Smaller pieces say nothing. */
const leastPiece = 3;
/** New topics closer than all but this share of the known intents are to their nearest are one. */
const sameShare = 0.95;
/** And never further from each other than this: with few intents the learned metric sets these wide apart. */
const leastSame = 0.8;
/** What it takes to be put forward as a new example on the word of the neighbours alone. */
const supportNeighbours = 3;
const supportShare = 0.25;
const supportedAgreement = 0.7;

/**
 * Divides units into those of known intents, new topics, what was rejected before, and noise. In a metric learned
 * from the known intents all units, known ones too, are divided into communities; those with few known units among
 * their neighbours compete with the known intents for every unit; what comes of each is judged as a whole.
 * @param points one row of length 1 for each unit
 * @param minimumSize fewest distinct utterances of a topic
 * @param mostDivided of more units than this only a sample is divided into communities; the others join these, and
 *   compete like all
 */
export function groupUnits(
  units: readonly Unit[],
  points: Matrix,
  minimumSize: number,
  seed: number,
  granularity: Granularity = 'automatic',
  mostDivided = mostDividedUnits,
): Grouping {
  const labels = labelUnits(units);
  const intents = labels.groups.map((group) => (group < labels.intentCount ? group : -1));
  const metric = learnMetric(points, intents, labels.intentCount);
  const isAnythingKnown = labels.known.length > 0;
  const { neighbours, communities, divided, graph, resolution } = findCommunities(metric, labels.groups, {
    width: neighboursOf(labels, units.length),
    resolutionFactor: resolutionFactor[granularity] * (isAnythingKnown ? overSegmentation : 1),
    mostDivided,
    seed,
  });
  const pointNeighbours = remeasure(neighbours, points);
  const weights = units.map((unit) => unit.members.length);
  const evidence = weighEvidence(neighbours, labels.groups);
  const found = isAnythingKnown
    ? competeWithKnown(
        { points, metric, neighbours, pointNeighbours, communities, divided, labels, evidence, weights },
        minimumSize,
      )
    : { ...communitiesAsTopics(communities, weights, minimumSize), groupOf: () => -1 };
  return {
    fates: units.map((unit, index): UnitFate => {
      if (unit.rejected) return { kind: 'rejected' };
      if (unit.intent !== null) return { kind: 'intent', intent: unit.intent };
      const topic = found.topicOf(index);
      if (topic !== undefined) return { kind: 'topic', topic };
      const group = found.groupOf(index);
      if (group < 0) return { kind: 'noise' };
      const intent = group < labels.intentCount ? labels.names[group]! : null;
      return intent === null ? { kind: 'rejected' } : { kind: 'intent', intent };
    }),
    topics: found.topics,
    stabilities: stabilityOf(amongDivided(found.topics, divided), graph, resolution, seed),
    neighbourIntents: evidence.map(({ group }) => (group < 0 ? null : labels.names[group]!)),
    isSupported: supportedUnits(evidence, pointNeighbours, labels),
    divided: divided.length,
  };
}

/** The members of topics that were divided, as places among these. */
function amongDivided(topics: readonly (readonly number[])[], divided: Int32Array): number[][] {
  const places = new Map(Array.from(divided, (unit, place) => [unit, place]));
  return topics.map((topic) => topic.flatMap((unit) => places.get(unit) ?? []));
}

interface Found {
  topics: number[][];
  topicOf(unit: number): number | undefined;
  /** The given group of a unit in no topic, or −1. */
  groupOf(unit: number): number;
}

function communitiesAsTopics(
  communities: Int32Array,
  weights: readonly number[],
  minimumSize: number,
): Pick<Found, 'topics' | 'topicOf'> {
  const topics = membersOf(communities).filter((members) => weigh(members, weights) >= minimumSize);
  const topicOf = new Map(topics.flatMap((members, topic) => members.map((unit) => [unit, topic])));
  return { topics, topicOf: (unit) => topicOf.get(unit) };
}

interface Scene {
  points: Matrix;
  metric: Matrix;
  neighbours: Neighbours;
  pointNeighbours: Neighbours;
  communities: Int32Array;
  /** Units that can be neighbours. */
  divided: Int32Array;
  labels: Labels;
  evidence: readonly Evidence[];
  weights: readonly number[];
}

function competeWithKnown(scene: Scene, minimumSize: number): Found {
  const { points, metric, neighbours, communities, divided, labels, weights } = scene;
  const anchors = anchorsOf(labels, communities);
  const yardstick = yardstickOf(scene);
  const leastDensity = quantile(yardstick.knownDensities, outlierShare)!;
  const intents = anchors.groups.map((group) => (group < labels.intentCount ? group : -1));
  const closeness = measureCloseness(points, intents, labels.intentCount);
  const centres = normalizeRows(meansOf(metric, anchors.groups, anchors.count));
  const start = anchors.groups.slice();
  let groupCount = anchors.count;
  for (const members of membersOf(communities)) {
    const free = members.filter((unit) => anchors.groups[unit]! < 0);
    if (free.length < leastPiece || relativeShare(free, yardstick) >= candidateShare) continue;
    for (const unit of free) start[unit] = groupCount;
    groupCount++;
  }
  const competition = refine(metric, neighbours, start, centres, groupCount, {
    fixedCount: anchors.count,
    isGiven: (unit) => anchors.groups[unit]! >= 0,
    isDense: (unit) => yardstick.densities[unit]! >= leastDensity,
    leastCloseness: closeness.least,
    usualCloseness: closeness.usual,
    sameCloseness: usualNearest(centres, labels.intentCount),
    minimumSize,
    weights,
  });
  const verdicts = new Map<number, Verdict>();
  const topics: number[][] = [];
  const topicOf = new Map<number, number>();
  const isDivided = new Uint8Array(metric.rows);
  for (const unit of divided) isDivided[unit] = 1;
  membersOf(competition.groups).forEach((members) => {
    const group = competition.groups[members[0]!]!;
    if (group < anchors.count) return;
    const relativeSize = weigh(members, weights) / minimumSize;
    const witnesses = members.filter((unit) => isDivided[unit]);
    const verdict =
      relativeSize < 1 || witnesses.length === 0
        ? 'loose'
        : judge(group, witnesses, competition, centres, neighbours, yardstick, relativeSize);
    verdicts.set(group, verdict);
    if (verdict !== 'new') return;
    for (const unit of members) topicOf.set(unit, topics.length);
    topics.push(members);
  });
  return {
    topics,
    topicOf: (unit) => topicOf.get(unit),
    groupOf(unit) {
      const group = competition.groups[unit]!;
      if (group < anchors.count) return group;
      return verdicts.get(group) === 'known' ? nearestGiven(unit, scene, competition, anchors.groups) : -1;
    },
  };
}

function yardstickOf({ pointNeighbours, labels, neighbours }: Scene): Yardstick {
  const knownShares = sharesOfKnown(neighbours, labels.groups);
  const densities = meanSimilarity(pointNeighbours, densityNeighbours);
  const usualShare = quantile(
    labels.known.map((unit) => knownShares[unit]!),
    0.5,
  )!;
  return {
    knownShares,
    usualShare: usualShare > 0 ? usualShare : Infinity,
    densities,
    knownDensities: labels.known.map((unit) => densities[unit]!),
  };
}

/** For each unit the share of its neighbours, by similarity, that are known. */
function sharesOfKnown({ rows, width, indices, similarities }: Neighbours, groups: Int32Array): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) => {
    let [known, total] = [0, 0];
    for (let entry = row * width; entry < (row + 1) * width && indices[entry]! >= 0; entry++) {
      const weight = Math.max(similarities[entry]!, 0);
      total += weight;
      if (groups[indices[entry]!]! >= 0) known += weight;
    }
    return total > 0 ? known / total : 0;
  });
}

function relativeShare(members: readonly number[], { knownShares, usualShare }: Yardstick): number {
  return meanOf(members, (unit) => knownShares[unit]!) / usualShare;
}

/** The cosine above which only few known intents are to their nearest; where there are fewer than three, nothing is. */
function usualNearest(centres: Matrix, intentCount: number): number {
  if (intentCount < 3) return Infinity;
  const nearest = Array.from({ length: intentCount }, (_, intent) => {
    let best = -Infinity;
    for (let other = 0; other < intentCount; other++) {
      if (other !== intent) best = Math.max(best, dot(centres, intent, centres, other));
    }
    return best;
  });
  return Math.max(quantile(nearest, sameShare)!, leastSame);
}

/** The given group nearest to a unit, among those of its neighbours. */
function nearestGiven(
  unit: number,
  { metric, neighbours: { width, indices } }: Scene,
  { centres }: Competition,
  given: Int32Array,
): number {
  let [best, closest] = [-1, -Infinity];
  for (let entry = unit * width; entry < (unit + 1) * width && indices[entry]! >= 0; entry++) {
    const group = given[indices[entry]!]!;
    if (group < 0) continue;
    const cosine = dot(metric, unit, centres, group);
    if (cosine > closest) [best, closest] = [group, cosine];
  }
  return best;
}

/** Units of each number, in the order of their first unit; −1 is no number. */
function membersOf(groups: Int32Array): number[][] {
  const members = new Map<number, number[]>();
  groups.forEach((group, unit) => {
    if (group < 0) return;
    const list = members.get(group);
    if (list) list.push(unit);
    else members.set(group, [unit]);
  });
  return [...members.values()];
}

function weigh(members: readonly number[], weights: readonly number[]): number {
  return members.reduce((sum, unit) => sum + weights[unit]!, 0);
}

/** Median number of units of a known intent, or a quarter of all units where nothing is known. */
function neighboursOf(labels: Labels, unitCount: number): number {
  const sizes = sizesOf(labels.groups, labels.names.length).subarray(0, labels.intentCount);
  const { least, most } = neighbourCount;
  const wanted = quantile([...sizes], 0.5) ?? Math.floor(unitCount / 4);
  return Math.min(Math.max(wanted, least), most, Math.max(unitCount - 1, 0));
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
