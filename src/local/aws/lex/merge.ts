import { type IntentDefinition, isFallback, type LocaleDefinition, utterancesOf } from './definition';
import { newLexId } from './identifiers';

/**
 * Puts an imported locale over the one that exists. What the archive lacks stays as it is; what exists keeps its ids.
 * - Overwrite: an intent or slot type of the archive takes the place of the one with its name.
 * - Append: new intents and slot types are added; an existing intent gets the utterances and slots that it lacks.
 */
export function mergeLocale(
  existing: LocaleDefinition,
  imported: LocaleDefinition,
  strategy: 'Overwrite' | 'Append',
): LocaleDefinition {
  const append = strategy === 'Append';
  return {
    file: append ? existing.file : { ...existing.file, ...imported.file },
    intents: mergeByName(
      existing.intents,
      imported.intents,
      (intent) => intent.file.name,
      (old, added) => (append ? appendToIntent(old, added) : overwriteIntent(old, added)),
    ),
    slotTypes: mergeByName(
      existing.slotTypes,
      imported.slotTypes,
      (slotType) => slotType.name,
      (old, added) => (append ? old : { ...added, identifier: old.identifier }),
    ),
    customVocabulary: imported.customVocabulary ?? existing.customVocabulary,
  };
}

/** The same content with fresh ids, as a new bot gets them; the fallback's is the same everywhere. */
export function withNewIds(definition: LocaleDefinition): LocaleDefinition {
  return {
    ...definition,
    intents: definition.intents.map((intent) => ({
      file: isFallback(intent) ? intent.file : { ...intent.file, identifier: newLexId() },
      slots: intent.slots.map((slot) => ({ ...slot, identifier: newLexId() })),
    })),
    slotTypes: definition.slotTypes.map((slotType) => ({ ...slotType, identifier: newLexId() })),
  };
}

function mergeByName<T>(
  existing: T[],
  imported: T[],
  nameOf: (item: T) => string,
  merge: (old: T, added: T) => T,
): T[] {
  const added = new Map(imported.map((item) => [nameOf(item), item]));
  const kept = existing.map((old) => {
    const twin = added.get(nameOf(old));
    added.delete(nameOf(old));
    return twin === undefined ? old : merge(old, twin);
  });
  return [...kept, ...added.values()];
}

function overwriteIntent(old: IntentDefinition, added: IntentDefinition): IntentDefinition {
  const ids = new Map(old.slots.map((slot) => [slot.name, slot.identifier]));
  return {
    file: { ...added.file, identifier: old.file.identifier },
    slots: added.slots.map((slot) => ({ ...slot, identifier: ids.get(slot.name) ?? slot.identifier })),
  };
}

function appendToIntent(old: IntentDefinition, added: IntentDefinition): IntentDefinition {
  const utterances = new Set([...utterancesOf(old), ...utterancesOf(added)]);
  const sampleUtterances = [...utterances].map((utterance) => ({ utterance }));
  return {
    file: {
      ...old.file,
      sampleUtterances: sampleUtterances.length > 0 ? sampleUtterances : old.file.sampleUtterances,
    },
    slots: mergeByName(
      old.slots,
      added.slots,
      (slot) => slot.name,
      (slot) => slot,
    ),
  };
}
