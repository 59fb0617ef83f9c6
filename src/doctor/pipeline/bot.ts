import { DescribeBotAliasCommand, type LexModelsV2Client } from '@aws-sdk/client-lex-models-v2';
import type { BotReference } from '../../activities/targets/lex';
import { broken, fine, warning, type Finding } from '../../domain/doctor';
import { awsCallWith } from '../aws-call';
import type { Check } from '../check';

/** Whether bot, alias and locale exist, and the alias points to a version that one could go back to. */
export function botCheck(bot: () => Promise<BotReference>): Check {
  return {
    id: 'bot',
    group: 'pipeline',
    title: 'The bot',
    async run() {
      const { botName, botId, aliasName, liveVersion, localeId } = await bot();
      return [
        fine(
          `Bot ${botName} (${botId}), locale ${localeId}: alias ${aliasName} points to version ${liveVersion}.`,
          {
            botId,
            liveVersion,
          },
        ),
      ];
    },
  };
}

/** Whether the live alias serves the locale, and logs what people say. */
export function aliasCheck(lexModels: LexModelsV2Client, bot: () => Promise<BotReference>): Check {
  return {
    id: 'alias',
    group: 'pipeline',
    title: 'The alias',
    async run(signal) {
      const { botId, aliasId, aliasName, localeId } = await bot();
      const { botAliasLocaleSettings, conversationLogSettings } = await awsCallWith(signal)(
        'DescribeBotAlias',
        `alias ${aliasName}`,
        (options) => lexModels.send(new DescribeBotAliasCommand({ botId, botAliasId: aliasId }), options),
      );
      const textLogs = (conversationLogSettings?.textLogSettings ?? []).filter(({ enabled }) => enabled);
      const groups = textLogs.map(({ destination }) => destination?.cloudWatch?.cloudWatchLogGroupArn ?? '');
      return [
        ...judgeLocale(aliasName, localeId, botAliasLocaleSettings?.[localeId]?.enabled),
        judgeLogging(aliasName, groups),
      ];
    },
  };
}

function judgeLocale(aliasName: string, localeId: string, isEnabled: boolean | undefined): Finding[] {
  if (isEnabled === true) return [];
  return [
    broken(`The alias ${aliasName} does not serve the locale ${localeId}.`, {
      why: 'Nobody can talk to the versions that Ciclo makes.',
      next: `Enable ${localeId} for the alias in the Lex console (Aliases, ${aliasName}, Languages).`,
    }),
  ];
}

function judgeLogging(aliasName: string, logGroups: readonly string[]): Finding {
  if (logGroups.length > 0)
    return fine(`The alias ${aliasName} logs text to ${logGroups.join(', ')}.`, { logGroups });
  return warning(`The alias ${aliasName} logs no text.`, {
    why: 'Unless your own program writes the logs, there will be nothing to learn from.',
    next: `Switch on text logs in the Lex console (Aliases, ${aliasName}, Conversation logs), and send them on to S3: docs/your-bot.md, step 3.`,
  });
}
