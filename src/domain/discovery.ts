import type { EmbeddingUsage, ModelSuggestion, NamingUsage } from './embedding';

/** What discovery suggests, as `discovery.json` holds it. */

/** Where one utterance belongs according to discovery: exactly one of the three. Noise lies in the tray. */
export type Assignment =
  | { id: string; proposal: string }
  | { id: string; intent: string; similarity: number }
  | { id: string; noise: true };

/** A category that the bot does not know yet, with what a person needs to judge it. */
export interface Proposal {
  /** `p-` and 8 hexadecimal digits; kept from cycle to cycle while most of its utterances stay together. */
  id: string;
  /** Whether it stood in the discovery before this one, under the same id. */
  isReturning: boolean;
  /** Suggested intent name in the style of the bot's own intents, e.g. `PreguntarWifi`. */
  name: string;
  /** What a language model suggests beside it; absent where none was asked or had no answer. */
  suggestedByModel?: ModelSuggestion;
  /** Words that set it apart, best first. */
  terms: string[];
  /** Distinct utterances. */
  size: number;
  /** Interactions: the sum of its utterances' counts. */
  interactions: number;
  /** Those of them that the bot missed or was uncertain about: what the proposal would rescue. */
  rescuedInteractions: number;
  /** Mean cosine similarity of its members to its centre, 0–1. */
  cohesion: number;
  /** How well it holds under resampling, 0–1; null where that was not measured. */
  stability: number | null;
  /** Null where the log carries too few times to tell. */
  trend: Trend | null;
  nearestIntent: NearestIntent | null;
  /** The proposals that it comes closest to, the nearest first (at most 3). Absent in discoveries of before it was told. */
  near?: NearProposal[];
  /** Phrases that show what it is about, most typical first (at most 8). */
  representatives: string[];
  /** Phrases at its edge, which might as well belong elsewhere, the most doubtful first (at most 5). */
  borderline: BorderlinePhrase[];
  /** What accepting it would probably do; null where that was not estimated. */
  effect: ProposalEffect | null;
  /** Ids of its utterances, most typical first. */
  memberIds: string[];
}

export interface NearestIntent {
  name: string;
  /** Mean over the members of their three best cosines to the intent's examples, 0–1. */
  similarity: number;
  /** Whether the bot's own intents hardly ever come so close to each other: one of the two would suffer. */
  clashes: boolean;
}

/** Another proposal that may be a piece of the same topic. */
export interface NearProposal {
  /** Its id. */
  proposal: string;
  /** Mean of both ways over the members of their three best cosines to the other's members, 0–1. */
  similarity: number;
}

export interface BorderlinePhrase {
  text: string;
  /** The intent's name or the proposal's id that it lies nearest to beside its own. */
  near: string;
}

/** How a topic's interactions are spread over the time that the utterances cover. */
export interface Trend {
  /**
   * `new`: not said in the first half, though about as much as later would have been expected; `growing`, `falling`: a
   * larger or smaller share of it than of all traffic falls in the second half, beyond chance (95 %); else `steady`.
   */
  direction: 'new' | 'growing' | 'falling' | 'steady';
  /** Interactions in the first and in the second half of the time, estimated: see `perBucket`. */
  earlier: number;
  later: number;
  /** Share of all utterances' interactions that falls in the second half. */
  usualLaterShare: number;
  /** Length of a bucket; the first one begins at the start of the time covered. */
  bucketDays: number;
  /**
   * Interactions in each bucket. The first and the last time of each utterance are known; what was said in between is
   * taken to be spread evenly.
   */
  perBucket: number[];
}

/** Estimates by a nearest-centre classifier on the embeddings, five-fold cross-validated; not what the bot's own engine will do. */
export interface ProposalEffect {
  fallback: {
    /** Interactions of its utterances that the bot missed. */
    interactions: number;
    /** Their share of all interactions that the bot missed: at most so much of the fallbacks would go. */
    share: number;
    /** The same, times the share of its own phrases that are recognised when held out. */
    likelyShare: number;
  };
  /** Held-out phrases of its own that were recognised among all intents and proposals, with a 95 % Wilson interval. */
  own: { phrases: number; recognised: number; lower: number; upper: number } | null;
  /** Of the intents nearest to it those that would lose most (at most 3), the greatest loss of F1 first. */
  neighbours: NeighbourEffect[];
}

