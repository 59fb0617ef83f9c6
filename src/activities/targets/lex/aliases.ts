import {
  CreateBotAliasCommand,
  DescribeBotAliasCommand,
  paginateListBotAliases,
  UpdateBotAliasCommand,
  type DescribeBotAliasCommandOutput,
  type UpdateBotAliasCommandInput,
} from '@aws-sdk/client-lex-models-v2';
import type { Artifact } from '../../../domain/artifact';
import { canonicalJson } from '../../../domain/canonical-json';
import { NotFoundError, OutsideWorkFailedError } from '../../../domain/errors';
import { putJson, readArtifactJson } from '../../artifacts';
import type { BotReference } from './bot-reference';
import { callAws, listAws } from './calls';
import type { LexDependencies } from './dependencies';
import { pollUntil } from './polling';

/** What an alias is made of: everything that an update replaces. */
type AliasSettings = Omit<UpdateBotAliasCommandInput, 'botId' | 'botAliasId'>;

export function aliasActivities({ lexModels, store, polling }: LexDependencies) {
  return {
    /**
     * Points two aliases of Ciclo's own to the versions that are compared. They have no Lambda hooks and no
     * conversation logs, so that test traffic does nothing and never becomes training data.
     */
    async pointEvaluationAliases(input: {
      bot: BotReference;
      championVersion: string;
      challengerVersion: string;
    }): Promise<{ championAliasId: string; challengerAliasId: string }> {
      const { bot, championVersion, challengerVersion } = input;
      return {
        championAliasId: await pointAlias(bot, 'ciclo-champion', championVersion),
        challengerAliasId: await pointAlias(bot, 'ciclo-challenger', challengerVersion),
      };
    },

    /**
     * Keeps the live alias's settings as they are, so that they can be put back. When it points to the wanted version
     * already, a switch was broken off: what was kept before that one stays.
     * @param input.version to which the alias is about to be switched
     */
    async saveAlias(input: {
      bot: BotReference;
      version: string;
      snapshotUri: string;
    }): Promise<{ snapshot: Artifact; previousVersion: string }> {
      const { botId, aliasId } = input.bot;
      const alias = await describe(botId, aliasId, input.bot.aliasName);
      const kept = alias.botVersion === input.version ? await keptAlias(input.snapshotUri) : null;
      if (kept) return kept;
      const snapshot = await putJson(store, input.snapshotUri, { ...alias, $metadata: undefined });
      return { snapshot, previousVersion: alias.botVersion! };
    },

    /** The settings that were kept before a switch; null where none was begun. */
    async findSavedAlias(input: {
      snapshotUri: string;
    }): Promise<{ snapshot: Artifact; previousVersion: string } | null> {
      return keptAlias(input.snapshotUri);
    },

    /** Points the live alias to another version; all other settings stay as they were saved. Safe to repeat. */
    async switchAlias(input: { bot: BotReference; version: string; snapshot: Artifact }): Promise<void> {
      const { bot, version } = input;
      const settings = await savedSettings(input.snapshot);
      await update(bot.botId, bot.aliasId, { ...settings, botVersion: version });
    },

    /** Puts the live alias back exactly as it was saved. Safe to repeat. */
    async restoreAlias(input: { bot: BotReference; snapshot: Artifact }): Promise<{ version: string }> {
      const settings = await savedSettings(input.snapshot);
      await update(input.bot.botId, input.bot.aliasId, settings);
      return { version: settings.botVersion! };
    },
  };

  async function keptAlias(
    snapshotUri: string,
  ): Promise<{ snapshot: Artifact; previousVersion: string } | null> {
    if (!(await store.exists(snapshotUri))) return null;
    const alias = JSON.parse(await store.readText(snapshotUri)) as DescribeBotAliasCommandOutput;
    return { snapshot: await putJson(store, snapshotUri, alias), previousVersion: alias.botVersion! };
  }

  /** Creates or updates an alias with one locale and nothing else. */
  async function pointAlias(
    { botId, botName, localeId }: BotReference,
    botAliasName: string,
    botVersion: string,
  ): Promise<string> {
    const subject = `alias ${botAliasName} of bot ${botName}`;
    const settings: AliasSettings = {
      botAliasName,
      description: 'For the evaluation of versions by Ciclo',
      botVersion,
      botAliasLocaleSettings: { [localeId]: { enabled: true } },
    };
    const aliases = await listAws(
      'ListBotAliases',
      `bot ${botName}`,
      () => paginateListBotAliases({ client: lexModels }, { botId }),
      (page) => page.botAliasSummaries,
    );
    const existing = aliases.find((alias) => alias.botAliasName === botAliasName)?.botAliasId;
    if (existing !== undefined) {
      await update(botId, existing, settings);
      return existing;
    }
    const { botAliasId } = await callAws('CreateBotAlias', subject, (options) =>
      lexModels.send(new CreateBotAliasCommand({ botId, ...settings }), options),
    );
    await untilPointing(botId, botAliasId!, botAliasName, botVersion);
    return botAliasId!;
  }

  async function update(botId: string, botAliasId: string, settings: AliasSettings): Promise<void> {
    const name = settings.botAliasName!;
    const present = await untilSettled(botId, botAliasId, name);
    // An earlier attempt may have done it and died before it could say so.
    if (canonicalJson(settingsOf(present)) === canonicalJson(settings)) return;
    await callAws('UpdateBotAlias', `alias ${name}`, (options) =>
      lexModels.send(new UpdateBotAliasCommand({ botId, botAliasId, ...settings }), options),
    );
    await untilPointing(botId, botAliasId, name, settings.botVersion!);
  }

  async function untilPointing(botId: string, aliasId: string, name: string, version: string): Promise<void> {
    await pollUntil(
      async () => ((await settled(botId, aliasId, name))?.botVersion === version ? true : undefined),
      { alias: name, version },
      polling,
    );
  }

  function untilSettled(
    botId: string,
    aliasId: string,
    name: string,
  ): Promise<DescribeBotAliasCommandOutput> {
    return pollUntil(() => settled(botId, aliasId, name), { alias: name }, polling);
  }

  /** The alias when it can be used, undefined while it is being made. */
  async function settled(
    botId: string,
    aliasId: string,
    name: string,
  ): Promise<DescribeBotAliasCommandOutput | undefined> {
    const alias = await describe(botId, aliasId, name);
    switch (alias.botAliasStatus) {
      case 'Available':
        return alias;
      case 'Failed':
      case 'Deleting':
        throw new OutsideWorkFailedError(
          `The alias ${name} is ${alias.botAliasStatus}, so it cannot be pointed to a version. Mend it in the Lex console, or make it again; ` +
            'then promote the model with "npx ciclo promote".',
          { alias: name, status: alias.botAliasStatus },
        );
      case 'Creating':
      case undefined:
        return undefined;
    }
  }

  /** @throws NotFoundError for an alias that was deleted since it was found */
  async function describe(
    botId: string,
    botAliasId: string,
    name: string,
  ): Promise<DescribeBotAliasCommandOutput> {
    try {
      return await callAws('DescribeBotAlias', `alias ${name}`, (options) =>
        lexModels.send(new DescribeBotAliasCommand({ botId, botAliasId }), options),
      );
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
      throw new NotFoundError(
        `The alias ${name} does not exist any more: somebody deleted it meanwhile. Make it again in the Lex console and ` +
          'point it to a numbered version; then promote the model with "npx ciclo promote".',
        { alias: name, botId, botAliasId },
        true,
        { cause: error },
      );
    }
  }

  async function savedSettings(snapshot: Artifact): Promise<AliasSettings> {
    return settingsOf(await readArtifactJson<DescribeBotAliasCommandOutput>(store, snapshot));
  }
}

/** Of an alias as Lex describes it. */
function settingsOf(alias: DescribeBotAliasCommandOutput): AliasSettings {
  return {
    botAliasName: alias.botAliasName,
    description: alias.description,
    botVersion: alias.botVersion,
    botAliasLocaleSettings: alias.botAliasLocaleSettings,
    conversationLogSettings: alias.conversationLogSettings,
    sentimentAnalysisSettings: alias.sentimentAnalysisSettings,
  };
}
