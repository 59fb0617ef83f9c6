import type {
  CreateBotCommandInput,
  CreateBotCommandOutput,
  DeleteBotCommandInput,
  DeleteBotCommandOutput,
  DescribeBotCommandInput,
  DescribeBotCommandOutput,
  ListBotsCommandInput,
  ListBotsCommandOutput,
} from '@aws-sdk/client-lex-models-v2';
import { conflictError, preconditionError, validationError } from '../errors';
import { type Input, type Output } from '../protocol/handler';
import { paginate } from '../protocol/paginate';
import { type LexContext } from './context';
import { draftVersion, newLexId, testAliasId, testAliasName } from './identifiers';
import { listPageSize } from './lists';
import { type BotRecord } from './records';

const botNamePattern = /^([0-9a-zA-Z][_-]?){1,100}$/;

export function botHandlers(context: LexContext) {
  const { store } = context;
  return {
    CreateBot(input: Input<CreateBotCommandInput>): Output<CreateBotCommandOutput> {
      if (!botNamePattern.test(input.botName))
        throw validationError(`The bot name '${input.botName}' is not valid.`);
      if (findBotByName(context, input.botName) !== undefined) {
        throw conflictError(`A bot with the name ${input.botName} exists already.`);
      }
      const bot = addBot(context, newLexId(), {
        botName: input.botName,
        description: input.description,
        roleArn: input.roleArn,
        dataPrivacy: input.dataPrivacy,
        errorLogSettings: input.errorLogSettings,
        idleSessionTTLInSeconds: input.idleSessionTTLInSeconds,
        tags: input.botTags ?? {},
        testAliasTags: input.testBotAliasTags ?? {},
      });
      finishBot(context, bot.botId);
      return { ...describe(bot), botTags: bot.tags, testBotAliasTags: bot.testAliasTags };
    },

    DescribeBot(input: Input<DescribeBotCommandInput>): Output<DescribeBotCommandOutput> {
      const bot = store.bot(input.botId);
      return { ...describe(bot), lastUpdatedDateTime: new Date(bot.updatedAt) };
    },

    ListBots(input: Input<ListBotsCommandInput>): Output<ListBotsCommandOutput> {
      const bots = store.bots.values().filter((bot) =>
        (input.filters ?? []).every(({ name, values, operator }) => {
          const actual = name === 'BotName' ? bot.botName : 'Bot';
          return values.some((value) => matches(actual, operator, value));
        }),
      );
      const descending = input.sortBy?.order === 'Descending';
      bots.sort((a, b) => (a.botName < b.botName ? -1 : 1) * (descending ? -1 : 1));
      const { page, nextToken } = paginate(bots, input.maxResults ?? listPageSize, input.nextToken);
      return {
        botSummaries: page.map((bot) => ({
          botId: bot.botId,
          botName: bot.botName,
          description: bot.description,
          botStatus: bot.status,
          latestBotVersion: bot.lastVersion === 0 ? draftVersion : String(bot.lastVersion),
          lastUpdatedDateTime: new Date(bot.updatedAt),
          botType: 'Bot',
        })),
        nextToken,
      };
    },

    DeleteBot(input: Input<DeleteBotCommandInput>): Output<DeleteBotCommandOutput> {
      const bot = store.bot(input.botId);
      const aliases = store.aliasesOf(bot.botId).filter(({ aliasId }) => aliasId !== testAliasId);
      if (aliases.length > 0 && input.skipResourceInUseCheck !== true) {
        throw preconditionError(
          `The bot ${bot.botId} has aliases: ${aliases.map(({ name }) => name).join(', ')}.`,
        );
      }
      store.putBot({ ...bot, status: 'Deleting' });
      finishBot(context, bot.botId);
      return { botId: bot.botId, botStatus: 'Deleting' };
    },
  };
}

/** Writes a bot that is being created, with its DRAFT version and its test alias. */
export function addBot(
  { store }: LexContext,
  botId: string,
  content: Omit<BotRecord, 'botId' | 'status' | 'createdAt' | 'updatedAt' | 'lastVersion'>,
): BotRecord {
  const now = Date.now();
  const times = { createdAt: now, updatedAt: now };
  store.putVersion({ botId, version: draftVersion, status: 'Available', visibleAt: 0, createdAt: now });
  store.putAlias({
    botId,
    aliasId: testAliasId,
    name: testAliasName,
    description: 'test bot alias',
    version: draftVersion,
    servedVersion: draftVersion,
    tags: content.testAliasTags,
    history: [{ version: draftVersion, from: now }],
    status: 'Available',
    ...times,
  });
  return store.putBot({ ...content, botId, status: 'Creating', lastVersion: 0, ...times });
}

/** Brings a bot that is being created or deleted to its end. */
export function finishBot({ store, later, latency }: LexContext, botId: string): void {
  const finish = () => {
    const bot = store.bot(botId);
    if (bot.status === 'Creating') store.putBot({ ...bot, status: 'Available', updatedAt: Date.now() });
    if (bot.status === 'Deleting') store.deleteBot(botId);
  };
  later.schedule(latency.changeMs, finish, () => store.putBot({ ...store.bot(botId), status: 'Failed' }));
}

export function findBotByName({ store }: LexContext, botName: string): BotRecord | undefined {
  return store.bots.values().find((bot) => bot.botName === botName);
}

function describe(bot: BotRecord) {
  return {
    botId: bot.botId,
    botName: bot.botName,
    description: bot.description,
    roleArn: bot.roleArn,
    dataPrivacy: bot.dataPrivacy,
    errorLogSettings: bot.errorLogSettings,
    idleSessionTTLInSeconds: bot.idleSessionTTLInSeconds,
    botStatus: bot.status,
    creationDateTime: new Date(bot.createdAt),
    botType: 'Bot' as const,
  };
}

function matches(actual: string, operator: string, value: string): boolean {
  if (operator === 'EQ') return actual === value;
  if (operator === 'NE') return actual !== value;
  return actual.includes(value);
}
