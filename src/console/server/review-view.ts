import type { Proposal } from '../../domain/discovery';
import { asideGroup, intentGroup } from '../../domain/phrase-groups';
import { newExamplesOf } from '../../domain/new-examples';
import { explainNewExamples, explainProposal, type Explanation, type Language } from '../../domain/report';
import {
  effectiveEvents,
  isSamePerson,
  objectionTo,
  objectionToReviewer,
  redoableEvent,
  type ReviewedProposal,
} from '../../domain/review';
import type { Utterance } from '../../domain/utterance';
import type { ReviewView } from '../../workflows/review';
import type { ConsoleProposal, ConsoleTrayGroup, Review, Standing } from '../api';
import { hasRole } from './access';
import type { OpenReview } from './desk';
import type { OpenSession } from './sessions';

/** Phrases that stand for a proposal which a person made. */
const mostRepresentatives = 8;
/** Characters of a phrase that stands for others. */
const longestRepresentative = 500;

/** A review as the page shows it to somebody. */
export function describeForPage(review: OpenReview, session: OpenSession): Review {
  const { view, state, events, materials } = review;
  const { discovery, known, existingIntents } = materials;
  const { members } = review.groups;
  const proposals = state.proposals
    // What all phrases were moved out of into the tray is gone.
    .filter(({ size, status }) => size > 0 || status === 'merged')
    .map((proposal) => describeProposal(proposal, review));
  const counted = proposals.filter(({ status }) => status !== 'merged');
  const decided = counted.filter(({ status }) => status !== 'open');
  const sum = (some: readonly ConsoleProposal[]) =>
    some.reduce((total, { interactions }) => total + interactions, 0);
  const isMerged = ({ status }: ConsoleProposal) => status === 'merged';
  const standing = effectiveEvents(events);
  const examples = countBy(known.map(({ intent }) => intent));
  return {
    pipeline: view.pipeline,
    cycle: view.cycle,
    standing: standingOf(view),
    mayDecide: mayDecide(view, session),
    mayApprove: mayApprove(view, session),
    canUndo: standing.length > 0,
    canRedo: redoableEvent(events) !== null,
    waitingSince: view.waitingSince,
    deadline: view.deadline,
    refusedSignals: view.refusedSignals,
    embedder: discovery.embedder,
    traffic: discovery.traffic,
    proposals: proposals.sort(
      (one, other) =>
        Number(isMerged(one)) - Number(isMerged(other)) ||
        other.rescuedInteractions - one.rescuedInteractions,
    ),
    tray: describeTray(review),
    existingIntents: existingIntents.map((name) => ({
      name,
      examples: examples.get(name) ?? 0,
      assigned: members.get(intentGroup(name))?.length ?? 0,
    })),
    progress: {
      proposals: counted.length,
      decidedProposals: decided.length,
      interactions: sum(counted),
      decidedInteractions: sum(decided),
    },
  };
}

/** What is left in the tray, first what people moved there. */
function describeTray({ groups, materials: { discovery, utterances } }: OpenReview): ConsoleTrayGroup[] {
  const described = (group: Omit<ConsoleTrayGroup, 'size' | 'interactions'>): ConsoleTrayGroup => {
    const ids = groups.members.get(group.id) ?? [];
    return { ...group, size: ids.length, interactions: interactionsOf(ids, utterances) };
  };
  const moved = groups.members.get(asideGroup) ?? [];
  return [
    described({
      id: asideGroup,
      kind: 'aside',
      language: null,
      terms: [],
      cohesion: null,
      representatives: mostSaid(moved, utterances).map(shortened),
    }),
    ...discovery.tray.map(({ id, kind, language, terms, cohesion, representatives }) =>
      described({ id, kind, language, terms, cohesion, representatives: representatives.map(shortened) }),
    ),
  ].filter(({ size }) => size > 0);
}

/** How a review stands, without what else its workflow tells. */
export function standingOf(
  standing: Omit<Standing, 'approvals' | 'reviewers'> & Pick<ReviewView, 'approvals' | 'reviewers'>,
): Standing {
  const { decisions, open, finished, approvals, approvalsMissing, approversRemaining, reviewers } = standing;
  return {
    decisions,
    open,
    finished,
    approvals: [...approvals],
    approvalsMissing,
    approversRemaining,
    reviewers: [...reviewers],
  };
}

