/**
 * A bot's content as its archive holds it: slots and slot types are referred to by name, settings stay as they came.
 * Records of this shape are never changed in place.
 */

/** Settings of the archive that pass through untouched. */
export type Settings = Record<string, unknown>;

export interface IntentFile extends Settings {
  name: string;
  identifier: string;
  parentIntentSignature: string | null;
  sampleUtterances: { utterance: string }[] | null;
  slotPriorities: { priority: number; slotName: string }[];
}

export interface SlotFile extends Settings {
  name: string;
  identifier: string;
  slotTypeName: string | null;
  valueElicitationSetting: Settings | null;
}

export interface SlotTypeFile extends Settings {
  name: string;
  identifier: string;
  parentSlotTypeSignature: string | null;
  slotTypeValues: { sampleValue: { value: string }; synonyms: { value: string }[] | null }[] | null;
  valueSelectionSetting: Settings | null;
}

export interface IntentDefinition {
  file: IntentFile;
  slots: SlotFile[];
}

export interface LocaleFile extends Settings {
  name: string;
  identifier: string;
  nluConfidenceThreshold: number;
}

export interface LocaleDefinition {
  file: LocaleFile;
  intents: IntentDefinition[];
  slotTypes: SlotTypeFile[];
  customVocabulary: Settings | null;
}

export interface BotFile extends Settings {
  name: string;
  description: string | null;
  idleSessionTTLInSeconds: number;
  dataPrivacy: { childDirected: boolean };
}

/** What an archive holds: a whole bot, or one of its locales. */
export interface BotArchive {
  bot: BotFile | null;
  locales: LocaleDefinition[];
}

export const fallbackSignature = 'AMAZON.FallbackIntent';

/** An intent without content, with every key that real exports have. */
export const emptyIntentFile: IntentFile = {
  name: '',
  identifier: '',
  description: null,
  parentIntentSignature: null,
  sampleUtterances: null,
  intentConfirmationSetting: null,
  intentClosingSetting: null,
  initialResponseSetting: null,
  inputContexts: null,
  outputContexts: null,
  kendraConfiguration: null,
  qnAIntentConfiguration: null,
  bedrockAgentIntentConfiguration: null,
  qInConnectIntentConfiguration: null,
  dialogCodeHook: null,
  fulfillmentCodeHook: null,
  slotPriorities: [],
};

/** The fallback that Lex puts into every locale. */
export function fallbackIntent(): IntentDefinition {
  return {
    file: {
      ...emptyIntentFile,
      name: 'FallbackIntent',
      identifier: 'FALLBCKINT',
      description: 'Default intent when no other intent matches',
      parentIntentSignature: fallbackSignature,
    },
    slots: [],
  };
}

export function isFallback(intent: IntentDefinition): boolean {
  return intent.file.parentIntentSignature === fallbackSignature;
}

/** The intent's own phrases; none for a built-in one. */
export function utterancesOf(intent: IntentDefinition): string[] {
  return (intent.file.sampleUtterances ?? []).map(({ utterance }) => utterance);
}
