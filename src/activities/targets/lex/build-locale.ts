import { Context, heartbeat } from '@temporalio/activity';
import {
  BuildBotLocaleCommand,
  DescribeBotLocaleCommand,
  type DescribeBotLocaleCommandOutput,
} from '@aws-sdk/client-lex-models-v2';
import { OutsideWorkFailedError } from '../../../domain/errors';
import { draftVersion, type BotLocaleReference } from './bot-reference';
import { callAws, reasonsOf } from './calls';
import type { LexDependencies } from './dependencies';
import { pollUntil } from './polling';

/** When the last build before ours was submitted (milliseconds since 1970; 0 for never). */
interface BuildBefore {
  submittedBeforeMs: number;
}

export function buildBotLocaleActivity({ lexModels, polling }: LexDependencies) {
  return {
    /**
     * Builds the locale's DRAFT. A build that an earlier attempt submitted, or that is under way, is waited for and
     * not repeated.
     * @param input.runName what the build is for; named in errors
     * @throws OutsideWorkFailedError with the reasons and recommendations of Lex
     */
    async buildBotLocale({ bot, runName }: { bot: BotLocaleReference; runName: string }): Promise<void> {
      const subject = `locale ${bot.localeId} of bot ${bot.botName}`;
      const earlier = Context.current().info.heartbeatDetails as BuildBefore | undefined;
      const before = earlier ?? (await pollUntil(() => idleSince(bot, subject), undefined, polling));
      if (before.submittedBeforeMs === submittedMs(await describe(bot, subject))) {
        heartbeat(before);
        await callAws('BuildBotLocale', subject, (options) =>
          lexModels.send(
            new BuildBotLocaleCommand({ botId: bot.botId, botVersion: draftVersion, localeId: bot.localeId }),
            options,
          ),
        );
      }
      await pollUntil(() => built(bot, subject, runName, before), before, polling);
    },
  };

  function describe(
    { botId, localeId }: BotLocaleReference,
    subject: string,
  ): Promise<DescribeBotLocaleCommandOutput> {
    return callAws('DescribeBotLocale', subject, (options) =>
      lexModels.send(new DescribeBotLocaleCommand({ botId, botVersion: draftVersion, localeId }), options),
    );
  }

  /** The state before our build, once nothing else works on the locale; undefined while something does. */
  async function idleSince(bot: BotLocaleReference, subject: string): Promise<BuildBefore | undefined> {
    const locale = await describe(bot, subject);
    switch (locale.botLocaleStatus) {
      case 'Built':
      case 'NotBuilt':
      case 'Failed':
      case 'ReadyExpressTesting':
        return { submittedBeforeMs: submittedMs(locale) };
      case 'Building':
      case 'Creating':
      case 'Importing':
      case 'Processing':
      case undefined:
        return undefined;
      case 'Deleting':
        throw beingDeleted(subject);
    }
  }

  async function built(
    bot: BotLocaleReference,
    subject: string,
    runName: string,
    before: BuildBefore,
  ): Promise<true | undefined> {
    const locale = await describe(bot, subject);
    // Until our build shows, the status is that of an earlier one.
    if (submittedMs(locale) === before.submittedBeforeMs) return undefined;
    switch (locale.botLocaleStatus) {
      case 'Built':
        return true;
      case 'Failed':
        throw new OutsideWorkFailedError(
          `The build of ${subject} for "${runName}" failed: ${reasonsOf(locale)}.` +
            (locale.recommendedActions?.length
              ? ` Lex recommends: ${locale.recommendedActions.join(' ')}`
              : ''),
          { reasons: locale.failureReasons ?? [], recommendedActions: locale.recommendedActions ?? [] },
        );
      case 'Deleting':
        throw beingDeleted(subject);
      case 'Building':
      case 'Creating':
      case 'Importing':
      case 'NotBuilt':
      case 'Processing':
      case 'ReadyExpressTesting':
      case undefined:
        return undefined;
    }
  }
}

function submittedMs({ lastBuildSubmittedDateTime }: DescribeBotLocaleCommandOutput): number {
  return lastBuildSubmittedDateTime?.getTime() ?? 0;
}

function beingDeleted(subject: string): OutsideWorkFailedError {
  return new OutsideWorkFailedError(`The ${subject} is being deleted, so it cannot be built.`, {
    status: 'Deleting',
  });
}
