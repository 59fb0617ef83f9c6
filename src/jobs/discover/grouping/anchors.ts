import type { Labels } from '../labels';

/** Groups that are given before any is found: the known intents, then the kinds of things that were rejected. */
export interface Anchors {
  /** For each unit the number of its given group, or −1. */
  groups: Int32Array;
  count: number;
}

/**
 * What was rejected is about many things: rejected phrases of one community are one group.
 * @param communities for each unit the number of its community
 */
export function anchorsOf({ groups, intentCount }: Labels, communities: Int32Array): Anchors {
  const numbers = new Map<number, number>();
  const given = groups.map((group, unit) => {
    if (group < intentCount) return group;
    const community = communities[unit]!;
    if (!numbers.has(community)) numbers.set(community, intentCount + numbers.size);
    return numbers.get(community)!;
  });
  return { groups: given, count: intentCount + numbers.size };
}
