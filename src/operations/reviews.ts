import { type Client, WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { membersByProposal, reviewProposals } from '../domain/category-map';
import { retrainWorkflowId, reviewWorkflowId } from '../domain/cycle';
import type { BorderlinePhrase, Discovery } from '../domain/discovery';
import { upgradeDiscovery, type StoredDiscovery } from '../domain/discovery-versions';
import { InvalidInputError, messageOfFailure, NotFoundError } from '../domain/errors';
import { newExamplesOf } from '../domain/new-examples';
import { explainNewExamples, explainProposal, type Explanation } from '../domain/report';
import {
  foldReview,
  reviewObjections,
  type Decision,
  type DecisionEvent,
  type ReviewedProposal,
} from '../domain/review';
import type { Utterance } from '../domain/utterance';
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
import { answeredByWorker } from './answered-by-worker';

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
  /** What it explains about itself; of a new intent that a split or a merge changed nothing. */
  explanations: Explanation[];
  /** Of new examples those by likeness alone, by id. */
  byLikenessAlone: string[];
}

export async function listReview(
  client: Client,
  store: ObjectStore,
  workflowId: string,
): Promise<ReviewListing> {
  const view = await reviewState(client, workflowId);
  const discovery = await readDiscovery(store, view);
  const events = await decisionsAfter(client, workflowId, 0);
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
      const examples = newExamplesOf(proposal, discovery);
      return {
        ...proposal,
        terms,
        representatives,
        borderline: found?.borderline ?? [],
        explanations: found ? explainProposal(found, discovery, 'en') : explainNewExamples(examples, 'en'),
        byLikenessAlone: examples.byLikenessAlone,
      };
    }),
  };
}

/** A split's proposal is called after the one it came from: `p-1234abcd.3`. */
function rootOf(proposal: string): string {
  return proposal.split('.')[0] ?? proposal;
}

/** A phrase of a proposal. */
export interface ListedPhrase extends Pick<Utterance, 'id' | 'text' | 'count' | 'firstSeen' | 'lastSeen'> {
  /** Whether it is suggested as an example of an intent that the bot did not choose for it. */
  byLikenessAlone: boolean;
}

/** Every phrase of a proposal: those by likeness alone, which have to be looked at, and then the most said first. */
export async function listPhrases(
  store: ObjectStore,
  listing: ReviewListing,
  proposal: string,
): Promise<ListedPhrase[]> {
  const found = listing.proposals.find((one) => one.id === proposal);
  const members = found?.memberIds;
  if (!members) {
    throw new NotFoundError(
      `There is no proposal "${proposal}". Proposals: ${listing.proposals.map((one) => one.id).join(', ')}.`,
      { proposal },
    );
  }
  const wanted = new Set(members);
  const doubtful = new Set(found.byLikenessAlone);
  const lines = (await store.readArtifactText(listing.view.utterances))
    .split('\n')
    .filter((line) => line !== '');
  return lines
    .map((line) => JSON.parse(line) as Utterance)
    .filter((utterance) => wanted.has(utterance.id))
    .map(({ id, text, count, firstSeen, lastSeen }) => ({
      id,
      text,
      count,
      firstSeen,
      lastSeen,
      byLikenessAlone: doubtful.has(id),
    }))
    .sort((a, b) => Number(b.byLikenessAlone) - Number(a.byLikenessAlone) || b.count - a.count);
}

/**
 * Sends one decision and waits until the workflow took it.
 * @param updateId a decision that is sent again under the same id is taken once
 */
export async function sendDecision(
  client: Client,
  workflowId: string,
  decision: Decision,
  updateId?: string,
): Promise<ReviewStanding> {
  return refusing(client, workflowId, () =>
    client.workflow
      .getHandle(workflowId)
      .executeUpdate(decideUpdate, { args: [decision], ...(updateId !== undefined && { updateId }) }),
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
      const { cause = error } = error;
      const message = cause instanceof ApplicationFailure ? messageOfFailure(cause) : cause.message;
      throw new InvalidInputError(message, {}, true, { cause: error });
    }
    if (error instanceof WorkflowNotFoundError)
      throw new InvalidInputError(reviewObjections.over(await reviewState(client, workflowId)), {
        review: workflowId,
      });
    throw error;
  }
}

/**
 * What a review knows, also when it is over.
 * @throws NotFoundError where there was none
 */
export async function reviewState(client: Client, workflowId: string): Promise<ReviewView> {
  try {
    const handle = client.workflow.getHandle(workflowId);
    return await answeredByWorker(client, pipelineOf(workflowId), () => handle.query(reviewStateQuery));
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    const pipeline = pipelineOf(workflowId);
    throw new NotFoundError(
      {
        en: `There is no review ${workflowId}. See "npx ciclo status ${pipeline}" for the cycle that waits for one.`,
        es: `No hay ninguna revisión ${workflowId}. La vista «Ciclos» dice qué ciclo espera a una persona.`,
      },
      { review: workflowId },
    );
  }
}

/** What a review is about: its discovery in today's form. */
export async function readDiscovery(
  store: ObjectStore,
  { discovery }: Pick<ReviewView, 'discovery'>,
): Promise<Discovery> {
  return upgradeDiscovery(JSON.parse(await store.readArtifactText(discovery)) as StoredDiscovery);
}

/** Every decision of a review after a number (0 for all), page by page. */
export async function decisionsAfter(
  client: Client,
  workflowId: string,
  after: number,
): Promise<DecisionEvent[]> {
  const handle = client.workflow.getHandle(workflowId);
  const events: DecisionEvent[] = [];
  for (;;) {
    const page = await answeredByWorker(client, pipelineOf(workflowId), () =>
      handle.query(reviewDecisionsQuery, after + events.length),
    );
    if (page.length === 0) return events;
    events.push(...page);
  }
}

/** `review/PIPELINE/NNNN` */
function pipelineOf(workflowId: string): string {
  return workflowId.split('/')[1] ?? workflowId;
}
