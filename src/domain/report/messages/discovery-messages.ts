import type { TrayGroup, Trend } from '../../discovery';

/** What the report on a discovery, and what explains a proposal, say in one language. Numbers come as they are read. */
export interface DiscoveryMessages {
  title: string;
  subtitle: (facts: { embedder: string; utterances: string; interactions: string }) => string;
  period: (from: string, to: string) => string;
  missed: (missed: string, uncertain: string) => string;
  /** Where topics were looked for among a part of the phrases only. */
  sample: (phrases: string, of: string) => string;
  places: Record<'assignedToIntents' | 'inProposals' | 'noise', string>;
  proposalsHeading: (count: string) => string;
  noProposals: string;
  proposalsNote: string;
  /** `returning`: known from the discovery before. */
  returning: string;
  size: (facts: { phrases: string; interactions: string; rescued: string }) => string;
  /** What a language model would call it. */
  byModel: (facts: { name: string; description: string }) => string;
  /** Shares of all fallbacks. */
  fallback: (facts: { share: string; likelyShare: string }) => string;
  cohesion: (cohesion: string, stability: string | null) => string;
  trend: Record<
    Trend['direction'],
    (facts: { earlier: string; later: string; usualLaterShare: string }) => string
  >;
  trendChart: (facts: { buckets: string; days: string }) => string;
  nearest: (facts: { intent: string; similarity: string }) => string;
  clash: (facts: { intent: string; similarity: string; limit: string }) => string;
  own: (facts: { recognised: string; phrases: string; lower: string; upper: string }) => string;
  neighboursKept: (intents: string) => string;
  neighbourLoses: (facts: {
    intent: string;
    before: string;
    after: string;
    examples: string;
    worst: string;
  }) => string;
  merge: (facts: { name: string; similarity: string }) => string;
  /** The nearest first. */
  nearProposals: (near: readonly { name: string; similarity: string }[]) => string;
  /** Opens what a proposal explained about itself. */
  whyFound: string;
  terms: string;
  representatives: string;
  borderline: string;
  /** Behind a borderline phrase. */
  near: (name: string) => string;
  enrichmentsHeading: (count: string) => string;
  /** Of them those that the bot itself did not choose the intent for. */
  enrichmentsByNeighbours: (count: string) => string;
  /** The same of one intent in a review; null where there are none by likeness alone. */
  newExamples: (facts: { chosenByBot: string; byLikenessAlone: string | null }) => string;
  trayHeading: (count: string) => string;
  trayNote: string;
  trayKinds: Record<TrayGroup['kind'], string>;
  language: (name: string) => string;
  /** Names of languages by ISO 639-1; the code itself for others. */
  languages: Record<string, string>;
  trayFacts: (facts: { phrases: string; interactions: string; cohesion: string | null }) => string;
  moreGroups: (count: string) => string;
  mapHeading: string;
  mapNote: string;
  mapLabel: (points: string) => string;
  mapOthers: Record<'intent' | 'noise', string>;
  methodHeading: string;
  method: string;
}
