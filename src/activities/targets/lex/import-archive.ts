import {
  CreateUploadUrlCommand,
  DescribeImportCommand,
  paginateListIntents,
  StartImportCommand,
  type DescribeImportCommandOutput,
} from '@aws-sdk/client-lex-models-v2';
import type { Artifact } from '../../../domain/artifact';
import { localeOf, readBotArchive } from '../../../domain/bot-archive';
import { OutsideWorkFailedError } from '../../../domain/errors';
import { putJson } from '../../artifacts';
import { readArtifactBytes } from './artifact-bytes';
import { draftVersion, type BotLocaleReference } from './bot-reference';
import { callAws, listAws, reasonsOf } from './calls';
import type { LexDependencies } from './dependencies';
import { describeLocale, submittedMs } from './describe-locale';
import { knownSoon, pollUntil, stillKnown } from './polling';
import { transferArchive } from './transfer';

/** An import that is done, as the build after it needs to know it. */
export interface ImportedArchive {
  importId: string;
  intents: number;
  /** When the last build before the import was submitted (milliseconds since 1970; 0 for never). */
  builtBeforeMs: number;
  /** Where the archive lies, ending in a slash: what Lex says of failures is kept beside it. */
  folderUri: string;
}

/** Where a run notes which import is its own. */
interface ImportNote {
  uri: string;
  runName: string;
}

export function importBotArchiveActivity({ lexModels, store, polling, transferTimeoutMs }: LexDependencies) {
  return {
    /**
     * Imports a locale archive over the bot's DRAFT and checks that no intent was lost. A retry attaches to the import
     * that an earlier attempt started.
     * @param input.runName what the import is for; named in errors
     * @throws OutsideWorkFailedError with the reasons of Lex
     */
    async importBotArchive(input: {
      bot: BotLocaleReference;
      archive: Artifact;
      runName: string;
    }): Promise<ImportedArchive> {
      const { bot } = input;
      const folderUri = input.archive.uri.replace(/[^/]*$/, '');
      const subject = `locale ${bot.localeId} of bot ${bot.botName}`;
      const bytes = await readArtifactBytes(store, input.archive);
      const locale = localeOf(readBotArchive(bytes), bot.localeId);
      const note: ImportNote = { uri: `${folderUri}import.json`, runName: input.runName };
      const importId =
        (await stillKnown(await notedImport(note), (id) => describeImport(id, subject))) ??
        (await startImport(bot, bytes, locale.nluConfidenceThreshold, subject, note));
      await pollUntil(
        knownSoon(() => imported(importId, subject, input.runName, folderUri)),
        { importId },
        polling,
      );
      const intents = await listIntents(bot, subject);
      const lost = locale.intents.map(({ name }) => name).filter((name) => !intents.includes(name));
      if (lost.length > 0) {
        throw new OutsideWorkFailedError(
          `After the import for "${input.runName}", ${subject} lacks ${lost.join(', ')}. Look at the bot in the Lex ` +
            'console; the archive has these intents and can be imported there by hand.',
          { importId, lost, archive: input.archive.uri },
        );
      }
      const built = await describeLocale(lexModels, bot, subject);
      return { importId, intents: intents.length, builtBeforeMs: submittedMs(built), folderUri };
    },
  };

  async function startImport(
    { botId, localeId }: BotLocaleReference,
    bytes: Buffer,
    nluIntentConfidenceThreshold: number | null,
    subject: string,
    { uri, runName }: ImportNote,
  ): Promise<string> {
    const { importId, uploadUrl } = await callAws('CreateUploadUrl', subject, (options) =>
      lexModels.send(new CreateUploadUrlCommand({}), options),
    );
    // Written before the start, so that a retry can ask whether this import was started: a heartbeat may not arrive.
    await store.write(uri, JSON.stringify({ runName, importId }), { contentType: 'application/json' });
    await transferArchive('PUT of the archive', subject, uploadUrl!, transferTimeoutMs, bytes);
    await callAws('StartImport', subject, (options) =>
      lexModels.send(
        new StartImportCommand({
          importId,
          resourceSpecification: {
            botLocaleImportSpecification: {
              botId,
              botVersion: draftVersion,
              localeId,
              ...(nluIntentConfidenceThreshold === null ? {} : { nluIntentConfidenceThreshold }),
            },
          },
          mergeStrategy: 'Overwrite',
        }),
        options,
      ),
    );
    return importId!;
  }

  /** The import that an earlier attempt of the same run was about to start. */
  async function notedImport({ uri, runName }: ImportNote): Promise<string | undefined> {
    if (!(await store.exists(uri))) return undefined;
    const noted = JSON.parse(await store.readText(uri)) as { runName: string; importId: string };
    return noted.runName === runName ? noted.importId : undefined;
  }

  function describeImport(importId: string, subject: string): Promise<DescribeImportCommandOutput> {
    return callAws('DescribeImport', subject, (options) =>
      lexModels.send(new DescribeImportCommand({ importId }), options),
    );
  }

  /** True once completed, undefined while it goes on. */
  async function imported(
    importId: string,
    subject: string,
    runName: string,
    folderUri: string,
  ): Promise<true | undefined> {
    const answer = await describeImport(importId, subject);
    switch (answer.importStatus) {
      case 'Completed':
        return true;
      case 'Failed':
      case 'Deleting': {
        const reasonsUri = `${folderUri}import-failure.json`;
        await putJson(store, reasonsUri, { importId, failureReasons: answer.failureReasons ?? [] });
        throw new OutsideWorkFailedError(
          `The import of ${subject} for "${runName}" ended as ${answer.importStatus}: ` +
            `${reasonsOf(answer)}. DRAFT may hold a part of it; no alias was touched. Mend what Lex names, then try ` +
            `again. All that Lex says is in ${reasonsUri}.`,
          { importId, reasonsUri },
        );
      }
      case 'InProgress':
      case undefined:
        return undefined;
    }
  }

  async function listIntents({ botId, localeId }: BotLocaleReference, subject: string): Promise<string[]> {
    const intents = await listAws(
      'ListIntents',
      subject,
      () => paginateListIntents({ client: lexModels }, { botId, botVersion: draftVersion, localeId }),
      (page) => page.intentSummaries,
    );
    return intents.map((intent) => intent.intentName ?? '');
  }
}
