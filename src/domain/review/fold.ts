import { effectiveEvents, type DecisionEvent } from './decision';
import type { ReviewedProposal, ReviewProposal } from './proposal';

/** What stands after all decisions, in the order in which the proposals were made. */
export interface ReviewState {
  proposals: ReviewedProposal[];
  /** Events that count, after undo. */
  standing: number;
}

/**
 * Folds the decisions over the proposals. Pure: the same events give the same state, in the workflow (without
 * members) and in the data set's builder (with them).
 * @param proposals what discovery suggested
 * @param events all events of the review, undone ones included
 * @param members utterance ids of each proposal, for a fold that must know who belongs where
 */
export function foldReview(
  proposals: readonly ReviewProposal[],
  events: readonly DecisionEvent[],
  members?: ReadonlyMap<string, readonly string[]>,
): ReviewState {
  const state = new Map<string, ReviewedProposal>(
    proposals.map((proposal) => [
      proposal.id,
      {
        ...proposal,
        status: 'open',
        category: null,
        mergedInto: null,
        splitFrom: null,
        memberIds: members ? [...(members.get(proposal.id) ?? [])] : null,
        reason: null,
      },
    ]),
  );
  const standing = effectiveEvents(events);
  for (const event of standing) applyEvent(state, event);
  return { proposals: [...state.values()], standing: standing.length };
}

/** The id of the proposal that a split makes: its parent's with the event's number. */
export function splitProposalId(proposal: string, eventNumber: number): string {
  return `${proposal}.${eventNumber}`;
}

function applyEvent(state: Map<string, ReviewedProposal>, event: DecisionEvent): void {
  switch (event.action) {
    case 'accept':
      accept(find(state, event.proposal), event.name);
      return;
    case 'accept-all':
      for (const proposal of state.values()) if (proposal.status === 'open') accept(proposal);
      return;
    case 'rename': {
      const proposal = find(state, event.proposal);
      proposal.name = event.name;
      if (proposal.status === 'accepted') proposal.category = event.name;
      return;
    }
    case 'merge': {
      const [first, ...others] = event.proposals.map((id) => find(state, id));
      if (!first) return;
      for (const other of others) join(first, other);
      if (event.name !== undefined) {
        first.name = event.name;
        if (first.status === 'accepted') first.category = event.name;
      }
      return;
    }
    case 'split':
      split(state, event);
      return;
    case 'assign': {
      const proposal = find(state, event.proposal);
      proposal.status = 'assigned';
      proposal.category = event.intent;
      proposal.reason = event.reason ?? null;
      return;
    }
    case 'reject': {
      const proposal = find(state, event.proposal);
      proposal.status = 'rejected';
      proposal.category = null;
      proposal.reason = event.reason ?? null;
      return;
    }
    case 'undo':
      return;
  }
}

function accept(proposal: ReviewedProposal, name?: string): void {
  if (name !== undefined && proposal.kind === 'new-intent') proposal.name = name;
  proposal.status = 'accepted';
  proposal.category = proposal.name;
}

function join(first: ReviewedProposal, other: ReviewedProposal): void {
  first.size += other.size;
  first.interactions += other.interactions;
  if (first.memberIds && other.memberIds) first.memberIds.push(...other.memberIds);
  other.status = 'merged';
  other.category = null;
  other.mergedInto = first.id;
}

function split(state: Map<string, ReviewedProposal>, event: DecisionEvent & { action: 'split' }): void {
  const parent = find(state, event.proposal);
  const leaving = new Set(event.members);
  const interactions = event.interactions ?? 0;
  const id = splitProposalId(parent.id, event.number);
  state.set(id, {
    id,
    kind: 'new-intent',
    name: event.name,
    size: leaving.size,
    interactions,
    nearestIntent: parent.nearestIntent,
    status: 'open',
    category: null,
    mergedInto: null,
    splitFrom: parent.id,
    memberIds: parent.memberIds ? parent.memberIds.filter((member) => leaving.has(member)) : null,
    reason: null,
  });
  parent.size -= leaving.size;
  parent.interactions -= interactions;
  if (parent.memberIds) parent.memberIds = parent.memberIds.filter((member) => !leaving.has(member));
}

function find(state: Map<string, ReviewedProposal>, id: string): ReviewedProposal {
  const proposal = state.get(id);
  if (!proposal)
    throw new Error(`The review has no proposal ${id}: decisions are validated before they are stored.`);
  return proposal;
}
