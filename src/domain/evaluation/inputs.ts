/** What an evaluation starts from: labelled items and what the two models answered. */

export interface EvaluationItem {
  id: string;
  text: string;
  /** The right intent, or `FallbackIntent` for what the bot should not understand. */
  intent: string;
  set: 'golden' | 'validation';
}

export interface Prediction {
  itemId: string;
  /** Intent of the first interpretation; `FallbackIntent` where the bot fell back. */
  intent: string;
  /** 0–1; null where the service gave none (a fallback). */
  confidence: number | null;
  latencyMs: number;
}

/** The version that is live and the one that was just trained. */
export type ModelRole = 'champion' | 'challenger';

/** An item that a model did not answer. */
export interface Unanswered {
  itemId: string;
  model: ModelRole;
  /** Short, e.g. the error's name; `no-prediction` where nothing is known. Never an utterance. */
  reason: string;
}

/** What was compared and when; copied into `evaluation.json` as it is. */
export interface EvaluationSubject {
  pipeline: string;
  cycle: number;
  /** ISO 8601, UTC. */
  evaluatedAt: string;
  /** The versions as the target names them, e.g. `4`. */
  champion: string;
  challenger: string;
}
