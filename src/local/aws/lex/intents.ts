import type {
  CreateIntentCommandInput,
  CreateIntentCommandOutput,
  DeleteIntentCommandInput,
  DeleteIntentCommandOutput,
  DescribeIntentCommandInput,
  DescribeIntentCommandOutput,
  ListIntentsCommandInput,
  ListIntentsCommandOutput,
  ListSlotTypesCommandInput,
  ListSlotTypesCommandOutput,
  UpdateIntentCommandInput,
  UpdateIntentCommandOutput,
} from '@aws-sdk/client-lex-models-v2';
import { conflictError, notFoundError, preconditionError, validationError } from '../errors';
import { type Input, type Output } from '../protocol/handler';
import { paginate } from '../protocol/paginate';
import { toApi, toArchive } from './api-form';
import { type LexContext } from './context';
import {
  emptyIntentFile,
  type IntentDefinition,
  type IntentFile,
  isFallback,
  type SlotFile,
} from './definition';
import { newLexId } from './identifiers';
import { faultsOf } from './limits';
import { listPageSize } from './lists';
import { requireDraft, requireSettled } from './locales';
import { type LocaleRecord } from './records';

/** Where an intent is: the path of its operations. */
interface Place {
  botId: string;
  botVersion: string;
  localeId: string;
}

/** Reads intents, and changes those of DRAFT one by one, as the console does. */
export function intentHandlers({ store }: LexContext) {
  const changeable = ({ botId, botVersion, localeId }: Place): LocaleRecord => {
    requireDraft(botVersion);
    const locale = store.locale(botId, botVersion, localeId);
    requireSettled(locale);
    return locale;
  };
  const putIntents = (locale: LocaleRecord, intents: IntentDefinition[]): LocaleRecord => {
    const definition = { ...locale.definition, intents };
    const faults = faultsOf(definition);
    if (faults.length > 0) throw validationError(faults.join(' '));
    return store.putLocale({ ...locale, definition, status: 'NotBuilt', updatedAt: Date.now() });
  };

  return {
    CreateIntent(input: Input<CreateIntentCommandInput>): Output<CreateIntentCommandOutput> {
      const locale = changeable(input);
      const { intents } = locale.definition;
      if (intents.some(({ file }) => file.name === input.intentName)) {
        throw conflictError(`The locale ${input.localeId} has an intent ${input.intentName} already.`);
      }
      const created: IntentDefinition = { file: fileOf(input, newLexId(), []), slots: [] };
      return describe(putIntents(locale, [...intents, created]), created);
    },

    /** Puts a whole intent in the place of the old one: what is not sent is lost. Its slots stay. */
    UpdateIntent(input: Input<UpdateIntentCommandInput>): Output<UpdateIntentCommandOutput> {
      const locale = changeable(input);
      const old = intentOf(locale, input.intentId);
      const { slots } = old;
      const updated: IntentDefinition = { file: fileOf(input, input.intentId, slots), slots };
      const intents = locale.definition.intents.map((intent) => (intent === old ? updated : intent));
      return describe(putIntents(locale, intents), updated);
    },

    DeleteIntent(input: Input<DeleteIntentCommandInput>): Output<DeleteIntentCommandOutput> {
      const locale = changeable(input);
      const old = intentOf(locale, input.intentId);
      if (isFallback(old)) throw preconditionError('The built-in fallback cannot be deleted.');
      putIntents(
        locale,
        locale.definition.intents.filter((intent) => intent !== old),
      );
      return {};
    },

    ListIntents(input: Input<ListIntentsCommandInput>): Output<ListIntentsCommandOutput> {
      const locale = store.locale(input.botId, input.botVersion, input.localeId);
      const intents = locale.definition.intents
        .map(({ file }) => file)
        .filter(({ name }) =>
          (input.filters ?? []).every(({ values, operator }) =>
            values.some((value) => (operator === 'EQ' ? name === value : name.includes(value))),
          ),
        )
        .sort((a, b) => (a.name < b.name ? -1 : 1));
      const { page, nextToken } = paginate(intents, input.maxResults ?? listPageSize, input.nextToken);
      return {
        botId: input.botId,
        botVersion: input.botVersion,
        localeId: input.localeId,
        intentSummaries: page.map((file) => ({
          intentId: file.identifier,
          intentName: file.name,
          description: (file.description as string | null | undefined) ?? undefined,
          parentIntentSignature: file.parentIntentSignature ?? undefined,
          lastUpdatedDateTime: new Date(locale.updatedAt),
        })),
        nextToken,
      };
    },

    DescribeIntent(input: Input<DescribeIntentCommandInput>): Output<DescribeIntentCommandOutput> {
      const locale = store.locale(input.botId, input.botVersion, input.localeId);
      return describe(locale, intentOf(locale, input.intentId));
    },

    ListSlotTypes(input: Input<ListSlotTypesCommandInput>): Output<ListSlotTypesCommandOutput> {
      const locale = store.locale(input.botId, input.botVersion, input.localeId);
      const { page, nextToken } = paginate(
        locale.definition.slotTypes,
        input.maxResults ?? listPageSize,
        input.nextToken,
      );
      return {
        botId: input.botId,
        botVersion: input.botVersion,
        localeId: input.localeId,
        slotTypeSummaries: page.map((slotType) => ({
          slotTypeId: slotType.identifier,
          slotTypeName: slotType.name,
          description: (slotType.description as string | null | undefined) ?? undefined,
          parentSlotTypeSignature: slotType.parentSlotTypeSignature ?? undefined,
          lastUpdatedDateTime: new Date(locale.updatedAt),
        })),
        nextToken,
      };
    },
  };
}

