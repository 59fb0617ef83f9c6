import type { Sentence } from '../language';
import { jsonBytes } from '../pages';
import {
  decisionActions,
  effectiveEvents,
  redoableEvent,
  subjectsOf,
  type Decision,
  type DecisionEvent,
  type Subjects,
} from './decision';
import type { ReviewState } from './fold';
import { longestAuthor } from './limits';
import { formObjections, proposalObjections } from './objections';
import type { ReviewedProposal } from './proposal';

/** What a decision is checked against. */
export interface ReviewContext {
  state: ReviewState;
  events: readonly DecisionEvent[];
  /** The intents that the bot has. */
  existingIntents: readonly string[];
}

/** Amazon Lex V2, CreateIntent: letters and digits, single dashes or underscores between, at most 100. */
export const intentNamePattern = /^([0-9a-zA-Z][_-]?){1,100}$/;

/**
 * Checks a decision before it is stored.
 * @returns why it cannot be taken and what to do instead, or null when it is fine. Never throws, changes nothing.
 */
export function objectionTo(decision: Decision, context: ReviewContext): Sentence | null {
  if (typeof decision !== 'object' || decision === null) return formObjections.notAnObject;
  const malformed = objectionToForm(decision);
  if (malformed) return malformed;
  if (typeof decision.author !== 'string' || decision.author.trim() === '') return formObjections.noAuthor;
  switch (decision.action) {
    case 'accept-all':
      return objectionToAll(context);
    case 'undo':
      return effectiveEvents(context.events).length > 0 ? null : proposalObjections.nothingToUndo;
    case 'redo':
      return redoableEvent(context.events) ? null : proposalObjections.nothingToRedo;
    case 'accept':
      return objectionToAccepting(decision, context);
    case 'rename':
      return objectionToRename(decision, context);
    case 'merge':
      return objectionToMerge(decision, context);
    case 'split':
      return objectionToSplit(decision, context);
    case 'assign':
      return objectionToSubjects(decision, context) ?? objectionToIntent(decision.intent, context);
    case 'move':
      return objectionToMove(decision, context);
    case 'reject':
    case 'put-aside':
      return objectionToSubjects(decision, context);
    case 'reopen':
      return objectionToSubjects(decision, context, ['accepted', 'rejected', 'assigned', 'aside']);
    default:
      return formObjections.unknownAction((decision as { action: string }).action, decisionActions);
  }
}

/** Texts of a decision with the most characters that each takes: all of them stay in the history. */
const longestTexts = {
  action: 20,
  author: longestAuthor,
  proposal: 200,
  name: 200,
  intent: 200,
  reason: 2_000,
};
/** A list of ids takes up at most so many bytes as JSON. */
const mostListBytes = 64 * 1024;

/** A decision may come from anywhere, e.g. from the Temporal UI: its fields are looked at before their meaning. */
function objectionToForm(decision: Decision): Sentence | null {
  const fields: Record<string, unknown> = { ...decision };
  for (const [field, value] of Object.entries(fields)) {
    if (value === undefined || value === null) continue;
    const longest = new Map(Object.entries(longestTexts)).get(field);
    if (longest !== undefined) {
      if (typeof value !== 'string') return formObjections.noText(field);
      if (value.length > longest) return formObjections.tooLong(field, value.length, longest);
    } else if (field === 'proposals' || field === 'members') {
      if (!Array.isArray(value) || !value.every((id) => typeof id === 'string'))
        return formObjections.noIds(field);
      const bytes = jsonBytes(value);
      if (bytes > mostListBytes) return formObjections.tooManyIds(field, bytes, mostListBytes);
    } else if (field === 'aside') {
      if (value !== true) return formObjections.asideIsTrue;
    } else {
      return formObjections.unknownField(field.slice(0, 50), [
        ...Object.keys(longestTexts),
        'proposals',
        'members',
        'aside',
      ]);
    }
  }
  return null;
}

const decidable: ReviewedProposal['status'][] = ['open', 'accepted', 'rejected', 'assigned', 'aside'];

/** What a decision about one or several proposals names. */
function objectionToSubjects(
  decision: Decision,
  context: ReviewContext,
  allowed: ReviewedProposal['status'][] = decidable,
): Sentence | null {
  const given: Subjects = { proposal: undefined, proposals: undefined, ...decision };
  if (given.proposal !== undefined && given.proposals !== undefined) return formObjections.oneOrSeveral;
  const ids = subjectsOf(decision);
  if (ids.length === 0) return formObjections.noProposal(decision.action);
  if (new Set(ids).size !== ids.length) return formObjections.proposalTwice;
  for (const id of ids) {
    const objection = objectionToProposal(id, context, allowed);
    if (objection) return objection;
  }
  return null;
}

function objectionToAccepting(
  decision: Decision & { action: 'accept' },
  context: ReviewContext,
): Sentence | null {
  const objection = objectionToSubjects(decision, context);
  if (objection) return objection;
  const [id = '', ...others] = subjectsOf(decision);
  if (others.length === 0) return objectionToName(decision.name ?? nameOf(id, context), [id], context);
  if (decision.name !== undefined && decision.name !== null) return formObjections.nameForOne;
  const ids = new Set([id, ...others]);
  return objectionToNames(
    context.state.proposals.filter((one) => ids.has(one.id)),
    context,
  );
}

