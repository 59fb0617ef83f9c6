import { InvalidInputError, NotFoundError } from '../errors';
import type { JsonObject } from './json';

/**
 * A Lex V2 bot archive, read. `files` is the whole truth: what is not understood here is in it byte for byte and
 * is written back as it was. The typed parts are views of those files.
 */
export interface BotArchive {
  /** `bot` holds a bot with its locales; `locale` what belongs to one locale. */
  kind: 'bot' | 'locale';
  /** The path of `Manifest.json`, which may lie in a folder. */
  manifestPath: string;
  files: ReadonlyMap<string, Uint8Array>;
  /** Null in a locale archive. */
  bot: { path: string; name: string } | null;
  locales: readonly ArchivedLocale[];
}

export interface ArchivedLocale {
  localeId: string;
  /** The folder of `BotLocale.json`, with `/` at its end; empty at the archive's root. */
  folder: string;
  /** Scores below this (0–1) end in the fallback intent. */
  nluConfidenceThreshold: number | null;
  intents: readonly ArchivedIntent[];
  slotTypes: readonly ArchivedSlotType[];
}

export interface ArchivedIntent {
  name: string;
  path: string;
  /** Of a built-in intent such as `AMAZON.FallbackIntent`; else null. */
  parentIntentSignature: string | null;
  /** As they are in the bot, with `{Slot}` names; null where Lex keeps none. */
  sampleUtterances: readonly string[] | null;
  slots: readonly ArchivedSlot[];
  /** The whole of `Intent.json`. */
  document: JsonObject;
}

export interface ArchivedSlot {
  name: string;
  /** Built-in (`AMAZON.Date`) or the name of one of the locale's own. */
  slotTypeName: string;
}

export interface ArchivedSlotType {
  name: string;
  /** The sample values and their synonyms, in order. */
  values: readonly string[];
}

/** @throws NotFoundError naming the locales that there are */
export function localeOf(archive: BotArchive, localeId: string): ArchivedLocale {
  const locale = archive.locales.find((one) => one.localeId === localeId);
  if (locale) return locale;
  const present = archive.locales.map((one) => one.localeId);
  throw new NotFoundError(
    `The bot archive has no locale ${localeId}; it has ${present.join(', ') || 'none'}. ` +
      "Set the pipeline's localeId to one of them.",
    { localeId, present },
  );
}

/** True for an intent that takes no sample utterances, such as the built-in fallback. */
export function takesNoUtterances(intent: ArchivedIntent): boolean {
  return intent.parentIntentSignature !== null && intent.sampleUtterances === null;
}

/** @throws InvalidInputError when a name is not what Lex allows: `^([0-9a-zA-Z][_-]?){1,100}$` */
export function requireIntentName(name: string): void {
  // The same language as the service's own pattern, without its nested quantifier.
  const allowed = name.length <= 200 && /^[0-9a-zA-Z](?:[_-]?[0-9a-zA-Z])*[_-]?$/.test(name);
  if (!allowed || name.replace(/[_-]/g, '').length > 100) {
    throw new InvalidInputError(
      `${JSON.stringify(name)} cannot name an intent: Lex takes up to 100 letters and digits without accents, ` +
        'with single "-" or "_" after them.',
      { name },
    );
  }
}
