import type { ConsoleProposal, ConsoleTrayGroup, Review } from '../../api';

/** One line of the list: a proposal, or phrases that lie in the tray. */
export type Group =
  | { kind: 'proposal'; id: string; proposal: ConsoleProposal }
  | { kind: 'tray'; id: string; tray: ConsoleTrayGroup };

/** Interactions by which a line is ranked: those that a proposal would rescue, or all that lie in the tray. */
export function weightOf(group: Group): number {
  return group.kind === 'tray' ? group.tray.interactions : group.proposal.rescuedInteractions;
}

export type SectionName = 'new' | 'examples' | 'tray';

export interface Section {
  name: SectionName;
  groups: Group[];
}

/** Whether something can still be done with a proposal: a merged one has become part of another. */
export function isDecidable({ status }: ConsoleProposal): boolean {
  return status !== 'merged';
}

/** Phrases that are suggested for an intent by their likeness alone, of all proposals. */
export function phrasesByLikeness({ proposals }: Pick<Review, 'proposals'>): ReadonlySet<string> {
  return new Set(proposals.flatMap(({ byLikenessAlone }) => byLikenessAlone));
}

/**
 * The lines of the list in their order.
 * @param search words that a line has to hold, by their beginnings; accents and capitals do not matter
 */
export function sectionsOf(review: Review, search: string, isOpenOnly: boolean): Section[] {
  const words = plain(search).split(/\s+/).filter(Boolean);
  const holds = (texts: readonly string[]) => {
    if (words.length === 0) return true;
    const text = plain(texts.join(' '));
    return words.every((word) => text.includes(word));
  };
  const proposals = review.proposals
    .filter(
      (one) =>
        (!isOpenOnly || one.status === 'open') &&
        holds([one.name, one.category ?? '', ...one.terms, ...one.representatives]),
    )
    .map((proposal): Group => ({ kind: 'proposal', id: proposal.id, proposal }));
  const tray = review.tray
    .filter((one) => holds([...one.terms, ...one.representatives]))
    .map((group): Group => ({ kind: 'tray', id: group.id, tray: group }));
  const ofKind = (kind: ConsoleProposal['kind']) =>
    proposals.filter((group) => group.kind === 'proposal' && group.proposal.kind === kind);
  return [
    { name: 'new' as const, groups: ofKind('new-intent') },
    { name: 'examples' as const, groups: ofKind('new-examples') },
    { name: 'tray' as const, groups: isOpenOnly ? [] : tray },
  ].filter(({ groups }) => groups.length > 0);
}

/**
 * The next open proposal after one, from the top again behind the last; null where none is left.
 * @param isOpen knows also what was decided and does not show yet
 */
export function nextOpen(
  groups: readonly Group[],
  after: string,
  isOpen: (proposal: ConsoleProposal) => boolean,
): string | null {
  const start = groups.findIndex(({ id }) => id === after);
  for (let step = 1; step <= groups.length; step++) {
    const group = groups[(start + step) % groups.length]!;
    if (group.id !== after && group.kind === 'proposal' && isOpen(group.proposal)) return group.id;
  }
  return null;
}

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase();
}
