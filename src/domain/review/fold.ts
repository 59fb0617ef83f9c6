import { effectiveEvents, subjectsOf, type DecisionEvent } from './decision';
import type { ProposalStatus, ReviewedProposal, ReviewProposal } from './proposal';

/** What stands after all decisions, in the order in which the proposals were made. */
export interface ReviewState {
  proposals: ReviewedProposal[];
  /** Events that count, after undo. */
  standing: number;
  /** Ids of the phrases that were moved into the tray and not out of it since. */
  aside: string[];
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
  const aside = new Set<string>();
  for (const event of standing) {
    if (event.action === 'move') move(state, aside, event);
    else applyEvent(state, event);
  }
  return { proposals: [...state.values()], standing: standing.length, aside: [...aside] };
}

/** The id of the proposal that a split makes: its parent's with the event's number. */
export function splitProposalId(proposal: string, eventNumber: number): string {
  return `${proposal}.${eventNumber}`;
}

/** The id of the proposal that a move into a new name makes. */
export function newProposalId(eventNumber: number): string {
  return `n-${eventNumber}`;
}

/** The id of the proposal that holds what was moved into an intent that the bot has. */
export function movedIntoIntentId(intent: string): string {
  return `m-${intent}`;
}

type Move = DecisionEvent & { action: 'move' };

function applyEvent(state: Map<string, ReviewedProposal>, event: Exclude<DecisionEvent, Move>): void {
  switch (event.action) {
    case 'accept':
      for (const id of subjectsOf(event)) accept(find(state, id), event.name);
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
    case 'assign':
      settle(state, event, 'assigned', event.intent);
      return;
    case 'reject':
      settle(state, event, 'rejected', null);
      return;
    case 'put-aside':
      settle(state, event, 'aside', null);
      return;
    case 'reopen':
      settle(state, event, 'open', null);
      return;
    case 'undo':
    case 'redo':
      return;
  }
}

function accept(proposal: ReviewedProposal, name?: string): void {
  if (name !== undefined && proposal.kind === 'new-intent') proposal.name = name;
  proposal.status = 'accepted';
  proposal.category = proposal.name;
}

function settle(
  state: Map<string, ReviewedProposal>,
  event: DecisionEvent,
  status: ProposalStatus,
  category: string | null,
): void {
  for (const id of subjectsOf(event)) {
    const proposal = find(state, id);
    proposal.status = status;
    proposal.category = category;
    proposal.reason = event.reason ?? null;
  }
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

function move(state: Map<string, ReviewedProposal>, aside: Set<string>, event: Move): void {
  const leaving = new Set(event.members);
  const target = moveTarget(state, event);
  for (const { from, phrases, interactions } of event.moved ?? []) {
    const source = state.get(from);
    if (!source) continue;
    source.size -= phrases;
    source.interactions -= interactions;
    if (source.memberIds) source.memberIds = source.memberIds.filter((member) => !leaving.has(member));
    if (source.size > 0) continue;
    source.status = target ? 'merged' : 'aside';
    source.category = null;
    source.mergedInto = target?.id ?? null;
  }
  for (const member of event.members) aside.delete(member);
  if (!target) {
    for (const member of event.members) aside.add(member);
    return;
  }
  target.size += event.members.length;
  target.interactions += (event.moved ?? []).reduce((sum, { interactions }) => sum + interactions, 0);
  target.memberIds?.push(...event.members);
}

/** The proposal that a move goes into, made where there is none yet; null for the tray. */
function moveTarget(state: Map<string, ReviewedProposal>, event: Move): ReviewedProposal | null {
  if (event.aside) return null;
  if (event.proposal !== undefined) return find(state, event.proposal);
  const isNew = event.intent === undefined;
  const id = event.intent === undefined ? newProposalId(event.number) : movedIntoIntentId(event.intent);
  const existing = state.get(id);
  if (existing && existing.size > 0) return existing;
  const made: ReviewedProposal = {
    id,
    kind: isNew ? 'new-intent' : 'new-examples',
    name: event.intent ?? event.name ?? '',
    size: 0,
    interactions: 0,
    nearestIntent: null,
    status: isNew ? 'open' : 'accepted',
    category: event.intent ?? null,
    mergedInto: null,
    splitFrom: null,
    memberIds: [...state.values()].some(({ memberIds }) => memberIds === null) ? null : [],
    reason: event.reason ?? null,
  };
  state.set(id, made);
  return made;
}

function find(state: Map<string, ReviewedProposal>, id: string): ReviewedProposal {
  const proposal = state.get(id);
  if (!proposal)
    throw new Error(`The review has no proposal ${id}: decisions are validated before they are stored.`);
  return proposal;
}