function intentOf(locale: LocaleRecord, intentId: string): IntentDefinition {
  const intent = locale.definition.intents.find(({ file }) => file.identifier === intentId);
  if (intent === undefined) throw notFoundError(`The locale ${locale.localeId} has no intent ${intentId}.`);
  return intent;
}

/** A request's intent in the form of the archive. */
function fileOf(
  input: Input<CreateIntentCommandInput> | Input<UpdateIntentCommandInput>,
  identifier: string,
  slots: SlotFile[],
): IntentFile {
  const sent = Object.entries(input).filter(
    ([name, value]) => name in emptyIntentFile && value !== undefined,
  );
  const priorities = 'slotPriorities' in input ? (input.slotPriorities ?? []) : [];
  return {
    ...emptyIntentFile,
    ...(toArchive(Object.fromEntries(sent)) as Partial<IntentFile>),
    ...(input.intentDisplayName === undefined ? {} : { displayName: input.intentDisplayName }),
    name: input.intentName,
    identifier,
    slotPriorities: priorities.map(({ priority, slotId }) => {
      const slot = slots.find((candidate) => candidate.identifier === slotId);
      if (slot === undefined) throw validationError(`slotPriorities name the unknown slot ${slotId}.`);
      return { priority, slotName: slot.name };
    }),
  };
}

function describe(locale: LocaleRecord, { file, slots }: IntentDefinition) {
  const { name, identifier, displayName, slotPriorities, ...settings } = file;
  return {
    botId: locale.botId,
    botVersion: locale.version,
    localeId: locale.localeId,
    intentId: identifier,
    intentName: name,
    intentDisplayName: (displayName as string | null | undefined) ?? undefined,
    ...(toApi(settings) as Partial<DescribeIntentCommandOutput>),
    slotPriorities: slotPriorities.map(({ priority, slotName }) => ({
      priority,
      slotId: slots.find((slot) => slot.name === slotName)?.identifier,
    })),
    creationDateTime: new Date(locale.createdAt),
    lastUpdatedDateTime: new Date(locale.updatedAt),
  };
}
