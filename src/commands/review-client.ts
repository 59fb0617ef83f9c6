import type { Client } from '@temporalio/client';
import pc from 'picocolors';
import type { BorderlinePhrase } from '../domain/discovery';
import { upgradeDiscovery, type StoredDiscovery } from '../domain/discovery-versions';
import { NotFoundError, InvalidInputError } from '../domain/errors';
import { explainProposal, type Explanation } from '../domain/report';
import {
  describeApprovals,
  foldReview,
  type Decision,
  type DecisionEvent,
  type ReviewedProposal,
} from '../domain/review';
import { membersByProposal, reviewProposals } from '../domain/category-map';
import type { Utterance } from '../domain/utterance';
import { cycleKey, retrainWorkflowId, reviewWorkflowId } from '../domain/cycle';
import type { ObjectStore } from '../platform/storage/object-store';
import { cycleStatusQuery } from '../workflows/retrain';
import {
  decideUpdate,
  finishUpdate,
  reviewDecisionsQuery,
  reviewStateQuery,
  type ReviewStanding,
  type ReviewView,
} from '../workflows/review';
import { WorkflowUpdateFailedError, WorkflowNotFoundError } from '@temporalio/client';
import { answeredByWorker } from './answered-by-worker';
import { explanationLines, phraseLines, termLines, textWidth } from './discovery-summary';

/** The review that a pipeline's cycle waits in, or a given cycle's. */
export async function findReview(client: Client, pipeline: string, cycle?: number): Promise<string> {
  if (cycle !== undefined) return reviewWorkflowId(pipeline, cycle);
  const nothing = new NotFoundError(
    `No cycle of ${pipeline} waits for a review. See "npx ciclo status ${pipeline}", or start one with "npx ciclo run ${pipeline}".`,
    { pipeline },
  );
  try {
    const cycleOf = client.workflow.getHandle(retrainWorkflowId(pipeline));
    const status = await answeredByWorker(client, pipeline, () => cycleOf.query(cycleStatusQuery));
    if (status.waitingForReview === null) throw nothing;
    return status.waitingForReview;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) throw nothing;
    throw error;
  }
}

/** What the review knows and what was decided, with the phrases of each proposal from its discovery. */
export interface ReviewListing {
  workflowId: string;
  view: ReviewView;
  events: DecisionEvent[];
  proposals: ListedProposal[];
}

/** A proposal as it stands, with the phrases that show what it is about. */
export interface ListedProposal extends ReviewedProposal {
  terms: string[];
  representatives: string[];
  borderline: BorderlinePhrase[];
  /** What it explains about itself; of new examples, and of what a split or a merge changed, nothing. */
  explanations: Explanation[];
}

export async function listReview(
  client: Client,
  store: ObjectStore,
  workflowId: string,
): Promise<ReviewListing> {
  const view = await stateOf(client, workflowId);
  const discovery = upgradeDiscovery(
    JSON.parse(await store.readArtifactText(view.discovery)) as StoredDiscovery,
  );
  const events = await decisionsOf(client, workflowId);
  const proposals = reviewProposals(discovery).slice(0, view.proposals);
  const folded = foldReview(proposals, events, membersByProposal(discovery));
  const evidence = new Map<string, { terms: string[]; representatives: string[] }>();
  for (const proposal of discovery.proposals) evidence.set(proposal.id, proposal);
  for (const { id, representatives } of discovery.enrichments)
    evidence.set(id, { terms: [], representatives });
  return {
    workflowId,
    view,
    events,
    proposals: folded.proposals.map((proposal) => {
      const { terms, representatives } = evidence.get(rootOf(proposal.id)) ?? {
        terms: [],
        representatives: [],
      };
      const found = discovery.proposals.find(({ id, size }) => id === proposal.id && size === proposal.size);
      return {
        ...proposal,
        terms,
        representatives,
        borderline: found?.borderline ?? [],
        explanations: found ? explainProposal(found, discovery, 'en') : [],
      };
    }),
  };
}

/** A split's proposal is called after the one it came from: `p-1234abcd.3`. */
function rootOf(proposal: string): string {
  return proposal.split('.')[0] ?? proposal;
}

/**
 * The listing for a person.
 * @param columns of the terminal
 */
export function formatReview(listing: ReviewListing, columns: number): string {
  const { view } = listing;
  const width = textWidth(columns);
  const pipeline = view.pipeline;
  const blocks = listing.proposals.map((proposal) => {
    const kind = proposal.kind === 'new-intent' ? 'new intent' : 'new examples for';
    const state =
      proposal.status === 'open'
        ? pc.yellow('open')
        : `${proposal.status}${proposal.category ? ` → ${proposal.category}` : ''}`;
    const head = `${pc.bold(proposal.id)}  ${kind} ${pc.bold(proposal.name)}  [${state}]`;
    return [head, ...evidenceLines(proposal, width)].join('\n');
  });
  const refused = view.refusedSignals.map((reason) => `\nA signal could not be followed: ${reason}`).join('');
  return [
    `Review of ${pipeline}, cycle ${view.cycle}: waiting since ${view.waitingSince}, deadline ${view.deadline}`,
    ...describeApprovals(view),
    '',
    blocks.join('\n\n'),
    refused,
    `Phrases: npx ciclo review ${pipeline} show PROPOSAL`,
    `Decide:  npx ciclo review ${pipeline} accept PROPOSAL [--name NewIntent] | accept-all | rename | merge | split | assign | reject | undo`,
    `Finish:  npx ciclo review ${pipeline} finish${severalApprove(view) ? ` --decisions ${listing.events.length}` : ''}`,
  ].join('\n');
}

