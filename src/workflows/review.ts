import {
  allHandlersFinished,
  condition,
  defineQuery,
  defineSignal,
  defineUpdate,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import { ApplicationFailure } from '@temporalio/common';
import type { Artifact } from '../domain/artifact';
import { reviewRecords } from '../domain/audit';
import type { ReviewConfiguration } from '../domain/pipeline';
import {
  approvalIsRequired,
  describeReview,
  foldReview,
  missingApprovals,
  objectionTo,
  objectionToApproval,
  objectionToReviewer,
  remainingApprovers,
  rolesOf,
  type Approval,
  type ApprovalRequest,
  type Decision,
  type DecisionEvent,
  type ReviewedProposal,
  type ReviewProposal,
} from '../domain/review';
import { auditId, keepsAuditTrail, recordAudit } from './audit';
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
  discovery: Artifact;
  utterances: Artifact;
  configuration: ReviewConfiguration;
}

export interface ReviewResult {
  outcome: 'finished' | 'deadline-proceed' | 'deadline-abandon';
  /** What counts; at the deadline nothing where an approval was required and is missing. */
  events: DecisionEvent[];
  /** Who approved; none where the deadline ended the review. */
  approvals: Approval[];
}

export interface ReviewView {
  pipeline: string;
  cycle: number;
  proposals: ReviewedProposal[];
  events: DecisionEvent[];
  /** ISO 8601, UTC. */
  waitingSince: string;
  deadline: string;
  finished: boolean;
  /** Who approved since the last decision. */
  approvals: Approval[];
  /** How many approvals are still missing. */
  approvalsMissing: number;
  /** Who may still approve; empty for anyone. */
  approversRemaining: string[];
  /** Who may decide; empty for anyone. */
  reviewers: readonly string[];
  /** Why a signal's decision could not be taken; an update tells its sender at once, a signal cannot. */
  refusedSignals: string[];
  discovery: Artifact;
  utterances: Artifact;
}

/** An update, so that its sender learns at once whether the decision stands; the validator changes nothing. */
export const decideUpdate = defineUpdate<ReviewView, [Decision]>('decide');
export const finishUpdate = defineUpdate<ReviewView, [ApprovalRequest]>('finish');
/** The same by signal, for the Temporal UI and `temporal workflow signal`. */
export const decideSignal = defineSignal<[Decision]>('decide');
export const finishSignal = defineSignal<[ApprovalRequest]>('finish');
export const reviewStateQuery = defineQuery<ReviewView>('reviewState');

/** Waits, for weeks if need be, until a person has decided about the proposals of a cycle. */
export async function review(input: ReviewInput): Promise<ReviewResult> {
  const startedMs = Date.now();
  const deadlineMs = startedMs + input.configuration.deadlineHours * 3_600_000;
  const events: DecisionEvent[] = [];
  const refusedSignals: string[] = [];
  const roles = rolesOf(input.configuration);
  const approvals: Approval[] = [];
  let approvalsEver = 0;
  let finished = false;
  /** Time is up: what comes now comes too late. */
  let expired = false;

  const state = () => foldReview(input.proposals, events);
  const context = () => ({ state: state(), events, existingIntents: input.existingIntents });
  const view = (): ReviewView => ({
    pipeline: input.pipeline,
    cycle: input.cycle,
    proposals: state().proposals,
    events,
    waitingSince: new Date(startedMs).toISOString(),
    deadline: new Date(deadlineMs).toISOString(),
    finished,
    approvals: [...approvals],
    approvalsMissing: missingApprovals(roles, approvals),
    approversRemaining: remainingApprovers(roles, approvals),
    reviewers: roles.reviewers,
    refusedSignals,
    discovery: input.discovery,
    utterances: input.utterances,
  });
  const show = () => setCurrentDetails(describeReview(view(), input.configuration));

  const deadlinePassed = 'The deadline of the review has passed; the proposals come back in the next cycle.';
  const objection = (decision: Decision): string | null => {
    if (finished) return 'The review is finished: its decisions are being used.';
    if (expired) return deadlinePassed;
    return objectionTo(decision, context()) ?? objectionToReviewer(decision.author, roles);
  };
  const objectionToFinish = (by: Partial<ApprovalRequest> | undefined): string | null => {
    if (finished) return 'The review is finished already.';
    return expired ? deadlinePassed : objectionToApproval(by, roles, approvals, events.length);
  };
  const refuse = (message: string) => ApplicationFailure.nonRetryable(message, 'InvalidDecision');

  async function decide(decision: Decision): Promise<void> {
    let interactions: number | undefined;
    if (decision.action === 'split') {
      interactions = await quick.resolveSplit({
        discovery: input.discovery,
        utterances: input.utterances,
        events,
        decision,
      });
      const since = objection(decision);
      if (since) throw refuse(since);
    }
    events.push({
      ...decision,
      number: events.length + 1,
      at: new Date().toISOString(),
      ...(interactions !== undefined && { interactions }),
    });
    // Whoever approved before has not seen this decision.
    approvals.length = 0;
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
      return view();
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
      return view();
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
      const message = objection(decision);
      if (message) throw refuse(message);
      await decide(decision);
    } catch (error) {
      refusedSignals.push(error instanceof Error ? error.message : String(error));
      show();
    }
  });
  setHandler(finishSignal, (by) => {
    const message = objectionToFinish(by);
    if (message) {
      refusedSignals.push(message);
      show();
    } else {
      approve(by);
    }
  });
  setHandler(reviewStateQuery, view);

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
      open: state().proposals.filter((proposal) => proposal.status === 'open').length,
      interactions: openInteractions(state().proposals),
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
  const result = ended();
  if (keepsAuditTrail()) {
    await recordAudit(
      input.pipeline,
      reviewRecords({
        id: auditId(),
        cycle: input.cycle,
        events,
        approvals,
        outcome: result.outcome,
        decisionsUsed: result.events.length,
        endedAt: new Date().toISOString(),
      }),
    );
  }
  return result;

  function ended(): ReviewResult {
    if (finished) return { outcome: 'finished', events, approvals };
    const proceed = input.configuration.onDeadline === 'proceed-without-new-categories';
    return {
      outcome: proceed ? 'deadline-proceed' : 'deadline-abandon',
      events: approvalIsRequired(roles) ? [] : events,
      approvals: [],
    };
  }
}

function openInteractions(proposals: readonly ReviewedProposal[]): number {
  return proposals.filter((one) => one.status === 'open').reduce((sum, one) => sum + one.interactions, 0);
}