function mayDecide(view: ReviewView, session: OpenSession): boolean {
  const roles = { approvals: 1, reviewers: view.reviewers, approvers: [] };
  return (
    !view.finished && hasRole(session, 'reviewer') && objectionToReviewer(session.author, roles) === null
  );
}

function mayApprove(view: ReviewView, session: OpenSession): boolean {
  const { finished, approvals, approversRemaining } = view;
  const isSession = (name: string) => isSamePerson(name, session.author);
  return (
    !finished &&
    hasRole(session, 'reviewer') &&
    !approvals.some(({ author }) => isSession(author)) &&
    (approversRemaining.length === 0 || approversRemaining.some(isSession))
  );
}

function describeProposal(proposal: ReviewedProposal, review: OpenReview): ConsoleProposal {
  const { discovery, utterances } = review.materials;
  const ids = proposal.memberIds ?? [];
  const found = discovery.proposals.find(({ id }) => id === proposal.id);
  const enrichment = discovery.enrichments.find(({ id }) => id === proposal.id);
  const original = found ?? enrichment;
  const changed = original === undefined || !isSameSet(original.memberIds, ids);
  const { id, kind, name, status, category, mergedInto, splitFrom, reason } = proposal;
  const examples = newExamplesOf(proposal, discovery);
  return {
    id,
    kind,
    name,
    suggestedName: found?.name ?? null,
    suggestedByModel: found?.suggestedByModel ?? null,
    status,
    category,
    mergedInto,
    splitFrom,
    reason,
    nameProblem: nameProblem(proposal, review),
    size: ids.length,
    interactions: interactionsOf(ids, utterances),
    rescuedInteractions: interactionsOf(
      ids.filter((one) => utterances.get(one)?.outcome !== 'understood'),
      utterances,
    ),
    changed,
    isReturning: found?.isReturning ?? false,
    ...evidenceOf(found),
    representatives: (original && !changed ? original.representatives : mostSaid(ids, utterances)).map(
      shortened,
    ),
    explanations: inBothLanguages((language) => {
      if (found) return changed ? [] : explainProposal(found, discovery, language);
      return explainNewExamples(examples, language);
    }),
    byLikenessAlone: examples.byLikenessAlone,
  };
}

function evidenceOf(found: Proposal | undefined) {
  return {
    terms: found?.terms ?? [],
    cohesion: found?.cohesion ?? null,
    stability: found?.stability ?? null,
    trend: found?.trend ?? null,
    nearestIntent: found?.nearestIntent ?? null,
    near: piecesNear(found),
    effect: found?.effect ?? null,
    borderline: (found?.borderline ?? []).map(({ text, near }) => ({ text: shortened(text), near })),
  };
}

/** What comes far less close than the nearest is no piece of the same topic as a rule. */
const leastOfNearest = 0.6;

function piecesNear(found: Proposal | undefined): string[] {
  const near = found?.near ?? [];
  return near
    .filter(({ similarity }) => similarity >= leastOfNearest * near[0]!.similarity)
    .map(({ proposal }) => proposal);
}

function inBothLanguages(explain: (language: Language) => Explanation[]): ConsoleProposal['explanations'] {
  const spanish = explain('es');
  return explain('en').map(({ kind, text }, index) => ({
    kind,
    en: text,
    es: spanish[index]?.text ?? text,
  }));
}

function nameProblem(proposal: ReviewedProposal, { state, events, materials }: OpenReview): string | null {
  if (proposal.kind !== 'new-intent' || (proposal.status !== 'open' && proposal.status !== 'accepted'))
    return null;
  const { existingIntents } = materials;
  const objection = objectionTo(
    { action: 'accept', proposal: proposal.id, author: '-' },
    { state, events, existingIntents },
  );
  return objection && objection.en;
}

function mostSaid(ids: readonly string[], utterances: ReadonlyMap<string, Utterance>): string[] {
  return ids
    .flatMap((id) => utterances.get(id) ?? [])
    .sort((one, other) => other.count - one.count)
    .slice(0, mostRepresentatives)
    .map(({ text }) => text);
}

function interactionsOf(ids: readonly string[], utterances: ReadonlyMap<string, Utterance>): number {
  return ids.reduce((sum, id) => sum + (utterances.get(id)?.count ?? 0), 0);
}

function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  const set = new Set(one);
  return set.size === other.length && other.every((id) => set.has(id));
}

function countBy(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function shortened(text: string): string {
  return text.length > longestRepresentative ? `${text.slice(0, longestRepresentative)}…` : text;
}
