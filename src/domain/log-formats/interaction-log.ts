import {
  badConfidence,
  badIntent,
  badTimestamp,
  isObject,
  longText,
  noText,
  parseConfidence,
  parseIdentifier,
  parseIntent,
  parseTimestamp,
  type JsonObject,
} from './fields';
import { maximumTextLength, type RecordReading } from './turn';

/** The fields of the plain log that a bot's Lambda function writes, one object an interaction. */
export function isInteractionLog(record: JsonObject): boolean {
  return 'userInput' in record || ('intent' in record && ('sessionId' in record || 'timestamp' in record));
}

/**
 * Reads a record of the plain JSON log: `userInput` and `intent`, and where stated `timestamp`, `sessionId`,
 * `confidence`, `requestId` and the dialogue's state (`dialogState`, or `dialogAction` with its `type`).
 */
export function readInteractionLog(record: JsonObject): RecordReading {
  return readInteraction({
    text: record['userInput'],
    intent: isObject(record['intent']) ? record['intent']['name'] : record['intent'],
    timestamp: record['timestamp'],
    sessionId: record['sessionId'],
    requestId: record['requestId'],
    confidence: record['confidence'],
    awaitsAnswer: asksForAnswer(record['dialogState'] ?? record['dialogAction']),
  });
}

/** The fields of an interaction before they are checked: from a JSON log or from the columns of a CSV row. */
export interface StatedInteraction {
  text: unknown;
  intent: unknown;
  timestamp: unknown;
  sessionId: unknown;
  requestId?: unknown;
  confidence: unknown;
  awaitsAnswer: boolean;
}

/** Checks the fields of an interaction and makes a turn of them, or says which field is wrong. */
export function readInteraction(stated: StatedInteraction): RecordReading {
  if (typeof stated.text !== 'string') return noText;
  if (stated.text.length > maximumTextLength) return longText;
  const intent = parseIntent(stated.intent);
  if (intent === undefined) return badIntent;
  const timeMs = parseTimestamp(stated.timestamp);
  if (Number.isNaN(timeMs)) return badTimestamp;
  const confidence = parseConfidence(stated.confidence);
  if (Number.isNaN(confidence)) return badConfidence;
  return {
    text: stated.text,
    intent,
    confidence: intent === null ? null : confidence,
    alternative: null,
    timeMs,
    sessionId: parseIdentifier(stated.sessionId),
    requestId: parseIdentifier(stated.requestId),
    leftOut: null,
    awaitsAnswer: stated.awaitsAnswer,
  };
}

/**
 * Whether a dialogue's state asks the person for a slot's value or a confirmation. After `ElicitIntent` the bot asks
 * an open question ("how can I help?"): what follows is a fresh request, and often the very one it did not understand.
 */
export function asksForAnswer(dialogue: unknown): boolean {
  const type = isObject(dialogue) ? dialogue['type'] : dialogue;
  return type === 'ElicitSlot' || type === 'ConfirmIntent';
}
