/** What discovery suggests, as `discovery.json` holds it. */

/** Where one utterance belongs according to discovery: exactly one of the three. */
export type Assignment =
  | { id: string; proposal: string }
  | { id: string; intent: string; similarity: number }
  | { id: string; noise: true };

/** A category that the bot does not know yet. */
export interface Proposal {
  /** Stable for the same members: `p-` and 8 hexadecimal digits. */
  id: string;
  /** Suggested intent name in the style of the bot's own intents, e.g. `PreguntarWifi`. */
  name: string;
  /** Words that set it apart, best first. */
  terms: string[];
  /** Distinct utterances. */
  size: number;
  /** Interactions: the sum of its utterances' counts. */
  interactions: number;
  /** Mean cosine similarity of its members to its centre, 0–1. */
  cohesion: number;
  nearestIntent: { name: string; similarity: number } | null;
  /** Phrases that show what it is about, most typical first (at most 8). */
  representatives: string[];
  /** Ids of its utterances, most typical first. */
  memberIds: string[];
}

/** New examples for an intent that the bot has. */
export interface Enrichment {
  /** `e-` and the intent's name. */
  id: string;
  intent: string;
  size: number;
  interactions: number;
  representatives: string[];
  memberIds: string[];
}

export interface Discovery {
  schemaVersion: 1;
  /** The embedder that was used: `lexical` or `onnx:FOLDER`. */
  embedder: string;
  assignments: Assignment[];
  /** Best first: by interactions that they would rescue. */
  proposals: Proposal[];
  enrichments: Enrichment[];
  counts: {
    utterances: number;
    assignedToIntents: number;
    inProposals: number;
    noise: number;
    previouslyRejected: number;
  };
}
