import { type IntentDefinition, type LocaleDefinition, type SlotTypeFile } from './definition';
import { canonical } from './nlu/normalise';

/** Values that people name for Lex's built-in types, by language. */
const builtInSamples: Record<string, Record<string, string[]>> = {
  es: {
    'AMAZON.Number': ['2', 'cuatro', '10', 'seis', '3'],
    'AMAZON.Date': ['hoy', 'mañana', 'el viernes', 'el 12 de mayo', 'pasado mañana'],
    'AMAZON.Time': ['las 9', 'las dos', 'las 20:30', 'mediodía', 'las siete y media'],
    'AMAZON.Duration': ['dos horas', 'media hora', '20 minutos'],
    'AMAZON.FirstName': ['Ana', 'Luis', 'Carmen', 'Javier'],
    'AMAZON.LastName': ['García', 'López', 'Fernández'],
    'AMAZON.City': ['Madrid', 'Sevilla', 'Buenos Aires'],
  },
  en: {
    'AMAZON.Number': ['2', 'four', '10', 'six', '3'],
    'AMAZON.Date': ['today', 'tomorrow', 'Friday', 'May 12', 'next Monday'],
    'AMAZON.Time': ['9 am', 'two', '20:30', 'noon', 'half past seven'],
    'AMAZON.Duration': ['two hours', 'half an hour', '20 minutes'],
    'AMAZON.FirstName': ['Anna', 'James', 'Maria', 'John'],
    'AMAZON.LastName': ['Smith', 'Miller', 'Jones'],
    'AMAZON.City': ['London', 'Boston', 'Seattle'],
  },
};

/** What counts as a value of a built-in type in a phrase that otherwise equals a sample utterance. */
const numberWords =
  '\\d+|un|una|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve';
const builtInPatterns: Record<string, string> = {
  'AMAZON.Number': numberWords,
  'AMAZON.AlphaNumeric': '[\\p{L}\\p{N}]+',
};
const upToFourWords = '[\\p{L}\\p{N}]+(?: [\\p{L}\\p{N}]+){0,3}';

/** Values to train with; a single empty one where nothing is known. */
export function sampleValues(
  definition: LocaleDefinition,
  intent: IntentDefinition,
  slotName: string,
): string[] {
  const { typeName, slotType } = slotTypeOf(definition, intent, slotName);
  const values = slotType === undefined ? [] : valuesOf(slotType);
  if (values.length > 0) return values;
  const language = definition.file.identifier.slice(0, 2);
  const builtIn = slotType?.parentSlotTypeSignature ?? typeName ?? '';
  return builtInSamples[language]?.[builtIn] ?? [''];
}

/** A regular expression, over canonical text, for what a slot may hold. */
export function valuePattern(
  definition: LocaleDefinition,
  intent: IntentDefinition,
  slotName: string,
): string {
  const { typeName, slotType } = slotTypeOf(definition, intent, slotName);
  const values = slotType === undefined ? [] : valuesOf(slotType);
  if (values.length > 0) {
    return [...new Set(values.map(canonical))].sort((a, b) => b.length - a.length).join('|');
  }
  return builtInPatterns[slotType?.parentSlotTypeSignature ?? typeName ?? ''] ?? upToFourWords;
}

/** The value that a type's synonyms stand for; the text itself where it is none of them. */
export function resolveValue(
  definition: LocaleDefinition,
  intent: IntentDefinition,
  slotName: string,
  text: string,
): string {
  const { slotType } = slotTypeOf(definition, intent, slotName);
  const wanted = canonical(text);
  const value = slotType?.slotTypeValues?.find((candidate) =>
    [candidate.sampleValue, ...(candidate.synonyms ?? [])].some((name) => canonical(name.value) === wanted),
  );
  return value?.sampleValue.value ?? text;
}

function valuesOf(slotType: SlotTypeFile): string[] {
  return (slotType.slotTypeValues ?? []).flatMap(({ sampleValue, synonyms }) => [
    sampleValue.value,
    ...(synonyms ?? []).map(({ value }) => value),
  ]);
}

function slotTypeOf(definition: LocaleDefinition, intent: IntentDefinition, slotName: string) {
  const typeName = intent.slots.find((slot) => slot.name === slotName)?.slotTypeName ?? null;
  return { typeName, slotType: definition.slotTypes.find((candidate) => candidate.name === typeName) };
}
