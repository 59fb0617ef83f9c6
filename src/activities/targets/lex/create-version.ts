import {
  CreateBotVersionCommand,
  DescribeBotVersionCommand,
  paginateListBotAliases,
  paginateListBotLocales,
  paginateListBotVersions,
  type BotVersionSummary,
} from '@aws-sdk/client-lex-models-v2';
import { InvalidInputError, OutsideWorkFailedError, QuotaExceededError } from '../../../domain/errors';
import { lexQuotas } from '../../../domain/quotas';
import { draftVersion, type BotReference } from './bot-reference';
import { callAws, listAws, reasonsOf } from './calls';
import type { LexDependencies } from './dependencies';
import { knownSoon, pollUntil } from './polling';

/** Characters that Lex takes for a description. */
const longestDescription = 200;
/** So many versions a full bot's error names as candidates for deletion. */
const namedCandidates = 5;

export function createBotVersionActivity({ lexModels, polling }: LexDependencies) {
  return {
    /**
     * Makes a numbered version: the pipeline's locale from DRAFT, every other locale as it is live. A version with the
     * same description is taken to be this one, made by an earlier attempt.
     * @param input.description unique to the run
     * @throws QuotaExceededError when the bot has as many versions as Lex allows; it names those that no alias uses
     */
    async createBotVersion({
      bot,
      description,
    }: {
      bot: BotReference;
      description: string;
    }): Promise<{ version: string }> {
      if (description.length > longestDescription) {
        throw new InvalidInputError(
          `A version's description has at most ${longestDescription} characters; this one has ${description.length}.`,
          { length: description.length },
        );
      }
      const subject = `bot ${bot.botName}`;
      const versions = await listVersions(bot, subject);
      const made = versions.find((version) => version.description === description)?.botVersion;
      if (made === undefined) await requireRoom(bot, versions, subject);
      const version = made ?? (await create(bot, description, subject));
      await pollUntil(
        knownSoon(() => available(bot, version)),
        { version },
        polling,
      );
      return { version };
    },
  };

  async function listVersions({ botId }: BotReference, subject: string): Promise<BotVersionSummary[]> {
    const versions = await listAws(
      'ListBotVersions',
      subject,
      () => paginateListBotVersions({ client: lexModels }, { botId }),
      (page) => page.botVersionSummaries,
    );
    return versions.filter((version) => version.botVersion !== draftVersion);
  }

  async function requireRoom(
    bot: BotReference,
    versions: BotVersionSummary[],
    subject: string,
  ): Promise<void> {
    const limit = lexQuotas(bot.localeId).versionsPerBot;
    if (versions.length < limit) return;
    const aliases = await listAws(
      'ListBotAliases',
      subject,
      () => paginateListBotAliases({ client: lexModels }, { botId: bot.botId }),
      (page) => page.botAliasSummaries,
    );
    const used = new Set(aliases.map((alias) => alias.botVersion));
    const unused = versions
      .map((version) => version.botVersion!)
      .filter((version) => !used.has(version))
      .sort((a, b) => Number(a) - Number(b))
      .slice(0, namedCandidates);
    throw new QuotaExceededError(
      `${bot.botName} has ${versions.length} versions; Lex allows ${limit}. Delete old ones that you will not roll back ` +
        `to. No alias uses ${unused.join(', ') || 'any of them'}.`,
      { bot: bot.botName, versions: versions.length, limit, unused },
    );
  }

  async function create(bot: BotReference, description: string, subject: string): Promise<string> {
    const { botId, localeId, liveVersion } = bot;
    const live = await listAws(
      'ListBotLocales',
      `version ${liveVersion} of ${subject}`,
      () => paginateListBotLocales({ client: lexModels }, { botId, botVersion: liveVersion }),
      (page) => page.botLocaleSummaries,
    );
    const others = live.map((locale) => locale.localeId!).filter((id) => id !== localeId);
    const sources = [...others.map((id) => [id, liveVersion] as const), [localeId, draftVersion] as const];
    const { botVersion } = await callAws('CreateBotVersion', subject, (options) =>
      lexModels.send(
        new CreateBotVersionCommand({
          botId,
          description,
          botVersionLocaleSpecification: Object.fromEntries(
            sources.map(([id, sourceBotVersion]) => [id, { sourceBotVersion }]),
          ),
        }),
        options,
      ),
    );
    return botVersion!;
  }

  /** True once it can be used; undefined while it is being made. */
  async function available({ botId, botName }: BotReference, version: string): Promise<true | undefined> {
    const subject = `version ${version} of bot ${botName}`;
    const answer = await callAws('DescribeBotVersion', subject, (options) =>
      lexModels.send(new DescribeBotVersionCommand({ botId, botVersion: version }), options),
    );
    switch (answer.botStatus) {
      case 'Available':
        return true;
      case 'Failed':
      case 'Deleting':
      case 'Inactive':
        throw new OutsideWorkFailedError(
          `The making of ${subject} ended as ${answer.botStatus}: ${reasonsOf(answer)}. ` +
            'No alias was touched. Mend what Lex names, then try again.',
          { version, status: answer.botStatus },
        );
      case 'Creating':
      case 'Importing':
      case 'Updating':
      case 'Versioning':
      case undefined:
        return undefined;
    }
  }
}
