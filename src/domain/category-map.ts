import type { Discovery } from './discovery';
import { foldReview, subjectsOf, type DecisionEvent, type ReviewProposal } from './review';

/** The versioned scheme of categories: `category-map/vN.json`. Every completed review makes a new version. */
export interface CategoryMap {
  schemaVersion: 1;
  /** 0 before the first review. */
  version: number;
  categories: Category[];
  /** What persons said no to; what is close to it does not come back. */
  rejected: RejectedProposal[];
  /** Every decision ever taken, undone ones included, oldest first. */
  history: MapEvent[];
}

export interface Category {
  name: string;
  /** `new`: Ciclo made the intent; `existing`: the bot had it. */
  origin: 'new' | 'existing';
  /** The cycle in which it entered the map. */
  sinceCycle: number;
  examples: CategoryExample[];
}

export interface CategoryExample {
  id: string;
  text: string;
  count: number;
  cycle: number;
}

export interface RejectedProposal {
  cycle: number;
  proposal: string;
  name: string;
  author: string;
  at: string;
  reason: string | null;
  texts: string[];
}

export type MapEvent = DecisionEvent & { cycle: number };

export const emptyCategoryMap: CategoryMap = {
  schemaVersion: 1,
  version: 0,
  categories: [],
  rejected: [],
  history: [],
};

/** The proposals of a discovery in the form that a review works on. */
export function reviewProposals(discovery: Discovery): ReviewProposal[] {
  return [
    ...discovery.proposals.map((proposal): ReviewProposal => ({
      id: proposal.id,
      kind: 'new-intent',
      name: proposal.name,
      size: proposal.size,
      interactions: proposal.interactions,
      nearestIntent: proposal.nearestIntent,
    })),
    ...discovery.enrichments.map((enrichment): ReviewProposal => ({
      id: enrichment.id,
      kind: 'new-examples',
      name: enrichment.intent,
      size: enrichment.size,
      interactions: enrichment.interactions,
      nearestIntent: null,
    })),
  ];
}

/** Utterance ids of each proposal and enrichment of a discovery. */
export function membersByProposal(discovery: Discovery): Map<string, string[]> {
  return new Map([...discovery.proposals, ...discovery.enrichments].map((one) => [one.id, one.memberIds]));
}

/**
 * Folds one cycle's decisions into the map.
 * @param map the map before
 * @param review the cycle's discovery, its decisions, and text and count of each utterance by id
 * @returns the next version, and what this cycle accepted: the examples that a data set can be built from
 */
export function advanceCategoryMap(
  map: CategoryMap,
  review: {
    cycle: number;
    discovery: Discovery;
    events: readonly DecisionEvent[];
    utterances: ReadonlyMap<string, { text: string; count: number }>;
  },
): { map: CategoryMap; accepted: AcceptedCategory[] } {
  const { proposals } = foldReview(
    reviewProposals(review.discovery),
    review.events,
    membersByProposal(review.discovery),
  );
  const accepted = new Map<string, AcceptedCategory>();
  const rejected: RejectedProposal[] = [];
  for (const proposal of proposals) {
    const examples = (proposal.memberIds ?? []).flatMap((id) => {
      const utterance = review.utterances.get(id);
      return utterance ? [{ id, text: utterance.text, count: utterance.count, cycle: review.cycle }] : [];
    });
    if (proposal.status === 'rejected') {
      const event = [...review.events]
        .reverse()
        .find((one) => one.action === 'reject' && subjectsOf(one).includes(proposal.id));
      rejected.push({
        cycle: review.cycle,
        proposal: proposal.id,
        name: proposal.name,
        author: event?.author ?? '',
        at: event?.at ?? '',
        reason: proposal.reason,
        texts: examples.map((example) => example.text),
      });
    } else if (proposal.category !== null && examples.length > 0) {
      const isNew = proposal.kind === 'new-intent' && proposal.status === 'accepted';
      const category = accepted.get(proposal.category) ?? { intent: proposal.category, isNew, examples: [] };
      category.examples.push(...examples);
      accepted.set(proposal.category, category);
    }
  }
  const categories = new Map(map.categories.map((category) => [category.name, category]));
  for (const { intent, isNew, examples } of accepted.values()) {
    const before = categories.get(intent);
    const known = new Set(before?.examples.map((example) => example.id));
    categories.set(intent, {
      name: intent,
      origin: before?.origin ?? (isNew ? 'new' : 'existing'),
      sinceCycle: before?.sinceCycle ?? review.cycle,
      examples: [...(before?.examples ?? []), ...examples.filter((example) => !known.has(example.id))],
    });
  }
  return {
    map: {
      schemaVersion: 1,
      version: map.version + 1,
      categories: [...categories.values()],
      rejected: [...map.rejected, ...rejected],
      history: [...map.history, ...review.events.map((event) => ({ ...event, cycle: review.cycle }))],
    },
    accepted: [...accepted.values()],
  };
}

/** What this cycle's review gave to one intent. */
export interface AcceptedCategory {
  intent: string;
  isNew: boolean;
  examples: CategoryExample[];
}
