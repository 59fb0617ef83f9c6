import {
  allHandlersFinished,
  condition,
  defineQuery,
  defineSignal,
  defineUpdate,
  isCancellation,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import { ApplicationFailure } from '@temporalio/common';
import type { Artifact } from '../domain/artifact';
import { reviewRecords } from '../domain/audit';
import { failureDetails, messageOfFailure } from '../domain/errors';
import { splitMessage, type Message, type Sentence } from '../domain/language';
import type { ReviewConfiguration } from '../domain/pipeline';
import {
  approvalIsRequired,
  describeReview,
  foldReview,
  missingApprovals,
  mostRefusals,
  objectionTo,
  objectionToApproval,
  objectionToHistory,
  objectionToReviewer,
  remainingApprovers,
  reviewObjections,
  rolesOf,
  type Approval,
  type ApprovalRequest,
  type Decision,
  type DecisionEvent,
  type ReviewProposal,
} from '../domain/review';
import { auditId, keepsAuditTrail, recordAudit } from './audit';
import { DecisionLog } from './decision-log';
import { rootCause, rootMessage } from './ending';
import { cycleAttribute, pipelineAttribute, stageAttribute, waitingAttribute } from './search-attributes';
import { quick } from './stage-activities';

export interface ReviewInput {
  pipeline: string;
  cycle: number;
  language: 'es' | 'en';
  topicArn: string;
  /** Prefix of the cycle's artifacts. */
  cycleUri: string;
  proposals: ReviewProposal[];
  /** The intents that the bot has. */
  existingIntents: string[];
  /** What browsers call the console; absent where none is known. */
  consoleUrl?: string;
  discovery: Artifact;
  utterances: Artifact;
  configuration: ReviewConfiguration;
}

export interface ReviewResult {
  outcome: 'finished' | 'deadline-proceed' | 'deadline-abandon';
  /** What counts, as JSON lines; null for nothing, as at the deadline where a required approval is missing. */
  decisions: Artifact | null;
  /** Who approved; none where the deadline ended the review. */
  approvals: Approval[];
}

/** How a review stands, in few words however many decisions there are. */
export interface ReviewStanding {
  /** How many decisions were taken, undone ones included. */
  decisions: number;
  /** Proposals that nobody has decided about. */
  open: number;
  finished: boolean;
  /** Who approved since the last decision. */
  approvals: Approval[];
  /** How many approvals are still missing. */
  approvalsMissing: number;
  /** Who may still approve; empty for anyone. */
  approversRemaining: string[];
  /** Who may decide; empty for anyone. */
  reviewers: readonly string[];
}

export interface ReviewView extends ReviewStanding {
  pipeline: string;
  cycle: number;
  /** How many proposals the review began with: the first ones of its discovery. */
  proposals: number;
  /** ISO 8601, UTC. */
  waitingSince: string;
  deadline: string;
  /** Why a signal's decision could not be taken; an update tells its sender at once, a signal cannot. The latest. */
  refusedSignals: string[];
  discovery: Artifact;
  utterances: Artifact;
}

/** An update, so that its sender learns at once whether the decision stands; the validator changes nothing. */
export const decideUpdate = defineUpdate<ReviewStanding, [Decision]>('decide');
export const finishUpdate = defineUpdate<ReviewStanding, [ApprovalRequest]>('finish');
/** The same by signal, for the Temporal UI and `temporal workflow signal`. */
export const decideSignal = defineSignal<[Decision]>('decide');
export const finishSignal = defineSignal<[ApprovalRequest]>('finish');
export const reviewStateQuery = defineQuery<ReviewView>('reviewState');
/** The decisions after a number (0 for the first ones), as many as one answer holds; none where there are no more. */
export const reviewDecisionsQuery = defineQuery<DecisionEvent[], [number]>('reviewDecisions');

/** Waits, for weeks if need be, until a person has decided about the proposals of a cycle. */
export async function review(input: ReviewInput): Promise<ReviewResult> {
  const startedMs = Date.now();
  const deadlineMs = startedMs + input.configuration.deadlineHours * 3_600_000;
  const log = new DecisionLog(input.cycleUri);
  const { events } = log;
  const refusedSignals: string[] = [];
  const roles = rolesOf(input.configuration);
  const approvals: Approval[] = [];
  let approvalsEver = 0;
  let finished = false;
  let deciding = false;
  /** Time is up: what comes now comes too late. */
  let expired = false;

  let folded = { events: 0, state: foldReview(input.proposals, events) };
  const state = () => {
    if (folded.events !== events.length)
      folded = { events: events.length, state: foldReview(input.proposals, events) };
    return folded.state;
  };
  const openProposals = () => state().proposals.filter((proposal) => proposal.status === 'open');
  const context = () => ({ state: state(), events, existingIntents: input.existingIntents });
  const standing = (): ReviewStanding => ({
    decisions: events.length,
    open: openProposals().length,
    finished,
    approvals: [...approvals],
    approvalsMissing: missingApprovals(roles, approvals),
    approversRemaining: remainingApprovers(roles, approvals),
    reviewers: roles.reviewers,
  });
  const view = (): ReviewView => ({
    ...standing(),
    pipeline: input.pipeline,
    cycle: input.cycle,
    proposals: input.proposals.length,
    waitingSince: new Date(startedMs).toISOString(),
    deadline: new Date(deadlineMs).toISOString(),
    refusedSignals,
    discovery: input.discovery,
    utterances: input.utterances,
  });
  const show = () =>
    setCurrentDetails(
      describeReview(
        { ...view(), proposals: state().proposals, consoleUrl: input.consoleUrl },
        input.configuration,
      ),
    );

  const objection = (decision: Decision): Sentence | null => {
    if (finished) return reviewObjections.finished;
    if (expired) return reviewObjections.deadlinePassed;
    const { historyLength, historySize } = workflowInfo();
    return (
      objectionTo(decision, context()) ??
      objectionToReviewer(decision.author, roles) ??
      objectionToHistory({ events: historyLength, bytes: historySize })
    );
  };
  const objectionToFinish = (by: Partial<ApprovalRequest> | undefined): Sentence | null => {
    if (finished) return reviewObjections.finishedAlready;
    return expired
      ? reviewObjections.deadlinePassed
      : objectionToApproval(by, roles, approvals, events.length);
  };

  /** Takes a decision after those that came before it: while a split is looked up, the others wait. */
  async function decide(decision: Decision): Promise<void> {
    while (deciding) await condition(() => !deciding);
    deciding = true;
    try {
      const message = objection(decision);
      if (message) throw refuse(message);
      const found = await lookUp(decision);
      events.push({ ...decision, number: events.length + 1, at: new Date().toISOString(), ...found });
    } finally {
      deciding = false;
    }
    // Whoever approved before has not seen this decision.
    approvals.length = 0;
    show();
  }

  /** What only the phrases tell of a decision about some of them. */
  async function lookUp(decision: Decision): Promise<Pick<DecisionEvent, 'interactions' | 'moved'>> {
    const { cycleUri, discovery, utterances } = input;
    if (decision.action === 'split') {
      const decisions = await log.parts();
      const { interactions } = await resolved(
        decision,
        quick.resolveSplit({ cycleUri, discovery, utterances, decisions, decision }),
      );
      return { interactions };
    }
    if (decision.action === 'move') {
      const decisions = await log.parts();
      const { moved } = await resolved(
        decision,
        quick.resolveMove({ cycleUri, discovery, utterances, decisions, decision }),
      );
      return { moved };
    }
    return {};
  }

  async function resolved<T extends { decisions: Artifact | null }>(
    decision: Decision,
    looking: Promise<T>,
  ): Promise<T> {
    // Who sent it is told what the activity said, not that there was one.
    const found = await looking.catch((error: unknown) => {
      throw isCancellation(error) ? error : refusalAfter(error);
    });
    log.isStored(found.decisions);
    const since = objection(decision);
    if (since) throw refuse(since);
    return found;
  }

  function refuseSignal(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    refusedSignals.push(message.slice(0, mostRefusals.characters));
    if (refusedSignals.length > mostRefusals.signals) refusedSignals.shift();
    show();
  }

  function approve({ author }: { author: string }): void {
    approvals.push({ author, at: new Date().toISOString() });
    approvalsEver++;
    finished = missingApprovals(roles, approvals) === 0;
    show();
  }

  setHandler(
    decideUpdate,
    async (decision) => {
      await decide(decision);
      return standing();
    },
    {
      validator: (decision: Decision) => {
        const message = objection(decision);
        if (message) throw refuse(message);
      },
    },
  );
  setHandler(
    finishUpdate,
    (by) => {
      approve(by);
      return standing();
    },
    {
      validator: (by: ApprovalRequest) => {
        const message = objectionToFinish(by);
        if (message) throw refuse(message);
      },
    },
  );
  setHandler(decideSignal, async (decision) => {
    try {
      await decide(decision);
    } catch (error) {
      refuseSignal(error);
    }
  });
  setHandler(finishSignal, (by) => {
    const message = objectionToFinish(by);
    if (message) refuseSignal(message.en);
    else approve(by);
  });
  setHandler(reviewStateQuery, view);
  setHandler(reviewDecisionsQuery, (after) => log.page(after));

  upsertSearchAttributes([
    { key: pipelineAttribute, value: input.pipeline },
    { key: cycleAttribute, value: input.cycle },
    { key: stageAttribute, value: 'review' },
    { key: waitingAttribute, value: true },
  ]);
  show();

  for (let reminder = 0; !finished && Date.now() < deadlineMs; reminder++) {
    const approvalsTold = approvalsEver;
    await quick.notify({
      kind: 'waiting-for-review',
      pipeline: input.pipeline,
      cycle: input.cycle,
      language: input.language,
      topicArn: input.topicArn,
      cycleUri: input.cycleUri,
      reminder,
      open: openProposals().length,
      interactions: openProposals().reduce((sum, one) => sum + one.interactions, 0),
      deadline: new Date(deadlineMs).toISOString(),
      approvals: {
        given: approvals.map(({ author }) => author),
        missing: missingApprovals(roles, approvals),
        remaining: remainingApprovers(roles, approvals),
      },
    });
    const untilMs = Math.min(Date.now() + input.configuration.remindEveryHours * 3_600_000, deadlineMs);
    await condition(() => finished || approvalsEver > approvalsTold, untilMs - Date.now());
  }

  await condition(allHandlersFinished);
  expired = !finished;
  upsertSearchAttributes([{ key: waitingAttribute, value: false }]);
  const result = await ended();
  if (keepsAuditTrail()) {
    await recordAudit(
      input.pipeline,
      reviewRecords({
        id: auditId(),
        cycle: input.cycle,
        events,
        approvals,
        outcome: result.outcome,
        decisionsUsed: result.decisions?.rows ?? 0,
        endedAt: new Date().toISOString(),
      }),
    );
  }
  return result;

  async function ended(): Promise<ReviewResult> {
    if (finished) return { outcome: 'finished', decisions: await log.artifact(), approvals };
    const proceed = input.configuration.onDeadline === 'proceed-without-new-categories';
    return {
      outcome: proceed ? 'deadline-proceed' : 'deadline-abandon',
      decisions: approvalIsRequired(roles) ? null : await log.artifact(),
      approvals: [],
    };
  }
}

/** What an update that is refused fails with: English, as everywhere in Temporal, and beside it what people may read. */
function refuse(message: Message): ApplicationFailure {
  const { english, translations } = splitMessage(message);
  return ApplicationFailure.nonRetryable(english, 'InvalidDecision', ...failureDetails({}, translations));
}

/** The refusal that follows from what an activity found. */
function refusalAfter(error: unknown): ApplicationFailure {
  const cause = rootCause(error);
  return refuse(cause instanceof ApplicationFailure ? messageOfFailure(cause) : rootMessage(cause));
}