function objectionToIntent(intent: string, { existingIntents }: ReviewContext): Sentence | null {
  return existingIntents.includes(intent) ? null : proposalObjections.noIntent(intent, existingIntents);
}

function objectionToProposal(
  id: string,
  context: ReviewContext,
  allowed: ReviewedProposal['status'][] = decidable,
): Sentence | null {
  const all = context.state.proposals;
  const proposal = all.find((one) => one.id === id);
  if (!proposal) return proposalObjections.unknown(id, all);
  const { status } = proposal;
  if (status === 'merged') return proposalObjections.mergedInto(proposal, all);
  if (proposal.size <= 0) return proposalObjections.empty(proposal, all);
  return allowed.includes(status) ? null : proposalObjections.standsOtherwise(proposal, status, all);
}

/** What is accepted together must not clash, with itself or with what there is. */
function objectionToAll(context: ReviewContext): Sentence | null {
  const open = context.state.proposals.filter((proposal) => proposal.status === 'open');
  if (open.length === 0) return proposalObjections.nothingOpen;
  return objectionToNames(open, context);
}

function objectionToNames(accepted: readonly ReviewedProposal[], context: ReviewContext): Sentence | null {
  const holders = new Map<string, ReviewedProposal>();
  const ids = accepted.map(({ id }) => id);
  for (const proposal of accepted.filter(({ kind }) => kind === 'new-intent')) {
    const first = holders.get(proposal.name.toLowerCase());
    if (first) return proposalObjections.sameIntent(first, proposal);
    holders.set(proposal.name.toLowerCase(), proposal);
    const objection = objectionToName(proposal.name, [proposal.id], context, ids);
    if (objection) return objection;
  }
  return null;
}

function nameOf(id: string, context: ReviewContext): string {
  return context.state.proposals.find((proposal) => proposal.id === id)?.name ?? '';
}

/**
 * @param ids the proposals that take the name
 * @param others proposals that take names of their own at once, checked elsewhere
 */
function objectionToName(
  name: string,
  ids: readonly string[],
  context: ReviewContext,
  others: readonly string[] = [],
): Sentence | null {
  if (context.state.proposals.some((one) => ids.includes(one.id) && one.kind === 'new-examples')) return null;
  if (typeof name !== 'string' || !intentNamePattern.test(name)) return proposalObjections.noIntentName(name);
  const same = (other: string) => other.toLowerCase() === name.toLowerCase();
  const existing = context.existingIntents.find(same);
  if (existing) return proposalObjections.intentExists(existing);
  const taken = context.state.proposals.find(
    (one) =>
      !ids.includes(one.id) &&
      !others.includes(one.id) &&
      one.status === 'accepted' &&
      one.category !== null &&
      same(one.category),
  );
  return taken ? proposalObjections.nameTaken(taken) : null;
}

function objectionToRename(
  decision: Decision & { action: 'rename' },
  context: ReviewContext,
): Sentence | null {
  const objection = objectionToProposal(decision.proposal, context, ['open', 'accepted']);
  if (objection) return objection;
  const { proposals } = context.state;
  const extending = proposals.find(({ id, kind }) => id === decision.proposal && kind === 'new-examples');
  return extending
    ? proposalObjections.keepsItsName(extending, proposals)
    : objectionToName(decision.name, [decision.proposal], context);
}

function objectionToMerge(decision: Decision & { action: 'merge' }, context: ReviewContext): Sentence | null {
  if (!Array.isArray(decision.proposals) || new Set(decision.proposals).size < 2)
    return formObjections.mergeNeedsTwo;
  if (new Set(decision.proposals).size !== decision.proposals.length) return formObjections.proposalTwice;
  for (const id of decision.proposals) {
    const objection = objectionToProposal(id, context, ['open', 'accepted']);
    if (objection) return objection;
    const proposal = context.state.proposals.find((one) => one.id === id);
    if (proposal?.kind === 'new-examples')
      return proposalObjections.addsToIntent(proposal, context.state.proposals);
  }
  return decision.name === undefined ? null : objectionToName(decision.name, decision.proposals, context);
}

function objectionToSplit(decision: Decision & { action: 'split' }, context: ReviewContext): Sentence | null {
  const objection = objectionToProposal(decision.proposal, context, ['open', 'accepted']);
  if (objection) return objection;
  if (!Array.isArray(decision.members) || decision.members.length === 0)
    return formObjections.splitNeedsMembers;
  if (new Set(decision.members).size !== decision.members.length) return formObjections.memberTwice;
  const parent = context.state.proposals.find((one) => one.id === decision.proposal);
  if (parent && decision.members.length >= parent.size)
    return proposalObjections.oneMustStay(parent, context.state.proposals);
  return objectionToName(decision.name, [], context);
}

function objectionToMove(decision: Decision & { action: 'move' }, context: ReviewContext): Sentence | null {
  const { members, proposal, intent, name, aside } = decision;
  if (!Array.isArray(members) || members.length === 0) return formObjections.moveNeedsMembers;
  if (new Set(members).size !== members.length) return formObjections.memberTwice;
  const targets = [proposal, intent, name, aside].filter((one) => one !== undefined && one !== null);
  if (targets.length !== 1) return formObjections.moveNeedsTarget;
  if (proposal !== undefined && proposal !== null)
    return objectionToProposal(proposal, context, ['open', 'accepted', 'assigned']);
  if (intent !== undefined && intent !== null) return objectionToIntent(intent, context);
  return aside === true ? null : objectionToName(name ?? '', [], context);
}
