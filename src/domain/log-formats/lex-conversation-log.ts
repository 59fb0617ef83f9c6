import { ownSessionPrefix } from '../own-sessions';
import {
  badConfidence,
  badIntent,
  badTimestamp,
  isFallback,
  isObject,
  longText,
  noText,
  parseConfidence,
  parseIdentifier,
  parseIntent,
  parseTimestamp,
  type JsonObject,
} from './fields';
import { asksForAnswer } from './interaction-log';
import { maximumTextLength, type RecordReading, type Rejection, type Turn } from './turn';
import type { LeftOutReason } from './reasons';

/** The alias that Lex makes for testing in its console. */
const testAliasId = 'TSTALIASID';

/** Lex V2 writes `messageVersion`; its developer guide prints `message-version`. */
export function isLexConversationLog(record: JsonObject): boolean {
  return (
    'messageVersion' in record ||
    'message-version' in record ||
    'inputTranscript' in record ||
    ('interpretations' in record && 'bot' in record)
  );
}

/**
 * Reads a record of an Amazon Lex V2 conversation log.
 * Format: https://docs.aws.amazon.com/lexv2/latest/dg/monitoring-conversations.html
 *
 * @param localeId the bot's locale: turns that state another one are left out
 */
export function readLexConversationLog(record: JsonObject, localeId: string): RecordReading {
  const bot = isObject(record['bot']) ? record['bot'] : {};
  const inputMode = record['inputMode'];
  const isTyped = inputMode === undefined || inputMode === null || inputMode === 'Text';
  const transcript = record['inputTranscript'];
  if (isTyped && typeof transcript !== 'string') return noText;
  const text = typeof transcript === 'string' ? transcript : '';
  if (text.length > maximumTextLength) return longText;
  const timeMs = parseTimestamp(record['timestamp']);
  if (Number.isNaN(timeMs)) return badTimestamp;
  const state = isObject(record['sessionState']) ? record['sessionState'] : {};
  const recognised = readInterpretations(record, state);
  if ('reason' in recognised) return recognised;

  return {
    text,
    ...recognised,
    timeMs,
    sessionId: parseIdentifier(record['sessionId']),
    requestId: parseIdentifier(record['requestId']),
    leftOut: leftOutReason(bot, record['sessionId'], isTyped, localeId, state),
    awaitsAnswer: awaitsAnswer(state),
  };
}

type Recognised = Pick<Turn, 'intent' | 'confidence' | 'alternative'>;

/** The best interpretation, and behind a fallback the best real intent, for which Lex still states its confidence. */
function readInterpretations(record: JsonObject, state: JsonObject): Recognised | Rejection {
  const listed = Array.isArray(record['interpretations']) ? (record['interpretations'] as unknown[]) : [];
  // Logs of turns that never reached the language model (an event, a Lambda's answer) name the intent in the state only.
  const candidates = listed.length > 0 ? listed : [{ intent: state['intent'] }];
  let missed = record['missedUtterance'] === true;
  let alternative: Turn['alternative'] = null;
  for (const [rank, candidate] of candidates.entries()) {
    if (!isObject(candidate)) return badIntent;
    const stated = isObject(candidate['intent']) ? candidate['intent']['name'] : candidate['intent'];
    const intent = parseIntent(stated);
    if (intent === undefined) return badIntent;
    const confidence = parseConfidence(candidate['nluConfidence']);
    if (Number.isNaN(confidence)) return badConfidence;
    if (intent === null && rank === 0) missed = true;
    if (intent === null || isFallback(intent)) continue;
    if (!missed) return { intent, confidence, alternative: null };
    if (confidence !== null && (alternative === null || confidence > alternative.confidence))
      alternative = { intent, confidence };
  }
  return { intent: null, confidence: null, alternative };
}

function leftOutReason(
  bot: JsonObject,
  sessionId: unknown,
  isTyped: boolean,
  localeId: string,
  state: JsonObject,
): LeftOutReason | null {
  if (bot['aliasId'] === testAliasId) return 'test-traffic';
  if (typeof sessionId === 'string' && sessionId.startsWith(ownSessionPrefix)) return 'test-traffic';
  if (!isTyped) return 'not-text';
  if (typeof bot['localeId'] === 'string' && bot['localeId'] !== localeId) return 'other-locale';
  return isConfirmationAnswer(state) ? 'mid-dialogue' : null;
}

/** Once a confirmation is given or denied, the turn (or one before it in the same dialogue) was the answer to it. */
function isConfirmationAnswer(state: JsonObject): boolean {
  const confirmation = isObject(state['intent']) ? state['intent']['confirmationState'] : undefined;
  return confirmation === 'Confirmed' || confirmation === 'Denied';
}

/** By the dialogue's next action; where a log leaves that out, an intent still in progress asks for a slot. */
function awaitsAnswer(state: JsonObject): boolean {
  if (isObject(state['dialogAction'])) return asksForAnswer(state['dialogAction']);
  return isObject(state['intent']) && state['intent']['state'] === 'InProgress';
}