export interface NeighbourEffect {
  intent: string;
  /** Known examples of the intent that were held out in turn. */
  examples: number;
  /** F1 among the known intents, before and with the proposal, 0–1. */
  f1Before: number;
  f1After: number;
  /** Examples recognised before that would go to the proposal. */
  examplesLost: number;
  /** One-sided 95 % lower bound of the change in recall (Tango): what cannot be ruled out, −1–0. */
  worstRecallChange: number;
}

/** New examples for an intent that the bot has. */
export interface Enrichment {
  /** `e-` and the intent's name. */
  id: string;
  intent: string;
  size: number;
  /**
   * For so many of its utterances the bot chose the intent itself. The others have the word of their neighbours alone: on
   * the café's logs 97 in 100 of the former are right, and half of the latter. Absent in discoveries of before it was
   * counted.
   */
  chosenByBot?: number;
  interactions: number;
  representatives: string[];
  /** Those that the bot chose the intent for, most typical first, then the others. */
  memberIds: string[];
}

/**
 * Noise that was set aside together: nothing is deleted. `group`: phrases that belong together, but too few or too
 * loosely to be proposed; `loose`: phrases that stand alone; `language`: surely in another language than the bot's;
 * `rejected`: close to what a person said no to; `wordless`: without a letter or digit.
 */
export interface TrayGroup {
  /** `t-` and 8 hexadecimal digits for a group, else `t-` and the kind, with the language where there is one. */
  id: string;
  kind: 'group' | 'loose' | 'language' | 'rejected' | 'wordless';
  /** ISO 639-1, of kind `language`; else null. */
  language: string | null;
  /** Words that set it apart; of kind `group`. */
  terms: string[];
  size: number;
  interactions: number;
  /** Mean cosine similarity to its centre, 0–1; null for what is no group. */
  cohesion: number | null;
  /** At most 8. */
  representatives: string[];
  memberIds: string[];
}

/** Two proposals that are about as close as one topic is to itself: a person may want to merge them. */
export interface SuggestedMerge {
  /** Ids, the one with more interactions first. */
  proposals: [string, string];
  /** 0–1 */
  similarity: number;
}

/** The interactions behind the utterances. */
export interface Traffic {
  interactions: number;
  missed: number;
  uncertain: number;
  /** ISO 8601: the first and last time on record; null where there is none. */
  from: string | null;
  to: string | null;
}

export interface DiscoveryCounts {
  utterances: number;
  assignedToIntents: number;
  inProposals: number;
  noise: number;
  /** Those of the noise that are close to something rejected before. */
  previouslyRejected: number;
}

/** So many of the phrases, drawn by chance, stood for all: topics were looked for among them, and the others joined. */
export interface DiscoverySample {
  /** Phrases that differ in their words, the bot's examples among them. */
  phrases: number;
  of: number;
}

export interface Discovery {
  schemaVersion: 2;
  /** The embedder that was used: `lexical`, `onnx:MODEL` or `bedrock:MODEL_ID`. */
  embedder: string;
  /** Absent in discoveries of before it was counted. */
  embedding?: EmbeddingUsage;
  /** Absent where no model was asked for names. */
  naming?: NamingUsage;
  traffic: Traffic;
  /** Absent where topics were looked for among all phrases. */
  sample?: DiscoverySample;
  /**
   * Similarity from which two intents clash: nine in ten of the bot's own intents are further from their nearest. Null
   * where the bot has too few intents to tell.
   */
  clashSimilarity: number | null;
  assignments: Assignment[];
  /** Best first: by interactions that they would rescue. */
  proposals: Proposal[];
  enrichments: Enrichment[];
  /** All noise, each utterance once: groups by size × cohesion, then the other kinds. */
  tray: TrayGroup[];
  /** The closest pair first. */
  suggestedMerges: SuggestedMerge[];
  counts: DiscoveryCounts;
}

/** What a discovery needs of the one before it to keep the ids of proposals that persist. */
export interface PreviousDiscovery {
  proposals: Pick<Proposal, 'id' | 'name' | 'memberIds'>[];
  /** All utterances that it looked at. */
  utteranceIds: string[];
}
