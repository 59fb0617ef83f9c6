import type {
  CreateBotVersionCommandInput,
  CreateBotVersionCommandOutput,
  DeleteBotVersionCommandInput,
  DeleteBotVersionCommandOutput,
  DescribeBotVersionCommandInput,
  DescribeBotVersionCommandOutput,
  ListBotVersionsCommandInput,
  ListBotVersionsCommandOutput,
} from '@aws-sdk/client-lex-models-v2';
import { conflictError, notFoundError, preconditionError, quotaError, validationError } from '../errors';
import { type Input, type Output } from '../protocol/handler';
import { paginate } from '../protocol/paginate';
import { type LexContext } from './context';
import { draftVersion } from './identifiers';
import { lexLimits } from './limits';
import { listPageSize } from './lists';
import { requireBuilt, requireSettled } from './locales';
import { type VersionRecord } from './records';

/** A version cannot be described in this first part of the time that it takes. */
const invisibleShare = 1 / 3;

export function versionHandlers(context: LexContext) {
  const { store, latency } = context;
  return {
    CreateBotVersion(input: Input<CreateBotVersionCommandInput>): Output<CreateBotVersionCommandOutput> {
      const bot = store.bot(input.botId);
      const sources = Object.entries(input.botVersionLocaleSpecification);
      if (sources.length === 0) throw validationError('botVersionLocaleSpecification must name a locale.');
      const locales = sources.map(([localeId, { sourceBotVersion }]) => {
        const locale = store.locale(bot.botId, sourceBotVersion, localeId);
        requireSettled(locale);
        requireBuilt(locale);
        return locale;
      });
      const numbered = store.versionsOf(bot.botId).filter(({ version }) => version !== draftVersion);
      if (numbered.some(({ status }) => status === 'Creating')) {
        throw conflictError(
          `Another version of the bot ${bot.botId} is being created. Wait until that has ended.`,
        );
      }
      if (numbered.length >= lexLimits.versionsPerBot) {
        throw quotaError(
          `The bot ${bot.botId} has ${numbered.length} versions; that is the limit. Delete old ones.`,
        );
      }
      const now = Date.now();
      const version = String(bot.lastVersion + 1);
      store.putBot({ ...bot, lastVersion: bot.lastVersion + 1, updatedAt: now });
      for (const locale of locales) store.putLocale({ ...locale, version, createdAt: now, updatedAt: now });
      const record = store.putVersion({
        botId: bot.botId,
        version,
        description: input.description,
        status: 'Creating',
        createdAt: now,
        visibleAt: now + latency.versionMs * invisibleShare,
      });
      finishVersion(context, record);
      return {
        botId: bot.botId,
        description: record.description,
        botVersion: version,
        botVersionLocaleSpecification: input.botVersionLocaleSpecification,
        botStatus: record.status,
        creationDateTime: new Date(record.createdAt),
      };
    },

    DescribeBotVersion(
      input: Input<DescribeBotVersionCommandInput>,
    ): Output<DescribeBotVersionCommandOutput> {
      const bot = store.bot(input.botId);
      const record = store.version(input.botId, input.botVersion);
      if (Date.now() < record.visibleAt) {
        throw notFoundError(`The bot ${bot.botId} has no version ${record.version}.`);
      }
      return {
        botId: bot.botId,
        botName: bot.botName,
        botVersion: record.version,
        description: record.description,
        roleArn: bot.roleArn,
        dataPrivacy: bot.dataPrivacy,
        idleSessionTTLInSeconds: bot.idleSessionTTLInSeconds,
        botStatus: record.status,
        failureReasons: record.failureReasons,
        creationDateTime: new Date(record.createdAt),
        botType: 'Bot',
      };
    },

    ListBotVersions(input: Input<ListBotVersionsCommandInput>): Output<ListBotVersionsCommandOutput> {
      const bot = store.bot(input.botId);
      const numberOf = ({ version }: VersionRecord) => (version === draftVersion ? 0 : Number(version));
      const versions = store.versionsOf(bot.botId).sort((a, b) => numberOf(a) - numberOf(b));
      if (input.sortBy?.order === 'Descending') versions.reverse();
      const { page, nextToken } = paginate(versions, input.maxResults ?? listPageSize, input.nextToken);
      return {
        botId: bot.botId,
        botVersionSummaries: page.map((record) => ({
          botName: bot.botName,
          botVersion: record.version,
          description: record.description,
          botStatus: record.status,
          creationDateTime: new Date(record.createdAt),
        })),
        nextToken,
      };
    },

    DeleteBotVersion(input: Input<DeleteBotVersionCommandInput>): Output<DeleteBotVersionCommandOutput> {
      const record = store.version(input.botId, input.botVersion);
      if (record.version === draftVersion) throw validationError('The version DRAFT cannot be deleted.');
      const users = store
        .aliasesOf(input.botId)
        .filter((alias) => alias.version === record.version || alias.servedVersion === record.version);
      if (users.length > 0 && input.skipResourceInUseCheck !== true) {
        const names = users.map(({ name }) => name).join(', ');
        throw preconditionError(`Version ${record.version} is in use by the aliases ${names}.`);
      }
      const deleting = store.putVersion({ ...record, status: 'Deleting' });
      finishVersion(context, deleting);
      return { botId: input.botId, botVersion: record.version, botStatus: 'Deleting' };
    },
  };
}

/** Brings a version that is being created or deleted to its end. */
export function finishVersion(
  { store, later, latency }: LexContext,
  { botId, version, status }: VersionRecord,
): void {
  later.schedule(
    status === 'Deleting' ? latency.changeMs : latency.versionMs,
    () => {
      const record = store.version(botId, version);
      if (record.status === 'Creating') store.putVersion({ ...record, status: 'Available' });
      if (record.status === 'Deleting') store.deleteVersion(botId, version);
    },
    (error) =>
      store.putVersion({
        ...store.version(botId, version),
        status: 'Failed',
        failureReasons: [error.message],
      }),
  );
}
