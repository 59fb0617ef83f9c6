/** What the live bot made of a phrase. `uncertain`: it chose an intent with a confidence under the pipeline's limit. */
export type Outcome = 'understood' | 'uncertain' | 'missed';

/** A distinct phrase that people said, after normalisation and redaction: one line of `utterances.jsonl`. */
export interface Utterance {
  /** First 16 hexadecimal digits of the SHA-256 of `text`. */
  id: string;
  /** Normalised, with personal data replaced by placeholders such as `<PHONE_1>`. */
  text: string;
  /** ISO 639-1 code, or `und` where the phrase is too short to tell. */
  language: string;
  /** Interactions in which it was said. */
  count: number;
  /** ISO 8601, UTC; null where the log carries no time. */
  firstSeen: string | null;
  lastSeen: string | null;
  /** The most frequent outcome among its interactions. */
  outcome: Outcome;
  /** The intent that the bot chose most often; null where it fell back. */
  intent: string | null;
  /** Mean confidence 0–1 of that intent, where the log states it. */
  confidence: number | null;
  /** The best real intent behind a fallback, where the log states one. */
  alternative: { intent: string; confidence: number } | null;
}

/** A phrase with the intent it belongs to: one line of `known.jsonl`, of a training or of a golden set. */
export interface LabelledUtterance {
  text: string;
  intent: string;
}

/** Stands for "none of the bot's intents" in labels and predictions. */
export const outOfScope = 'FallbackIntent';
