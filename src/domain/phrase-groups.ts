import type { Discovery } from './discovery';
import type { ReviewState } from './review';

/** Where the phrases of a review belong as things stand. */
export interface PhraseGroups {
  /** The group of every phrase that discovery looked at. */
  groupOf: ReadonlyMap<string, string>;
  /** Ids of the phrases of every group, in the order in which their proposal or discovery has them. */
  members: ReadonlyMap<string, readonly string[]>;
}

/** Id of the group of what people moved into the tray. */
export const asideGroup = 't-aside';

/** Id of the group of what discovery found to be an intent's own. */
export function intentGroup(intent: string): string {
  return `i-${intent}`;
}

/**
 * Every phrase in exactly one group: a proposal that was not merged, else what was put aside, else the tray, else the
 * intent that discovery assigned it to, else (of proposals that a review could not hold) its proposal of the discovery.
 * @param state of a review, folded with members
 */
export function phraseGroups(discovery: Discovery, state: ReviewState): PhraseGroups {
  const groupOf = new Map<string, string>();
  const members = new Map<string, string[]>();
  const put = (group: string, ids: readonly string[]) => {
    const own = members.get(group) ?? [];
    for (const id of ids) {
      if (groupOf.has(id)) continue;
      groupOf.set(id, group);
      own.push(id);
    }
    members.set(group, own);
  };
  for (const proposal of state.proposals) {
    if (proposal.status !== 'merged') put(proposal.id, proposal.memberIds ?? []);
  }
  put(asideGroup, state.aside);
  for (const group of discovery.tray) put(group.id, group.memberIds);
  for (const assignment of discovery.assignments) {
    if ('intent' in assignment) put(intentGroup(assignment.intent), [assignment.id]);
    else if ('proposal' in assignment) put(assignment.proposal, [assignment.id]);
  }
  return { groupOf, members };
}
