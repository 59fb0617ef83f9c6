import { consensusCommunities } from './consensus';
import type { Labels } from './labels';
import { mutualNeighbourGraph } from './numeric/graph';
import { centreOf, dot, selectRows, type Matrix } from './numeric/matrix';
import { nearestNeighbours } from './numeric/nearest-neighbours';
import { quantile } from './numeric/order-statistics';
import { resolutionFromKnown, resolutionFromStability } from './resolution';

/** Neighbours within a topic: as many as a known intent has units, within these bounds. */
const neighbourCount = { least: 6, most: 20 };
/** From this many known units on they decide how fine topics are. */
const leastYardstick = 20;
/** A unit whose neighbours are with it in a smaller share of the runs belongs to no topic. */
const leastStability = 0.5;
/** Members closer to the centre of their topic than this share of a typical one's closeness stay. */
const looseShare = 0.5;

/**
 * Divides candidates into communities that hold against small changes, as fine as the known intents are;
 * what holds nowhere or lies at the edge is left out.
 * @param metric rows of length 1 for all units
 */
export function findTopics(
  metric: Matrix,
  candidates: readonly number[],
  labels: Labels,
  seed: number,
): number[][] {
  if (candidates.length < 2) return [];
  const width = neighboursWithin(labels, candidates.length);
  const graphOf = (rows: readonly number[]) =>
    mutualNeighbourGraph(nearestNeighbours(selectRows(metric, rows), Math.min(width, rows.length - 1)));
  const graph = graphOf(candidates);
  const resolution =
    labels.known.length >= leastYardstick
      ? resolutionFromKnown(graphOf(labels.known), groupsOf(labels), graph, seed)
      : resolutionFromStability(graph, seed);
  const { communities, stability } = consensusCommunities(graph, resolution, seed);
  const topics = new Map<number, number[]>();
  candidates.forEach((unit, index) => {
    if (stability[index]! < leastStability) return;
    const topic = topics.get(communities[index]!);
    if (topic) topic.push(unit);
    else topics.set(communities[index]!, [unit]);
  });
  return [...topics.values()].map((topic) => dropLoose(metric, topic));
}

function groupsOf({ groups, known }: Labels): Int32Array {
  return Int32Array.from(known, (unit) => groups[unit]!);
}

/** Median number of units of a known intent, or a quarter of the candidates where nothing is known. */
function neighboursWithin({ groups, known }: Labels, candidateCount: number): number {
  const sizes = new Map<number, number>();
  for (const unit of known) sizes.set(groups[unit]!, (sizes.get(groups[unit]!) ?? 0) + 1);
  const { least, most } = neighbourCount;
  return Math.min(
    Math.max(quantile([...sizes.values()], 0.5) ?? Math.floor(candidateCount / 4), least),
    most,
  );
}

/** Leaves out members that are far from the centre of their topic by the measure of its typical member. */
function dropLoose(metric: Matrix, topic: readonly number[]): number[] {
  const centre = centreOf(metric, topic);
  const closeness = topic.map((unit) => dot(metric, unit, centre, 0));
  const typical = quantile(closeness, 0.5)!;
  return topic.filter((_, index) => closeness[index]! >= looseShare * typical);
}
