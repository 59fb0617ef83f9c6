import type { LeftOutReason, QuarantineReason } from './reasons';

/** One turn of a conversation, as a log states it: what a person said and what the bot made of it. */
export interface Turn {
  /** As typed: neither normalised nor redacted yet. Must not be stored. */
  text: string;
  /** The intent that the bot chose; null where it fell back. */
  intent: string | null;
  /** Of that intent, 0–1. */
  confidence: number | null;
  /** The best real intent behind a fallback, where the log states one. */
  alternative: { intent: string; confidence: number } | null;
  /** Milliseconds since 1970, UTC. */
  timeMs: number | null;
  sessionId: string | null;
  requestId: string | null;
  /** The reason to leave the turn out that the record itself shows, or null. */
  leftOut: LeftOutReason | null;
  /** The bot ended this turn with a question for a slot or a confirmation: the next turn of the session answers it. */
  awaitsAnswer: boolean;
}

/** What reading one record gives: a turn, or the reason why it cannot be used. */
export type RecordReading = Turn | Rejection;

/** `detail` says which field is wrong and how; it never quotes the record. */
export interface Rejection {
  reason: QuarantineReason;
  detail: string;
}

export function isRejection(reading: RecordReading): reading is Rejection {
  return 'reason' in reading;
}

/** The longest phrase that counts as an utterance: RecognizeText takes 1,024 characters. */
export const maximumTextLength = 1_024;
