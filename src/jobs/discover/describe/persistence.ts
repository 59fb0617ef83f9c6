import type { PreviousDiscovery } from '../../../domain/discovery';

/** From this Jaccard index on two groups are the same one; no group has it with two of the other side but on a tie. */
const sameGroup = 0.5;
/** Fewer utterances in common say nothing. */
const fewestShared = 2;

/**
 * Finds the proposals of the previous discovery that persist in this one: pairs whose members agree (Jaccard index of
 * at least a half) among the utterances that both discoveries looked at, so that new phrases and those that a review
 * has settled meanwhile break nothing. The best pair first; each group is matched once.
 * @param groups utterance ids of each group now
 * @param utteranceIds all utterances looked at now
 * @returns for each group the proposal that it was, or null
 */
export function matchPrevious(
  groups: readonly (readonly string[])[],
  utteranceIds: readonly string[],
  previous: PreviousDiscovery | null,
): ({ id: string; name: string } | null)[] {
  const matches: ({ id: string; name: string } | null)[] = groups.map(() => null);
  if (previous === null) return matches;
  const inBoth = intersection(new Set(previous.utteranceIds), utteranceIds);
  const groupOf = new Map(groups.flatMap((ids, group) => ids.map((id) => [id, group])));
  const sizes = groups.map((ids) => countIn(inBoth, ids));
  const pairs = previous.proposals.flatMap((proposal) => {
    const shared = new Map<number, number>();
    for (const id of proposal.memberIds) {
      const group = groupOf.get(id);
      if (group !== undefined) shared.set(group, (shared.get(group) ?? 0) + 1);
    }
    const size = countIn(inBoth, proposal.memberIds);
    return [...shared].map(([group, count]) => ({
      group,
      proposal,
      count,
      jaccard: count / (size + sizes[group]! - count),
    }));
  });
  const taken = new Set<string>();
  pairs
    .filter(({ count, jaccard }) => count >= fewestShared && jaccard >= sameGroup)
    .sort((a, b) => b.jaccard - a.jaccard || b.count - a.count || (a.proposal.id < b.proposal.id ? -1 : 1))
    .forEach(({ group, proposal: { id, name } }) => {
      if (matches[group] !== null || taken.has(id)) return;
      matches[group] = { id, name };
      taken.add(id);
    });
  return matches;
}

function intersection(one: ReadonlySet<string>, other: readonly string[]): Set<string> {
  return new Set(other.filter((id) => one.has(id)));
}

function countIn(set: ReadonlySet<string>, ids: readonly string[]): number {
  return ids.reduce((sum, id) => sum + (set.has(id) ? 1 : 0), 0);
}
