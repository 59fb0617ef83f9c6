import { BuildBotLocaleCommand } from '@aws-sdk/client-lex-models-v2';
import { OutsideWorkFailedError } from '../../../domain/errors';
import { presentableWords } from '../../../platform/aws/service-words';
import { putJson } from '../../artifacts';
import { draftVersion, type BotLocaleReference } from './bot-reference';
import { callAws, reasonsOf } from './calls';
import type { LexDependencies } from './dependencies';
import { describeLocale, submittedMs } from './describe-locale';
import type { ImportedArchive } from './import-archive';
import { pollUntil } from './polling';

interface BuildInput {
  bot: BotLocaleReference;
  /** What the build is for; named in errors. */
  runName: string;
  /** What is to be built. */
  imported: Pick<ImportedArchive, 'builtBeforeMs' | 'folderUri'>;
}

export function buildBotLocaleActivity({ lexModels, store, polling }: LexDependencies) {
  return {
    /**
     * Builds the locale's DRAFT. A build that was submitted after the import holds it, so it is waited for and not
     * repeated, whoever submitted it.
     * @throws OutsideWorkFailedError with the reasons and recommendations of Lex
     */
    async buildBotLocale(input: BuildInput): Promise<void> {
      const { bot } = input;
      const subject = `locale ${bot.localeId} of bot ${bot.botName}`;
      const begun = await pollUntil(() => idleOrBegun(input, subject), undefined, polling);
      if (begun === 'idle') {
        await callAws('BuildBotLocale', subject, (options) =>
          lexModels.send(
            new BuildBotLocaleCommand({ botId: bot.botId, botVersion: draftVersion, localeId: bot.localeId }),
            options,
          ),
        );
      }
      await pollUntil(() => built(input, subject), undefined, polling);
    },
  };

  /** Whether our build has begun, or may begin; undefined while something else works on the locale. */
  async function idleOrBegun(input: BuildInput, subject: string): Promise<'idle' | 'begun' | undefined> {
    const locale = await describeLocale(lexModels, input.bot, subject);
    if (submittedMs(locale) !== input.imported.builtBeforeMs) return 'begun';
    switch (locale.botLocaleStatus) {
      case 'Built':
      case 'NotBuilt':
      case 'Failed':
      case 'ReadyExpressTesting':
        return 'idle';
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

  async function built({ bot, runName, imported }: BuildInput, subject: string): Promise<true | undefined> {
    const locale = await describeLocale(lexModels, bot, subject);
    // Until our build shows, the status is that of an earlier one.
    if (submittedMs(locale) === imported.builtBeforeMs) return undefined;
    switch (locale.botLocaleStatus) {
      case 'Built':
        return true;
      case 'Failed': {
        const { failureReasons = [], recommendedActions = [] } = locale;
        const reasonsUri = `${imported.folderUri}build-failure.json`;
        await putJson(store, reasonsUri, { failureReasons, recommendedActions });
        const recommended = recommendedActions.map(
          (action) => ` Lex recommends: ${presentableWords(action)}.`,
        );
        throw new OutsideWorkFailedError(
          `The build of ${subject} for "${runName}" failed: ${reasonsOf(locale)}.${recommended.join('')} ` +
            `No alias was touched: mend DRAFT in the Lex console, then try again. All that Lex says is in ${reasonsUri}.`,
          { reasonsUri },
        );
      }
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

function beingDeleted(subject: string): OutsideWorkFailedError {
  return new OutsideWorkFailedError(
    `The ${subject} is being deleted, so it cannot be built. Make it again in the Lex console, then try again.`,
    {
      status: 'Deleting',
    },
  );
}
