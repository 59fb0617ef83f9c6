import {
  DescribeBotAliasCommand,
  DescribeBotCommand,
  type LexModelsV2Client,
  paginateListBotAliases,
  paginateListBotLocales,
  paginateListBots,
} from '@aws-sdk/client-lex-models-v2';
import { InvalidConfigurationError, NotFoundError } from '../../../domain/errors';
import type { LexTargetConfiguration } from '../../../domain/pipeline';
import { draftVersion, type BotReference } from './bot-reference';

/** Sends a call to AWS, with its errors translated. */
export type AwsCall = <T>(
  operation: string,
  subject: string,
  send: (options: { abortSignal: AbortSignal }) => Promise<T>,
) => Promise<T>;

/**
 * Finds the bot, its live alias and the version that is live.
 * @param call how calls are sent: as an activity does, or without one
 * @throws NotFoundError naming what there is instead
 * @throws InvalidConfigurationError when the alias points to DRAFT or to nothing
 */
export async function findBotReference(
  lexModels: LexModelsV2Client,
  target: LexTargetConfiguration,
  call: AwsCall,
): Promise<BotReference> {
  const { botId, botName } = await findBot(target.bot);
  const { aliasId, aliasName } = await findAlias(botId, botName, target.alias);
  const { botVersion } = await call('DescribeBotAlias', `alias ${aliasName} of bot ${botName}`, (options) =>
    lexModels.send(new DescribeBotAliasCommand({ botId, botAliasId: aliasId }), options),
  );
  if (botVersion === undefined || botVersion === draftVersion) {
    throw new InvalidConfigurationError(
      `The alias ${aliasName} of ${botName} points to ${botVersion ?? 'no version'}: there is nothing live that a ` +
        'challenger could be compared with. Make a version of the bot and point the alias to it.',
      { bot: botName, botId, alias: aliasName, version: botVersion ?? null },
    );
  }
  await requireLocale(botId, botName, target.localeId);
  return { botId, botName, aliasId, aliasName, localeId: target.localeId, liveVersion: botVersion };

  async function findBot(wanted: string): Promise<{ botId: string; botName: string }> {
    if (looksLikeId(wanted)) {
      const described = await orUndefined(
        call('DescribeBot', `bot ${wanted}`, (options) =>
          lexModels.send(new DescribeBotCommand({ botId: wanted }), options),
        ),
      );
      if (described) return { botId: wanted, botName: described.botName ?? wanted };
    }
    const bots = await list(
      'ListBots',
      `bot ${wanted}`,
      () => paginateListBots({ client: lexModels }, {}),
      (page) => page.botSummaries,
    );
    const found = bots.find((bot) => bot.botName === wanted);
    if (found?.botId !== undefined) return { botId: found.botId, botName: wanted };
    throw missing(
      'bot',
      wanted,
      bots.map((bot) => bot.botName ?? ''),
      'this account and region',
    );
  }

  async function findAlias(botId: string, botName: string, wanted: string) {
    const aliases = await list(
      'ListBotAliases',
      `bot ${botName}`,
      () => paginateListBotAliases({ client: lexModels }, { botId }),
      (page) => page.botAliasSummaries,
    );
    const found =
      aliases.find((alias) => alias.botAliasId === wanted) ??
      aliases.find((alias) => alias.botAliasName === wanted);
    if (found?.botAliasId !== undefined) {
      return { aliasId: found.botAliasId, aliasName: found.botAliasName ?? found.botAliasId };
    }
    throw missing(
      'alias',
      wanted,
      aliases.map((alias) => alias.botAliasName ?? ''),
      `bot ${botName}`,
    );
  }

  async function requireLocale(botId: string, botName: string, localeId: string): Promise<void> {
    const locales = await list(
      'ListBotLocales',
      `bot ${botName}`,
      () => paginateListBotLocales({ client: lexModels }, { botId, botVersion: draftVersion }),
      (page) => page.botLocaleSummaries,
    );
    if (locales.some((locale) => locale.localeId === localeId)) return;
    throw missing(
      'locale',
      localeId,
      locales.map((locale) => locale.localeId ?? ''),
      `bot ${botName}`,
    );
  }

  function list<Page, Item>(
    operation: string,
    subject: string,
    pages: () => AsyncIterable<Page>,
    itemsOf: (page: Page) => Item[] | undefined,
  ): Promise<Item[]> {
    return call(operation, subject, async () => {
      const items: Item[] = [];
      for await (const page of pages()) items.push(...(itemsOf(page) ?? []));
      return items;
    });
  }
}

function looksLikeId(wanted: string): boolean {
  return /^[0-9a-zA-Z]{10}$/.test(wanted);
}

async function orUndefined<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}

function missing(what: string, wanted: string, present: string[], where: string): NotFoundError {
  return new NotFoundError(
    `There is no ${what} ${wanted} in ${where}; there is ${present.sort().join(', ') || 'none'}. ` +
      `Correct target.${what === 'locale' ? 'localeId' : what} in the pipeline file, or make it in the Lex console.`,
    { [what]: wanted, present },
  );
}
