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
export function objectionTo(decision: Decision, context: ReviewContext): string | null {
  if (typeof decision !== 'object' || decision === null)
    return 'A decision is an object such as {"action":"accept-all","author":"ana"}.';
  const malformed = objectionToForm(decision);
  if (malformed) return malformed;
  if (typeof decision.author !== 'string' || decision.author.trim() === '') {
    return 'A decision needs its author, e.g. "author": "ana".';
  }
  switch (decision.action) {
    case 'accept-all':
      return objectionToAll(context);
    case 'undo':
      return effectiveEvents(context.events).length > 0 ? null : 'There is no decision to undo.';
    case 'redo':
      return redoableEvent(context.events)
        ? null
        : 'There is nothing to redo: nothing was undone since the last decision.';
    case 'accept':
      return objectionToAccepting(decision, context);
    case 'rename':
      return (
        objectionToProposal(decision.proposal, context, ['open', 'accepted']) ??
        objectionToName(decision.name, [decision.proposal], context)
      );
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
      return `Unknown action "${(decision as { action: string }).action}". Actions: ${decisionActions.join(', ')}.`;
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
/** How many names an answer lists. */
const mostListed = 20;

/** A decision may come from anywhere, e.g. from the Temporal UI: its fields are looked at before their meaning. */
function objectionToForm(decision: Decision): string | null {
  const fields: Record<string, unknown> = { ...decision };
  for (const [field, value] of Object.entries(fields)) {
    if (value === undefined || value === null) continue;
    const longest = new Map(Object.entries(longestTexts)).get(field);
    if (longest !== undefined) {
      if (typeof value !== 'string') return `"${field}" of a decision is a text.`;
      if (value.length > longest)
        return `"${field}" has ${value.length} characters and takes at most ${longest}: shorten it.`;
    } else if (field === 'proposals' || field === 'members') {
      if (!Array.isArray(value) || !value.every((id) => typeof id === 'string'))
        return `"${field}" of a decision is a list of ids.`;
      const bytes = jsonBytes(value);
      if (bytes > mostListBytes)
        return `"${field}" takes up ${bytes} bytes, and at most ${mostListBytes} are taken: decide in several steps.`;
    } else if (field === 'aside') {
      if (value !== true) return '"aside" of a decision is true, or not there.';
    } else {
      return `A decision has no field "${field.slice(0, 50)}". Fields: ${Object.keys(longestTexts).join(', ')}, proposals, members, aside.`;
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
): string | null {
  const given: Subjects = { proposal: undefined, proposals: undefined, ...decision };
  if (given.proposal !== undefined && given.proposals !== undefined)
    return 'A decision names its "proposal", or several "proposals", not both.';
  const ids = subjectsOf(decision);
  if (ids.length === 0) return `"${decision.action}" needs a "proposal", or several "proposals".`;
  if (new Set(ids).size !== ids.length) return 'A proposal is named twice.';
  for (const id of ids) {
    const objection = objectionToProposal(id, context, allowed);
    if (objection) return objection;
  }
  return null;
}

function objectionToAccepting(
  decision: Decision & { action: 'accept' },
  context: ReviewContext,
): string | null {
  const objection = objectionToSubjects(decision, context);
  if (objection) return objection;
  const [id = '', ...others] = subjectsOf(decision);
  if (others.length === 0) return objectionToName(decision.name ?? nameOf(id, context), [id], context);
  if (decision.name !== undefined && decision.name !== null)
    return 'A name is for one proposal: accept several under their own names, or merge them.';
  const ids = new Set([id, ...others]);
  return objectionToNames(
    context.state.proposals.filter((one) => ids.has(one.id)),
    context,
  );
}

function objectionToIntent(intent: string, { existingIntents }: ReviewContext): string | null {
  return existingIntents.includes(intent)
    ? null
    : `The bot has no intent "${intent}". It has: ${listed(existingIntents)}.`;
}

function objectionToProposal(
  id: string,
  context: ReviewContext,
  allowed: ReviewedProposal['status'][] = decidable,
): string | null {
  const proposal = context.state.proposals.find((one) => one.id === id);
  if (!proposal) {
    const known = listed(context.state.proposals.map((one) => one.id));
    return `There is no proposal "${id}". Proposals: ${known || 'none'}.`;
  }
  if (proposal.status === 'merged')
    return `Proposal ${id} was merged into ${proposal.mergedInto}: decide about that one, or undo.`;
  if (proposal.size <= 0)
    return `Proposal ${id} has no phrases left: they were moved. Undo, or move some into it.`;
  return allowed.includes(proposal.status) ? null : `Proposal ${id} is ${proposal.status}: undo that first.`;
}

/** The first of many names, and how many more there are. */
function listed(names: readonly string[]): string {
  const more = names.length - mostListed;
  const shown = names.slice(0, mostListed).join(', ');
  return more > 0 ? `${shown} and ${more} more` : shown;
}

/** What is accepted together must not clash, with itself or with what there is. */
function objectionToAll(context: ReviewContext): string | null {
  const open = context.state.proposals.filter((proposal) => proposal.status === 'open');
  if (open.length === 0) return 'There is no open proposal left to accept.';
  return objectionToNames(open, context);
}

function objectionToNames(accepted: readonly ReviewedProposal[], context: ReviewContext): string | null {
  const holders = new Map<string, ReviewedProposal>();
  const ids = accepted.map(({ id }) => id);
  for (const proposal of accepted.filter(({ kind }) => kind === 'new-intent')) {
    const first = holders.get(proposal.name.toLowerCase());
    if (first)
      return `Proposals ${first.id} and ${proposal.id} would both become the intent "${first.name}": merge the two, or rename one of them.`;
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
): string | null {
  if (context.state.proposals.some((one) => ids.includes(one.id) && one.kind === 'new-examples')) return null;
  if (typeof name !== 'string' || !intentNamePattern.test(name)) {
    return `"${name}" is no intent name: Lex takes letters and digits without accents, with single dashes or underscores between them, at most 100.`;
  }
  const same = (other: string) => other.toLowerCase() === name.toLowerCase();
  const existing = context.existingIntents.find(same);
  if (existing)
    return `The bot has an intent "${existing}" already: assign the proposal to it, or choose another name.`;
  const taken = context.state.proposals.find(
    (one) =>
      !ids.includes(one.id) &&
      !others.includes(one.id) &&
      one.status === 'accepted' &&
      one.category !== null &&
      same(one.category),
  );
  return taken
    ? `Proposal ${taken.id} was accepted as "${taken.category}": merge the two, or choose another name.`
    : null;
}

function objectionToMerge(decision: Decision & { action: 'merge' }, context: ReviewContext): string | null {
  if (!Array.isArray(decision.proposals) || new Set(decision.proposals).size < 2) {
    return 'A merge needs at least two different proposals.';
  }
  if (new Set(decision.proposals).size !== decision.proposals.length) return 'A proposal is named twice.';
  for (const id of decision.proposals) {
    const objection = objectionToProposal(id, context, ['open', 'accepted']);
    if (objection) return objection;
    if (context.state.proposals.find((one) => one.id === id)?.kind === 'new-examples') {
      return `Proposal ${id} has examples for an existing intent: assign the others to that intent instead of merging.`;
    }
  }
  return decision.name === undefined ? null : objectionToName(decision.name, decision.proposals, context);
}

function objectionToSplit(decision: Decision & { action: 'split' }, context: ReviewContext): string | null {
  const objection = objectionToProposal(decision.proposal, context, ['open', 'accepted']);
  if (objection) return objection;
  if (!Array.isArray(decision.members) || decision.members.length === 0)
    return 'A split needs the ids of the members that leave.';
  if (new Set(decision.members).size !== decision.members.length) return 'A member is named twice.';
  const size = context.state.proposals.find((one) => one.id === decision.proposal)?.size ?? 0;
  if (decision.members.length >= size)
    return `Proposal ${decision.proposal} has ${size} phrases: at least one must stay.`;
  return objectionToName(decision.name, [], context);
}

function objectionToMove(decision: Decision & { action: 'move' }, context: ReviewContext): string | null {
  const { members, proposal, intent, name, aside } = decision;
  if (!Array.isArray(members) || members.length === 0) return 'A move needs the ids of its members.';
  if (new Set(members).size !== members.length) return 'A member is named twice.';
  const targets = [proposal, intent, name, aside].filter((one) => one !== undefined && one !== null);
  if (targets.length !== 1)
    return 'A move needs one target: a "proposal", an "intent" that the bot has, the "name" of a new one, or "aside": true.';
  if (proposal !== undefined && proposal !== null)
    return objectionToProposal(proposal, context, ['open', 'accepted', 'assigned']);
  if (intent !== undefined && intent !== null) return objectionToIntent(intent, context);
  return aside === true ? null : objectionToName(name ?? '', [], context);
}
