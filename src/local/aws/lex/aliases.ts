import type {
  CreateBotAliasCommandInput,
  CreateBotAliasCommandOutput,
  DeleteBotAliasCommandInput,
  DeleteBotAliasCommandOutput,
  DescribeBotAliasCommandInput,
  DescribeBotAliasCommandOutput,
  ListBotAliasesCommandInput,
  ListBotAliasesCommandOutput,
  UpdateBotAliasCommandInput,
  UpdateBotAliasCommandOutput,
} from '@aws-sdk/client-lex-models-v2';
import { conflictError, preconditionError, validationError } from '../errors';
import { type Input, type Output } from '../protocol/handler';
import { paginate } from '../protocol/paginate';
import { type LexContext } from './context';
import { draftVersion, newLexId, testAliasId } from './identifiers';
import { listPageSize } from './lists';
import { type AliasRecord } from './records';

const aliasNamePattern = /^(\d*[a-zA-Z]([0-9a-zA-Z]?[_-]?){0,99})$/;

export function aliasHandlers(context: LexContext) {
  const { store } = context;
  return {
    CreateBotAlias(input: Input<CreateBotAliasCommandInput>): Output<CreateBotAliasCommandOutput> {
      const bot = store.bot(input.botId);
      requireFreeName(context, input.botId, input.botAliasName);
      requireUsableVersion(context, input.botId, input.botVersion);
      const now = Date.now();
      const alias = store.putAlias({
        botId: bot.botId,
        aliasId: newLexId(),
        name: input.botAliasName,
        description: input.description,
        version: input.botVersion,
        localeSettings: input.botAliasLocaleSettings,
        conversationLogSettings: input.conversationLogSettings,
        sentimentAnalysisSettings: input.sentimentAnalysisSettings,
        tags: input.tags ?? {},
        history: input.botVersion === undefined ? [] : [{ version: input.botVersion, from: now }],
        status: 'Creating',
        createdAt: now,
        updatedAt: now,
      });
      finishAlias(context, alias);
      return { ...settingsOf(alias), tags: alias.tags };
    },

    DescribeBotAlias(input: Input<DescribeBotAliasCommandInput>): Output<DescribeBotAliasCommandOutput> {
      return describe(store.alias(input.botId, input.botAliasId));
    },

    /** Puts a whole alias in the place of the old one: what is not sent is lost. */
    UpdateBotAlias(input: Input<UpdateBotAliasCommandInput>): Output<UpdateBotAliasCommandOutput> {
      const alias = store.alias(input.botId, input.botAliasId);
      requireSettled(alias);
      if (input.botAliasName !== alias.name) requireFreeName(context, input.botId, input.botAliasName);
      if (alias.aliasId === testAliasId && input.botVersion !== draftVersion) {
        throw validationError('The test alias points to DRAFT and cannot point elsewhere.');
      }
      requireUsableVersion(context, input.botId, input.botVersion);
      const now = Date.now();
      const updated = store.putAlias({
        botId: alias.botId,
        aliasId: alias.aliasId,
        name: input.botAliasName,
        description: input.description,
        version: input.botVersion,
        servedVersion: alias.servedVersion,
        localeSettings: input.botAliasLocaleSettings,
        conversationLogSettings: input.conversationLogSettings,
        sentimentAnalysisSettings: input.sentimentAnalysisSettings,
        tags: alias.tags,
        history: extendHistory(alias, input.botVersion, now),
        status: 'Creating',
        createdAt: alias.createdAt,
        updatedAt: now,
      });
      finishAlias(context, updated);
      return { ...settingsOf(updated), lastUpdatedDateTime: new Date(updated.updatedAt) };
    },

    ListBotAliases(input: Input<ListBotAliasesCommandInput>): Output<ListBotAliasesCommandOutput> {
      store.bot(input.botId);
      const { page, nextToken } = paginate(
        store.aliasesOf(input.botId),
        input.maxResults ?? listPageSize,
        input.nextToken,
      );
      return {
        botId: input.botId,
        botAliasSummaries: page.map((alias) => ({
          botAliasId: alias.aliasId,
          botAliasName: alias.name,
          description: alias.description,
          botVersion: alias.version,
          botAliasStatus: alias.status,
          creationDateTime: new Date(alias.createdAt),
          lastUpdatedDateTime: new Date(alias.updatedAt),
        })),
        nextToken,
      };
    },

    DeleteBotAlias(input: Input<DeleteBotAliasCommandInput>): Output<DeleteBotAliasCommandOutput> {
      const alias = store.alias(input.botId, input.botAliasId);
      if (alias.aliasId === testAliasId) throw preconditionError('The test alias cannot be deleted.');
      requireSettled(alias);
      const deleting = store.putAlias({ ...alias, status: 'Deleting' });
      finishAlias(context, deleting);
      return { botId: alias.botId, botAliasId: alias.aliasId, botAliasStatus: 'Deleting' };
    },
  };
}

/** Brings an alias that is being created, changed or deleted to its end; a changed one answers with its new version. */
export function finishAlias({ store, later, latency }: LexContext, { botId, aliasId }: AliasRecord): void {
  later.schedule(
    latency.aliasMs,
    () => {
      const alias = store.alias(botId, aliasId);
      if (alias.status === 'Creating') {
        store.putAlias({
          ...alias,
          status: 'Available',
          servedVersion: alias.version,
          updatedAt: Date.now(),
        });
      }
      if (alias.status === 'Deleting') store.deleteAlias(botId, aliasId);
    },
    () => store.putAlias({ ...store.alias(botId, aliasId), status: 'Failed' }),
  );
}

function requireFreeName({ store }: LexContext, botId: string, name: string): void {
  if (!aliasNamePattern.test(name)) throw validationError(`The alias name '${name}' is not valid.`);
  if (store.aliasesOf(botId).some((alias) => alias.name === name)) {
    throw conflictError(`The bot ${botId} has an alias ${name} already.`);
  }
}

/** An alias may stand without a version; one that it names must exist and be ready. */
function requireUsableVersion({ store }: LexContext, botId: string, version: string | undefined): void {
  if (version === undefined) return;
  const { status } = store.version(botId, version);
  if (status !== 'Available') throw preconditionError(`Version ${version} of the bot ${botId} is ${status}.`);
}

function requireSettled({ aliasId, status }: AliasRecord): void {
  if (status === 'Creating' || status === 'Deleting') {
    throw conflictError(`The alias ${aliasId} is ${status}. Wait until that has ended.`);
  }
}

function extendHistory(alias: AliasRecord, version: string | undefined, now: number): AliasRecord['history'] {
  if (version === alias.version) return alias.history;
  const closed = alias.history.map((event) => ({ ...event, to: event.to ?? now }));
  return version === undefined ? closed : [...closed, { version, from: now }];
}

function describe(alias: AliasRecord) {
  return {
    ...settingsOf(alias),
    botAliasHistoryEvents: alias.history.map(({ version, from, to }) => ({
      botVersion: version,
      startDate: new Date(from),
      endDate: to === undefined ? undefined : new Date(to),
    })),
    lastUpdatedDateTime: new Date(alias.updatedAt),
  };
}

function settingsOf(alias: AliasRecord) {
  return {
    botId: alias.botId,
    botAliasId: alias.aliasId,
    botAliasName: alias.name,
    description: alias.description,
    botVersion: alias.version,
    botAliasLocaleSettings: alias.localeSettings,
    conversationLogSettings: alias.conversationLogSettings,
    sentimentAnalysisSettings: alias.sentimentAnalysisSettings,
    botAliasStatus: alias.status,
    creationDateTime: new Date(alias.createdAt),
  };
}
