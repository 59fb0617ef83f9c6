import { jsonBytes } from '../pages';
import { effectiveEvents, type Decision, type DecisionEvent } from './decision';
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
    case 'accept':
      return (
        objectionToProposal(decision.proposal, context) ??
        objectionToName(decision.name ?? nameOf(decision.proposal, context), [decision.proposal], context)
      );
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
      return (
        objectionToProposal(decision.proposal, context) ??
        (context.existingIntents.includes(decision.intent)
          ? null
          : `The bot has no intent "${decision.intent}". It has: ${listed(context.existingIntents)}.`)
      );
    case 'reject':
      return objectionToProposal(decision.proposal, context);
    default:
      return `Unknown action "${(decision as { action: string }).action}". Actions: accept, accept-all, rename, merge, split, assign, reject, undo.`;
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
    } else {
      return `A decision has no field "${field.slice(0, 50)}". Fields: ${Object.keys(longestTexts).join(', ')}, proposals, members.`;
    }
  }
  return null;
}

function objectionToProposal(
  id: string,
  context: ReviewContext,
  allowed: ReviewedProposal['status'][] = ['open', 'accepted', 'rejected', 'assigned'],
): string | null {
  const proposal = context.state.proposals.find((one) => one.id === id);
  if (!proposal) {
    const known = listed(context.state.proposals.map((one) => one.id));
    return `There is no proposal "${id}". Proposals: ${known || 'none'}.`;
  }
  if (proposal.status === 'merged')
    return `Proposal ${id} was merged into ${proposal.mergedInto}: decide about that one, or undo.`;
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
  const holders = new Map<string, ReviewedProposal>();
  for (const proposal of open.filter(({ kind }) => kind === 'new-intent')) {
    const first = holders.get(proposal.name.toLowerCase());
    if (first)
      return `Proposals ${first.id} and ${proposal.id} would both become the intent "${first.name}": merge the two, or rename one of them.`;
    holders.set(proposal.name.toLowerCase(), proposal);
    const objection = objectionToName(proposal.name, [proposal.id], context);
    if (objection) return objection;
  }
  return null;
}

function nameOf(id: string, context: ReviewContext): string {
  return context.state.proposals.find((proposal) => proposal.id === id)?.name ?? '';
}

function objectionToName(name: string, ids: readonly string[], context: ReviewContext): string | null {
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
      !ids.includes(one.id) && one.status === 'accepted' && one.category !== null && same(one.category),
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
