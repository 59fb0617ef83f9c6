/** The comparison of champion and challenger: inputs and the documented shape of `evaluation.json`. */

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

/** An estimate with its interval. */
export interface Interval {
  value: number;
  lower: number;
  upper: number;
}
