import {
  DescribeBotLocaleCommand,
  type DescribeBotLocaleCommandOutput,
  type LexModelsV2Client,
} from '@aws-sdk/client-lex-models-v2';
import { draftVersion, type BotLocaleReference } from './bot-reference';
import { callAws } from './calls';

/** The locale's DRAFT as it is now. */
export function describeLocale(
  lexModels: LexModelsV2Client,
  { botId, localeId }: BotLocaleReference,
  subject: string,
): Promise<DescribeBotLocaleCommandOutput> {
  return callAws('DescribeBotLocale', subject, (options) =>
    lexModels.send(new DescribeBotLocaleCommand({ botId, botVersion: draftVersion, localeId }), options),
  );
}

/** When the last build was submitted: milliseconds since 1970, 0 for never. */
export function submittedMs({ lastBuildSubmittedDateTime }: DescribeBotLocaleCommandOutput): number {
  return lastBuildSubmittedDateTime?.getTime() ?? 0;
}
