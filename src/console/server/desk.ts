import type { Client } from '@temporalio/client';
import { membersByProposal, reviewProposals } from '../../domain/category-map';
import { reviewWorkflowId } from '../../domain/cycle';
import { phraseGroups, type PhraseGroups } from '../../domain/phrase-groups';
import type { PipelineConfiguration } from '../../domain/pipeline';
import { foldReview, type DecisionEvent, type ReviewState } from '../../domain/review';
import { decisionsAfter, reviewState } from '../../operations/reviews';
import { cycleUri } from '../../platform/registry/cycles';
import type { ObjectStore } from '../../platform/storage/object-store';
import type { ReviewView } from '../../workflows/review';
import { MaterialsReader, type Materials } from './materials';

/** A review as it stands: what was decided, over what it is about. */
export interface OpenReview {
  workflowId: string;
  view: ReviewView;
  events: readonly DecisionEvent[];
  state: ReviewState;
  groups: PhraseGroups;
  materials: Materials;
}

/** Reviews whose decisions are kept at hand. */
const mostKept = 20;

/** Looks up reviews in their workflows; of the decisions, which are only ever added, it asks for those after the last. */
export class ReviewDesk {
  private readonly materials: MaterialsReader;
  private readonly events = new Map<string, DecisionEvent[]>();

  constructor(
    private readonly client: Client,
    store: ObjectStore,
  ) {
    this.materials = new MaterialsReader(store);
  }

  /** @throws NotFoundError where the cycle has no review */
  async open(configuration: PipelineConfiguration, cycle: number): Promise<OpenReview> {
    const workflowId = reviewWorkflowId(configuration.name, cycle);
    const view = await reviewState(this.client, workflowId);
    const [events, materials] = await Promise.all([
      this.decisions(workflowId, view),
      this.materials.of(view, cycleUri(configuration.store.uri, cycle)),
    ]);
    const proposals = reviewProposals(materials.discovery).slice(0, view.proposals);
    const state = foldReview(proposals, events, membersByProposal(materials.discovery));
    const groups = phraseGroups(materials.discovery, state);
    return { workflowId, view, events, state, groups, materials };
  }

  /** All decisions of a review that its state counts. */
  async decisions(
    workflowId: string,
    { decisions, waitingSince }: Pick<ReviewView, 'decisions' | 'waitingSince'>,
  ): Promise<DecisionEvent[]> {
    // A pipeline that was begun anew may have another review of the same name.
    const key = `${workflowId} ${waitingSince}`;
    const known = this.events.get(key) ?? [];
    if (known.length >= decisions) return known.slice(0, decisions);
    const since = await decisionsAfter(this.client, workflowId, known.length);
    const all = [...known, ...since];
    this.events.delete(key);
    this.events.set(key, all);
    const [oldest] = this.events.keys();
    if (this.events.size > mostKept && oldest !== undefined) this.events.delete(oldest);
    return all;
  }
}
