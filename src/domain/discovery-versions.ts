import type { Discovery, NearestIntent, Proposal } from './discovery';

/** `discovery.json` before proposals explained themselves: a review that began then may still be waiting. */
interface DiscoveryVersion1 extends Pick<Discovery, 'embedder' | 'assignments' | 'enrichments' | 'counts'> {
  schemaVersion: 1;
  proposals: (Pick<
    Proposal,
    'id' | 'name' | 'terms' | 'size' | 'interactions' | 'cohesion' | 'representatives' | 'memberIds'
  > & { nearestIntent: Omit<NearestIntent, 'clashes'> | null })[];
}

export type StoredDiscovery = Discovery | DiscoveryVersion1;

/** A stored discovery in today's form; what an earlier version did not hold is null or empty. */
export function upgradeDiscovery(stored: StoredDiscovery): Discovery {
  if (stored.schemaVersion === 2) return stored;
  return {
    ...stored,
    schemaVersion: 2,
    traffic: { interactions: 0, missed: 0, uncertain: 0, from: null, to: null },
    clashSimilarity: null,
    proposals: stored.proposals.map((proposal) => ({
      ...proposal,
      isReturning: false,
      rescuedInteractions: proposal.interactions,
      stability: null,
      trend: null,
      nearestIntent: proposal.nearestIntent && { ...proposal.nearestIntent, clashes: false },
      borderline: [],
      effect: null,
    })),
    tray: [],
    suggestedMerges: [],
  };
}