/** What a proposal explains about itself, or at least its size, and phrases. */
function evidenceLines(proposal: ListedProposal, width: number): string[] {
  const { explanations, size, interactions, terms, representatives } = proposal;
  const sizeAlone: Explanation = { kind: 'fact', text: `${size} phrases, ${interactions} interactions` };
  return [
    ...explanationLines(explanations.length > 0 ? explanations : [sizeAlone], width),
    ...termLines(terms, width),
    ...phraseLines(representatives, width),
  ];
}

/** Whether somebody approves what somebody else decided, who should have seen all of it. */
function severalApprove(view: ReviewView): boolean {
  return view.approvals.length + view.approvalsMissing > 1 || view.approversRemaining.length > 0;
}

/** Every phrase of a proposal, the most said first. */
export async function listPhrases(
  store: ObjectStore,
  listing: ReviewListing,
  proposal: string,
): Promise<Pick<Utterance, 'id' | 'text' | 'count' | 'firstSeen' | 'lastSeen'>[]> {
  const members = listing.proposals.find((one) => one.id === proposal)?.memberIds;
  if (!members) {
    throw new NotFoundError(
      `There is no proposal "${proposal}". Proposals: ${listing.proposals.map((one) => one.id).join(', ')}.`,
      { proposal },
    );
  }
  const wanted = new Set(members);
  const lines = (await store.readArtifactText(listing.view.utterances))
    .split('\n')
    .filter((line) => line !== '');
  return lines
    .map((line) => JSON.parse(line) as Utterance)
    .filter((utterance) => wanted.has(utterance.id))
    .map(({ id, text, count, firstSeen, lastSeen }) => ({ id, text, count, firstSeen, lastSeen }))
    .sort((a, b) => b.count - a.count);
}

/** Sends one decision and waits until the workflow took it. */
export async function sendDecision(
  client: Client,
  workflowId: string,
  decision: Decision,
): Promise<ReviewStanding> {
  return refusing(client, workflowId, () =>
    client.workflow.getHandle(workflowId).executeUpdate(decideUpdate, { args: [decision] }),
  );
}

/** Approves, which ends the review once enough people did; what was not decided stays undecided. */
export async function finishReview(
  client: Client,
  workflowId: string,
  author: string,
  decisions?: number,
): Promise<ReviewStanding> {
  return refusing(client, workflowId, () =>
    client.workflow.getHandle(workflowId).executeUpdate(finishUpdate, {
      args: [{ author, ...(decisions !== undefined && { decisions }) }],
    }),
  );
}

async function refusing<T>(client: Client, workflowId: string, send: () => Promise<T>): Promise<T> {
  try {
    return await answeredByWorker(client, pipelineOf(workflowId), send);
  } catch (error) {
    if (error instanceof WorkflowUpdateFailedError) {
      throw new InvalidInputError(error.cause?.message ?? error.message, {}, true, { cause: error });
    }
    if (error instanceof WorkflowNotFoundError)
      throw new InvalidInputError(whyOver(await stateOf(client, workflowId)), { review: workflowId });
    throw error;
  }
}

/**
 * What a review knows, also when it is over.
 * @throws NotFoundError where there was none
 */
async function stateOf(client: Client, workflowId: string): Promise<ReviewView> {
  try {
    const handle = client.workflow.getHandle(workflowId);
    return await answeredByWorker(client, pipelineOf(workflowId), () => handle.query(reviewStateQuery));
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    const pipeline = pipelineOf(workflowId);
    throw new NotFoundError(
      `There is no review ${workflowId}. See "npx ciclo status ${pipeline}" for the cycle that waits for one.`,
      { review: workflowId },
    );
  }
}

/** Every decision of a review, page by page. */
async function decisionsOf(client: Client, workflowId: string): Promise<DecisionEvent[]> {
  const handle = client.workflow.getHandle(workflowId);
  const events: DecisionEvent[] = [];
  for (;;) {
    const page = await answeredByWorker(client, pipelineOf(workflowId), () =>
      handle.query(reviewDecisionsQuery, events.length),
    );
    if (page.length === 0) return events;
    events.push(...page);
  }
}

function whyOver({ pipeline, cycle, finished, deadline }: ReviewView): string {
  const why = finished
    ? 'was finished: its decisions are being used'
    : `ended at its deadline, ${deadline}: what the pipeline file says under review.onDeadline was done`;
  return `The review of cycle ${cycle} of ${pipeline} ${why}. Decide about what is still open in the next cycle: npx ciclo run ${pipeline}`;
}

/** `review/PIPELINE/NNNN` */
function pipelineOf(workflowId: string): string {
  return workflowId.split('/')[1] ?? workflowId;
}

/** The commands that answer a review, for whoever watches a cycle. */
export function howToAnswer(pipeline: string, cycle: number, proposals: number | null): string[] {
  return [
    `  ${proposals === null ? 'Some' : proposals} proposals wait for a person:`,
    `    npx ciclo review ${pipeline}                     look at them`,
    `    npx ciclo review ${pipeline} accept PROPOSAL     (or accept-all, rename, merge, split, assign, reject, undo)`,
    `    npx ciclo review ${pipeline} finish              the cycle goes on`,
    `  or by signal: temporal workflow signal --workflow-id review/${pipeline}/${cycleKey(cycle)} --name decide \\`,
    `    --input '{"action":"accept-all","author":"you"}'   and then --name finish --input '{"author":"you"}'`,
  ];
}
