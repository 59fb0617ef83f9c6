import type { ConsoleProposal, Review } from '../../api';

/** Whether a proposal can become one with another. */
export function canMerge({ kind, status }: ConsoleProposal): boolean {
  return kind === 'new-intent' && (status === 'open' || status === 'accepted');
}

/**
 * The proposals that one, or what was merged into it, comes closest to and could be merged with, the nearest first. A
 * piece that was merged counts for what it became.
 */
export function nearProposals(
  proposal: ConsoleProposal,
  { proposals }: Pick<Review, 'proposals'>,
): ConsoleProposal[] {
  const byId = new Map(proposals.map((one) => [one.id, one]));
  const became = (id: string): ConsoleProposal | undefined => {
    const found = byId.get(id);
    return found && found.mergedInto !== null ? became(found.mergedInto) : found;
  };
  const pieces = proposals.filter((one) => became(one.id)?.id === proposal.id);
  const most = Math.max(0, ...pieces.map(({ near }) => near.length));
  // The nearest of each piece come before the second nearest of any.
  const ids = Array.from({ length: most }, (_, rank) =>
    pieces.flatMap(({ near }) => near[rank] ?? []),
  ).flat();
  const found = new Set(ids.flatMap((id) => became(id) ?? []));
  return [...found].filter((one) => one.id !== proposal.id && canMerge(one));
}
