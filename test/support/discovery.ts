import type { Discovery, Proposal } from '../../src/domain/discovery';

/** A proposal of which only some things matter. */
export function aProposal(known: Partial<Proposal> & Pick<Proposal, 'id' | 'name'>): Proposal {
  const memberIds = known.memberIds ?? [];
  return {
    isReturning: false,
    terms: [],
    size: memberIds.length,
    interactions: memberIds.length,
    rescuedInteractions: memberIds.length,
    cohesion: 1,
    stability: null,
    trend: null,
    nearestIntent: null,
    representatives: [],
    borderline: [],
    effect: null,
    memberIds,
    ...known,
  };
}

/** A discovery of which only some things matter. */
export function aDiscovery(known: Partial<Discovery>): Discovery {
  return {
    schemaVersion: 2,
    embedder: 'lexical',
    traffic: { interactions: 0, missed: 0, uncertain: 0, from: null, to: null },
    clashSimilarity: null,
    assignments: [],
    proposals: [],
    enrichments: [],
    tray: [],
    suggestedMerges: [],
    counts: { utterances: 0, assignedToIntents: 0, inProposals: 0, noise: 0, previouslyRejected: 0 },
    ...known,
  };
}
