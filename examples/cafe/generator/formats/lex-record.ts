import type { Turn } from '../conversations';
import type { Random } from '../random';

/** Which version of the bot a turn reached. */
export interface BotAddress {
  aliasId: string;
  aliasName: string;
  version: string;
  localeId: string;
}

export const liveAlias: BotAddress = {
  aliasId: 'K3QWLXT0PB',
  aliasName: 'produccion',
  version: '1',
  localeId: 'es_ES',
};
export const testAlias: BotAddress = {
  ...liveAlias,
  aliasId: 'TSTALIASID',
  aliasName: 'TestBotAlias',
  version: 'DRAFT',
};
export const englishLocale: BotAddress = { ...liveAlias, localeId: 'en_US' };

/**
 * A turn as Lex V2 writes it to its conversation log. The record of a turn shows the state after it: what answers an
 * `ElicitSlot` or `ConfirmIntent` is the following record of the session.
 * Format: https://docs.aws.amazon.com/lexv2/latest/dg/conversation-logs-cw.html
 */
export function lexRecord(
  turn: Turn,
  bot: BotAddress,
  botId: string,
  random: Random,
): Record<string, unknown> {
  const { intent, alternatives } = turn.recognition;
  const missed = intent === null;
  const { state } = turn;
  const slots = Object.fromEntries(
    Object.entries(state.slots).map(([name, value]) => [
      name,
      value === null
        ? null
        : { value: { originalValue: value, interpretedValue: value, resolvedValues: [] }, shape: 'Scalar' },
    ]),
  );
  return {
    timestamp: new Date(turn.timeMs).toISOString(),
    messageVersion: '2.0',
    requestId: random.uuid(),
    sessionId: turn.sessionId,
    inputMode: 'Text',
    operationName: 'RecognizeText',
    developerOverride: false,
    missedUtterance: missed,
    bot: { name: 'CafeBot', id: botId, ...bot },
    messages: [{ content: turn.message, contentType: 'PlainText' }],
    sessionState: missed
      ? { dialogAction: { type: state.action } }
      : {
          dialogAction: {
            type: state.action,
            ...(state.slotToElicit === null ? {} : { slotToElicit: state.slotToElicit }),
          },
          intent: { name: intent, slots, state: state.intentState, confirmationState: state.confirmation },
        },
    interpretations: [
      missed
        ? { intent: { name: 'FallbackIntent', slots: {} } }
        : {
            nluConfidence: turn.recognition.confidence!.toFixed(2),
            interpretationSource: 'Lex',
            intent: { name: intent, slots, state: state.intentState, confirmationState: state.confirmation },
          },
      ...alternatives.map((alternative) => ({
        nluConfidence: alternative.confidence.toFixed(2),
        interpretationSource: 'Lex',
        intent: { name: alternative.intent, slots: {} },
      })),
      ...(missed ? [] : [{ intent: { name: 'FallbackIntent', slots: {} } }]),
    ],
    inputTranscript: turn.text,
  };
}
