import type { LabelledUtterance } from '../utterance';
import { localeOf, type ArchivedIntent, type ArchivedLocale, type BotArchive } from './archive';

/** The sample utterances of a locale as they stand in the bot, with their `{Slot}` names. */
export function sampleUtterances(archive: BotArchive, localeId: string): LabelledUtterance[] {
  return localeOf(archive, localeId).intents.flatMap((intent) =>
    (intent.sampleUtterances ?? []).map((text) => ({ text, intent: intent.name })),
  );
}

/**
 * What the bot knows, as people would say it: each `{Slot}` is replaced by a value of its slot type, in turn, or by
 * the words of the slot's name where the type lists no values.
 */
export function knownUtterances(archive: BotArchive, localeId: string): LabelledUtterance[] {
  const locale = localeOf(archive, localeId);
  return locale.intents.flatMap((intent) =>
    (intent.sampleUtterances ?? []).map((text, turn) => ({
      text: fillSlots(text, turn, intent, locale),
      intent: intent.name,
    })),
  );
}

function fillSlots(text: string, turn: number, intent: ArchivedIntent, locale: ArchivedLocale): string {
  return text
    .replace(/\{([^{}]+)\}/g, (_braces, name: string) => {
      const typeName = intent.slots.find((slot) => slot.name === name)?.slotTypeName;
      const values = locale.slotTypes.find((type) => type.name === typeName)?.values ?? [];
      return values.length > 0 ? values[turn % values.length]! : wordsOf(name);
    })
    .replace(/\s+/g, ' ')
    .trim();
}

/** `ReservationNumber` → `reservation number` */
function wordsOf(name: string): string {
  return name
    .replace(/[_-]+/g, ' ')
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
    .toLowerCase();
}
