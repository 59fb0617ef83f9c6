import type {
  DescribeIntentCommandInput,
  DescribeIntentCommandOutput,
  ListIntentsCommandInput,
  ListIntentsCommandOutput,
  ListSlotTypesCommandInput,
  ListSlotTypesCommandOutput,
} from '@aws-sdk/client-lex-models-v2';
import { notFoundError } from '../errors';
import { type Input, type Output } from '../protocol/handler';
import { paginate } from '../protocol/paginate';
import { toApi } from './api-form';
import { type LexContext } from './context';
import { type IntentDefinition } from './definition';
import { listPageSize } from './lists';

export function intentHandlers({ store }: LexContext) {
  return {
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
      const intent = locale.definition.intents.find(({ file }) => file.identifier === input.intentId);
      if (intent === undefined)
        throw notFoundError(`The locale ${input.localeId} has no intent ${input.intentId}.`);
      const { name, identifier, displayName, slotPriorities, ...settings } = intent.file;
      return {
        botId: input.botId,
        botVersion: input.botVersion,
        localeId: input.localeId,
        intentId: identifier,
        intentName: name,
        intentDisplayName: (displayName as string | null | undefined) ?? undefined,
        ...(toApi(settings) as Partial<DescribeIntentCommandOutput>),
        slotPriorities: slotPriorities.map(({ priority, slotName }) => ({
          priority,
          slotId: slotIdOf(intent, slotName),
        })),
        creationDateTime: new Date(locale.createdAt),
        lastUpdatedDateTime: new Date(locale.updatedAt),
      };
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

function slotIdOf(intent: IntentDefinition, slotName: string): string | undefined {
  return intent.slots.find((slot) => slot.name === slotName)?.identifier;
}
