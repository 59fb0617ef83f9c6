import { dot, type Matrix } from '../numeric/matrix';
import type { Neighbours } from '../numeric/nearest-neighbours';
import { meanOf, rankOf } from '../numeric/order-statistics';
import type { Competition } from './refine';

/** What a group turns out to be. */
export type Verdict = 'new' | 'known' | 'loose';

export interface Yardstick {
  /** For each unit the share, 0–1, of its neighbourhood that is known. */
  knownShares: ArrayLike<number>;
  /** That share around a usual known unit. */
  usualShare: number;
  /** For each unit the mean similarity to its nearest few, and those of the known units. */
  densities: ArrayLike<number>;
  knownDensities: readonly number[];
}

/** A group with at least this share of what is usual around known units lies among them: it is one of theirs. */
const knownLimit = 0.3;
/** So is one whose centre is nearly that of a known group. */
const sameCloseness = 0.93;
/** Least share of its units' neighbours that belong to the group too. */
const leastClosed = 0.6;
/**
 * The smallest groups are loose when they are less dense than all but this share of the known units; larger ones may be
 * the looser the larger they are: few have to agree more than many.
 */
const looseShare = 0.1;

/**
 * Judges a new group as a whole: one utterance says little, fifty say much.
 * @param relativeSize its size by the measure of the smallest that there may be
 */
export function judge(
  group: number,
  members: readonly number[],
  { groups, centres }: Competition,
  knownCentres: Matrix,
  neighbours: Neighbours,
  yardstick: Yardstick,
  relativeSize: number,
): Verdict {
  const share = meanOf(members, (unit) => yardstick.knownShares[unit]!) / yardstick.usualShare;
  if (share >= knownLimit || nearest(centres, group, knownCentres) >= sameCloseness) return 'known';
  const density = meanOf(members, (unit) => yardstick.densities[unit]!);
  const isLoose = rankOf(density, yardstick.knownDensities) < looseShare / relativeSize;
  return isLoose || closedShare(group, members, groups, neighbours) < leastClosed ? 'loose' : 'new';
}

/** The share, 0–1, of the neighbours of a group's units that belong to it, of those that could. */
export function closedShare(
  group: number,
  members: readonly number[],
  groups: Int32Array,
  { width, indices }: Neighbours,
): number {
  const possible = members.length * Math.min(width, members.length - 1);
  let within = 0;
  for (const unit of members) {
    for (let entry = unit * width; entry < (unit + 1) * width && indices[entry]! >= 0; entry++) {
      if (groups[indices[entry]!] === group) within++;
    }
  }
  return possible > 0 ? Math.min(within / possible, 1) : 0;
}

function nearest(centres: Matrix, group: number, others: Matrix): number {
  let best = -Infinity;
  for (let other = 0; other < others.rows; other++) best = Math.max(best, dot(centres, group, others, other));
  return best;
}
