import { type LocaleDefinition, utterancesOf } from './definition';

/** Quotas of Lex V2 (developer guide, "Quotas"). */
export const lexLimits = {
  utterancesPerIntent: 1_500,
  charactersPerUtterance: 500,
  slotsPerLocale: 2_000,
  slotTypesPerLocale: 100,
  versionsPerBot: 100,
  recognizeTextCharacters: 1_024,
  uploadUrlLifetimeMs: 5 * 60_000,
} as const;

/** Only these locales have the larger quotas. */
const largeLocales = new Set(['en_US', 'en_GB', 'en_AU']);

const intentsPerLocale = (localeId: string) => (largeLocales.has(localeId) ? 1_000 : 250);
const charactersPerLocale = (localeId: string) => (largeLocales.has(localeId) ? 2_000_000 : 200_000);

const namePattern = /^([0-9a-zA-Z][_-]?){1,100}$/;
const slotReference = /\{([^{}]*)\}/g;

/** Everything about a locale that Lex would refuse, in words; none when it is right. */
export function faultsOf(definition: LocaleDefinition): string[] {
  const localeId = definition.file.identifier;
  const faults: string[] = [];
  const limit = (count: number, most: number, what: string) => {
    if (count > most) faults.push(`${what}: ${count} exceed the limit of ${most}.`);
  };
  limit(definition.intents.length, intentsPerLocale(localeId), `Intents of locale ${localeId}`);
  limit(definition.slotTypes.length, lexLimits.slotTypesPerLocale, `Slot types of locale ${localeId}`);
  limit(
    definition.intents.reduce((sum, intent) => sum + intent.slots.length, 0),
    lexLimits.slotsPerLocale,
    `Slots of locale ${localeId}`,
  );
  limit(
    definition.intents.flatMap(utterancesOf).reduce((sum, utterance) => sum + utterance.length, 0),
    charactersPerLocale(localeId),
    `Characters of the sample utterances of locale ${localeId}`,
  );
  const slotTypes = new Set(definition.slotTypes.map(({ name }) => name));
  for (const intent of definition.intents) {
    const { name } = intent.file;
    if (!namePattern.test(name)) faults.push(`Intent name '${name}' must match ${namePattern.source}.`);
    limit(utterancesOf(intent).length, lexLimits.utterancesPerIntent, `Sample utterances of intent ${name}`);
    faults.push(
      ...faultsOfUtterances(name, utterancesOf(intent), new Set(intent.slots.map((slot) => slot.name))),
    );
    for (const slot of intent.slots) {
      if (!namePattern.test(slot.name))
        faults.push(`Slot name '${slot.name}' of intent ${name} is not valid.`);
      const type = slot.slotTypeName;
      if (type !== null && !type.startsWith('AMAZON.') && !slotTypes.has(type)) {
        faults.push(`Slot ${slot.name} of intent ${name} has the unknown slot type ${type}.`);
      }
    }
    for (const { slotName } of intent.file.slotPriorities) {
      if (!intent.slots.some((slot) => slot.name === slotName)) {
        faults.push(`slotPriorities of intent ${name} name the unknown slot ${slotName}.`);
      }
    }
  }
  return faults;
}

function faultsOfUtterances(intent: string, utterances: string[], slots: Set<string>): string[] {
  const faults: string[] = [];
  const seen = new Set<string>();
  utterances.forEach((utterance, index) => {
    const where = `Sample utterance ${index + 1} of intent ${intent}`;
    if (utterance.trim() === '') faults.push(`${where} is empty.`);
    if (utterance.length > lexLimits.charactersPerUtterance) {
      faults.push(
        `${where} has ${utterance.length} characters; the limit is ${lexLimits.charactersPerUtterance}.`,
      );
    }
    if (seen.has(utterance)) faults.push(`${where} stands twice.`);
    seen.add(utterance);
    for (const [, slot] of utterance.matchAll(slotReference)) {
      if (!slots.has(slot!)) faults.push(`${where} names the unknown slot {${slot}}.`);
    }
    if (/[{}]/.test(utterance.replace(slotReference, ''))) faults.push(`${where} has an unpaired brace.`);
  });
  return faults;
}
