import { isObject } from './fields';
import { isInteractionLog, readInteractionLog } from './interaction-log';
import { isLexConversationLog, readLexConversationLog } from './lex-conversation-log';
import type { RecordReading } from './turn';

/**
 * Reads one JSON record of a log, of whichever known format its fields show it to be.
 *
 * @param localeId the bot's locale: turns that state another one are left out
 */
export function readRecord(value: unknown, localeId: string): RecordReading {
  if (!isObject(value))
    return { reason: 'not-an-object', detail: 'the record is a JSON value but not an object' };
  if (isLexConversationLog(value)) return readLexConversationLog(value, localeId);
  if (isInteractionLog(value)) return readInteractionLog(value);
  return {
    reason: 'unknown-format',
    detail:
      'the object has neither the fields of a JSON log (userInput, intent) nor those of a Lex V2 conversation log',
  };
}
