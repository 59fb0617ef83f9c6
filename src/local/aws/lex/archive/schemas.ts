import { z } from 'zod';

/**
 * The files of a bot archive. Unknown keys are refused, so that a misspelt one is noticed; settings below the first
 * level pass through as they are. Where documentation and real exports differ, both spellings are read.
 */
const settings = z.record(z.string(), z.unknown()).nullish();
const text = z.string().nullish();

const metaData = z.object({
  schemaVersion: z.enum(['1', '1.0']),
  fileFormat: z.literal('LexJson'),
  resourceType: z.string(),
});

export const manifestSchema = z.union([
  z.strictObject({ metaData }).transform((manifest) => manifest.metaData),
  z.strictObject({ metadata: metaData }).transform((manifest) => manifest.metadata),
]);

export const botSchema = z.looseObject({
  name: z.string(),
  description: text,
  idleSessionTTLInSeconds: z.number().int().min(60).max(86_400),
  dataPrivacy: z.looseObject({ childDirected: z.boolean() }),
});

export const localeSchema = z.looseObject({
  name: z.string(),
  identifier: z.string(),
  description: text,
  nluConfidenceThreshold: z.number().min(0).max(1),
});

export const intentSchema = z.strictObject({
  name: z.string(),
  identifier: text,
  displayName: text,
  description: text,
  parentIntentSignature: text,
  sampleUtterances: z.array(z.strictObject({ utterance: z.string() })).nullish(),
  intentConfirmationSetting: settings,
  intentClosingSetting: settings,
  initialResponseSetting: settings,
  inputContexts: z.array(z.unknown()).nullish(),
  outputContexts: z.array(z.unknown()).nullish(),
  kendraConfiguration: settings,
  qnAIntentConfiguration: settings,
  bedrockAgentIntentConfiguration: settings,
  qInConnectIntentConfiguration: settings,
  dialogCodeHook: settings,
  fulfillmentCodeHook: settings,
  slotPriorities: z.array(z.strictObject({ priority: z.number().int(), slotName: z.string() })).nullish(),
});

export const slotSchema = z.strictObject({
  name: z.string(),
  identifier: text,
  description: text,
  slotTypeName: text,
  slotConstraint: text,
  obfuscationSetting: settings,
  valueElicitationSetting: settings,
  slotValueElicitationSetting: settings,
  multipleValuesSetting: settings,
  subSlotSetting: settings,
});

export const slotTypeSchema = z.strictObject({
  name: z.string(),
  identifier: text,
  description: text,
  slotTypeValues: z
    .array(
      z.looseObject({
        sampleValue: z.looseObject({ value: z.string() }),
        synonyms: z.array(z.looseObject({ value: z.string() })).nullish(),
      }),
    )
    .nullish(),
  parentSlotTypeSignature: text,
  valueSelectionSetting: settings,
  externalSourceSetting: settings,
  compositeSlotTypeSetting: settings,
});

export const customVocabularySchema = z.looseObject({});
