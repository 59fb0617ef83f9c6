import { dot, normalizeRows, rowOf, zeros, type Matrix } from '../numeric/matrix';
import type { Neighbours } from '../numeric/nearest-neighbours';
import { quantile } from '../numeric/order-statistics';

/** Groups that compete for units: each has a centre, and its units. */
export interface Competition {
  /** For each unit the number of its group, or −1. */
  groups: Int32Array;
  /** One row of length 1 for each group; a row of zeros where a group has no units any more. */
  centres: Matrix;
}

export interface RefineOptions {
  /** Groups with lower numbers are given: their centres stay, and so do their units that are given. */
  fixedCount: number;
  /** Whether the unit's group is given. */
  isGiven: (unit: number) => boolean;
  /** Whether a unit may belong to a group at all. */
  isDense: (unit: number) => boolean;
  /** Cosine with the centre below which a unit of a fixed group is a stray, and the usual one. */
  leastCloseness: number;
  usualCloseness: number;
  /** New groups whose centres are closer than this are one. */
  sameCloseness: number;
  /** A new group needs so many units of the given weights. */
  minimumSize: number;
  weights: ArrayLike<number>;
}

const settlingRounds = 3;
/** Rounds at the end in which the neighbours have a say besides the centres. */
const votingRounds = 2;
/** Weight of the share of the neighbours that belong to a group against the cosine with its centre. */
const voteWeight = 0.25;

/**
 * Lets given and new groups compete for every unit: a unit goes to the group among those of its neighbours whose
 * centre is nearest, then centres follow their units, and again. New groups that come close to each other are joined,
 * those that grow too small vanish, and strays belong to none. (Lloyd's algorithm with some centres and units given, as
 * in Vaze et al. 2022, "Generalized category discovery"; only groups among the neighbours are looked at.)
 * @param metric one row of length 1 for each unit
 * @param groups where to begin; not changed
 */
export function refine(
  metric: Matrix,
  neighbours: Neighbours,
  groups: Int32Array,
  fixedCentres: Matrix,
  groupCount: number,
  options: RefineOptions,
): Competition {
  let state = Int32Array.from(groups);
  let centres = zeros(groupCount, metric.columns);
  for (let round = 0; round < settlingRounds + votingRounds; round++) {
    centres = centresOf(metric, state, fixedCentres, groupCount, options, round > 0);
    if (round < settlingRounds) joinClose(centres, state, options);
    state = assign(metric, neighbours, state, centres, round < settlingRounds ? 0 : voteWeight, options);
  }
  return { groups: state, centres };
}

/** Centres of all groups; new ones that are too small have none when `prune` says so. */
function centresOf(
  metric: Matrix,
  groups: Int32Array,
  fixedCentres: Matrix,
  groupCount: number,
  { fixedCount, minimumSize, weights }: RefineOptions,
  prune: boolean,
): Matrix {
  const centres = zeros(groupCount, metric.columns);
  const sizes = new Float64Array(groupCount);
  groups.forEach((group, unit) => {
    if (group < fixedCount) return;
    sizes[group]! += weights[unit]!;
    const centre = rowOf(centres, group);
    const start = unit * metric.columns;
    for (let column = 0; column < metric.columns; column++) centre[column]! += metric.values[start + column]!;
  });
  if (prune) {
    for (let group = fixedCount; group < groupCount; group++) {
      if (sizes[group]! < minimumSize) rowOf(centres, group).fill(0);
    }
  }
  centres.values.set(fixedCentres.values);
  return normalizeRows(centres);
}

/** Joins pairs of new groups whose centres are close, the closest first, each at most once. */
function joinClose(centres: Matrix, groups: Int32Array, { fixedCount, sameCloseness }: RefineOptions): void {
  const pairs: { a: number; b: number; closeness: number }[] = [];
  for (let a = fixedCount; a < centres.rows; a++) {
    for (let b = a + 1; b < centres.rows; b++) {
      const closeness = dot(centres, a, centres, b);
      if (closeness >= sameCloseness) pairs.push({ a, b, closeness });
    }
  }
  pairs.sort((x, y) => y.closeness - x.closeness || x.a - y.a || x.b - y.b);
  const into = new Map<number, number>();
  const taken = new Set<number>();
  for (const { a, b } of pairs) {
    if (taken.has(a) || taken.has(b)) continue;
    taken.add(a).add(b);
    into.set(b, a);
    const [kept, gone] = [rowOf(centres, a), rowOf(centres, b)];
    for (let column = 0; column < kept.length; column++) kept[column]! += gone[column]!;
    gone.fill(0);
  }
  if (into.size === 0) return;
  normalizeRows(centres);
  groups.forEach((group, unit) => {
    if (into.has(group)) groups[unit] = into.get(group)!;
  });
}

/** Each unit's best group among its own and those of its neighbours; −1 for strays. */
function assign(
  metric: Matrix,
  { width, indices, similarities }: Neighbours,
  groups: Int32Array,
  centres: Matrix,
  vote: number,
  options: RefineOptions,
): Int32Array<ArrayBuffer> {
  const { fixedCount, isGiven, isDense } = options;
  const best = Int32Array.from(groups);
  const closeness = new Float64Array(groups.length);
  for (let unit = 0; unit < groups.length; unit++) {
    if (isGiven(unit)) continue;
    const votes = new Map<number, number>();
    if (groups[unit]! >= 0) votes.set(groups[unit]!, 0);
    let total = 0;
    for (let entry = unit * width; entry < (unit + 1) * width; entry++) {
      if (indices[entry]! < 0 || similarities[entry]! <= 0) break;
      const weight = similarities[entry]!;
      total += weight;
      const group = groups[indices[entry]!]!;
      if (group >= 0) votes.set(group, (votes.get(group) ?? 0) + weight);
    }
    let [bestGroup, bestScore] = [-1, -Infinity];
    for (const [group, weight] of votes) {
      const cosine = dot(metric, unit, centres, group);
      const score = cosine + (total > 0 ? (vote * weight) / total : 0);
      if (score < bestScore || (score === bestScore && group > bestGroup)) continue;
      [bestGroup, bestScore] = [group, score];
      closeness[unit] = cosine;
    }
    best[unit] = bestGroup;
  }
  const least = leastCloseness(best, closeness, centres.rows, options);
  for (let unit = 0; unit < groups.length; unit++) {
    if (isGiven(unit) || best[unit]! < 0) continue;
    const limit = best[unit]! < fixedCount ? options.leastCloseness : least[best[unit]!]!;
    if (closeness[unit]! < limit || !isDense(unit) || isGone(centres, best[unit]!)) best[unit] = -1;
  }
  return best;
}

/** What is stray in a new group: as far off, by the measure of its typical unit, as in the groups that are given. */
function leastCloseness(
  groups: Int32Array,
  closeness: Float64Array,
  groupCount: number,
  { fixedCount, leastCloseness: least, usualCloseness, isGiven }: RefineOptions,
): Float64Array {
  const byGroup = Array.from({ length: groupCount }, (): number[] => []);
  groups.forEach((group, unit) => {
    if (group >= fixedCount && !isGiven(unit)) byGroup[group]!.push(closeness[unit]!);
  });
  return Float64Array.from(byGroup, (values) => {
    const typical = quantile(values, 0.5);
    return typical === undefined || !(usualCloseness > 0)
      ? least
      : Math.min(least, (least * typical) / usualCloseness);
  });
}

function isGone(centres: Matrix, group: number): boolean {
  return !rowOf(centres, group).some((value) => value !== 0);
}
