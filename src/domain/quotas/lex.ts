import { localeOf, type ArchivedLocale, type BotArchive } from '../bot-archive';

/**
 * What Lex V2 takes at most; characters are UTF-16 code units, as the service counts them.
 * From "Quotas" in the Amazon Lex V2 developer guide; `fixed` ones cannot be raised.
 */
export interface LexQuotas {
  intentsPerLocale: number;
  /** Sample-utterance characters of all intents of a locale; fixed. */
  utteranceCharactersPerLocale: number;
  utterancesPerIntent: number;
  charactersPerUtterance: number;
  slotsPerLocale: number;
  customSlotTypesPerLocale: number;
  versionsPerBot: number;
  /** Characters of one RecognizeText call. */
  inputCharacters: number;
}

const common: LexQuotas = {
  intentsPerLocale: 250,
  utteranceCharactersPerLocale: 200_000,
  utterancesPerIntent: 1_500,
  charactersPerUtterance: 500,
  slotsPerLocale: 2_000,
  customSlotTypesPerLocale: 100,
  versionsPerBot: 100,
  inputCharacters: 1_024,
};

/** The quotas of one locale: English of Australia, Great Britain and the United States has larger ones. */
export function lexQuotas(localeId: string): LexQuotas {
  return ['en_AU', 'en_GB', 'en_US'].includes(localeId)
    ? { ...common, intentsPerLocale: 1_000, utteranceCharactersPerLocale: 2_000_000 }
    : common;
}

const fallbackSignature = 'AMAZON.FallbackIntent';

/** Names of the intents that a locale has once it is imported: Lex adds the built-in fallback where it is missing. */
export function importedIntents({ intents }: Pick<ArchivedLocale, 'intents'>): string[] {
  const names = intents.map(({ name }) => name);
  const hasFallback = intents.some(
    ({ parentIntentSignature }) => parentIntentSignature === fallbackSignature,
  );
  return hasFallback ? names : [...names, 'FallbackIntent'];
}

export interface QuotaViolation {
  quota: keyof LexQuotas;
  /** The intent it is about; null for the whole locale. */
  intent: string | null;
  value: number;
  limit: number;
}

/**
 * Checks everything in an archive that Lex would count.
 * @returns the quotas that are passed; none when the archive fits
 * @throws NotFoundError when the archive lacks the locale
 */
export function checkQuotas(
  archive: BotArchive,
  localeId: string,
  quotas: LexQuotas = lexQuotas(localeId),
): QuotaViolation[] {
  const locale = localeOf(archive, localeId);
  const { intents, slotTypes } = locale;
  const violations: QuotaViolation[] = [];
  const check = (quota: keyof LexQuotas, value: number, intent: string | null = null) => {
    if (value > quotas[quota]) violations.push({ quota, intent, value, limit: quotas[quota] });
  };
  let characters = 0;
  for (const intent of intents) {
    const samples = intent.sampleUtterances ?? [];
    characters += samples.reduce((sum, text) => sum + text.length, 0);
    check('utterancesPerIntent', samples.length, intent.name);
    check('charactersPerUtterance', Math.max(0, ...samples.map((text) => text.length)), intent.name);
  }
  check('intentsPerLocale', importedIntents(locale).length);
  check('utteranceCharactersPerLocale', characters);
  check(
    'slotsPerLocale',
    intents.reduce((sum, intent) => sum + intent.slots.length, 0),
  );
  check('customSlotTypesPerLocale', slotTypes.length);
  return violations;
}

/** A violation as a person reads it. */
export function describeViolation({ quota, intent, value, limit }: QuotaViolation): string {
  const names: Record<keyof LexQuotas, string> = {
    intentsPerLocale: 'intents',
    utteranceCharactersPerLocale: 'characters in sample utterances',
    utterancesPerIntent: 'sample utterances',
    charactersPerUtterance: 'characters in one sample utterance',
    slotsPerLocale: 'slots',
    customSlotTypesPerLocale: 'custom slot types',
    versionsPerBot: 'versions',
    inputCharacters: 'characters of input',
  };
  return `${intent === null ? 'the locale' : intent} has ${value} ${names[quota]}; Lex takes ${limit}`;
}
