import { Context } from '@temporalio/activity';
import {
  CreateExportCommand,
  DescribeExportCommand,
  type DescribeExportCommandOutput,
} from '@aws-sdk/client-lex-models-v2';
import type { Artifact } from '../../../domain/artifact';
import { knownUtterances, localeOf, readBotArchive } from '../../../domain/bot-archive';
import { OutsideWorkFailedError } from '../../../domain/errors';
import { toJsonLines } from '../../../platform/storage/json-lines';
import { draftVersion, type BotLocaleReference } from './bot-reference';
import { callAws, reasonsOf } from './calls';
import type { LexDependencies } from './dependencies';
import { knownSoon, pollUntil, stillKnown } from './polling';
import { transferArchive } from './transfer';

export interface BotDraft {
  /** `draft.zip`, as Lex exported it. */
  archive: Artifact;
  /** `known.jsonl`: its sample utterances as `LabelledUtterance`s, slots filled in. */
  known: Artifact;
  intents: number;
  utterances: number;
}

export function readBotDraftActivity({ lexModels, store, polling, transferTimeoutMs }: LexDependencies) {
  return {
    /** Exports the locale's DRAFT; a retry attaches to the export of an earlier attempt, unless Lex has forgotten it. */
    async readBotDraft({
      bot,
      outputUri,
    }: {
      bot: BotLocaleReference;
      outputUri: string;
    }): Promise<BotDraft> {
      const subject = `locale ${bot.localeId} of bot ${bot.botName}`;
      const begun = Context.current().info.heartbeatDetails as { exportId: string } | undefined;
      const exportId =
        (await stillKnown(begun?.exportId, (id) => describeExport(id, subject))) ??
        (await startExport(bot, subject));
      const downloadUrl = await pollUntil(
        knownSoon(() => exportedTo(exportId, subject)),
        { exportId },
        polling,
      );
      const bytes = await transferArchive('GET of the export', subject, downloadUrl, transferTimeoutMs);
      const archive = readBotArchive(bytes);
      const known = knownUtterances(archive, bot.localeId);
      return {
        archive: await store.putArtifact(`${outputUri}draft.zip`, bytes, {
          rows: 1,
          schemaVersion: 1,
          contentType: 'application/zip',
        }),
        known: await store.putArtifact(`${outputUri}known.jsonl`, toJsonLines(known), {
          rows: known.length,
          schemaVersion: 1,
        }),
        intents: localeOf(archive, bot.localeId).intents.length,
        utterances: known.length,
      };
    },
  };

  async function startExport({ botId, localeId }: BotLocaleReference, subject: string): Promise<string> {
    const { exportId } = await callAws('CreateExport', subject, (options) =>
      lexModels.send(
        new CreateExportCommand({
          resourceSpecification: {
            botLocaleExportSpecification: { botId, botVersion: draftVersion, localeId },
          },
          fileFormat: 'LexJson',
        }),
        options,
      ),
    );
    return exportId!;
  }

  function describeExport(exportId: string, subject: string): Promise<DescribeExportCommandOutput> {
    return callAws('DescribeExport', subject, (options) =>
      lexModels.send(new DescribeExportCommand({ exportId }), options),
    );
  }

  /** The address to download from, or undefined while the export goes on. */
  async function exportedTo(exportId: string, subject: string): Promise<string | undefined> {
    const answer = await describeExport(exportId, subject);
    switch (answer.exportStatus) {
      case 'Completed':
        return answer.downloadUrl;
      case 'Failed':
      case 'Deleting':
        throw new OutsideWorkFailedError(
          `The export of ${subject} ended as ${answer.exportStatus}: ${reasonsOf(answer)}. ` +
            'Try an export in the Lex console.',
          { exportId, status: answer.exportStatus },
        );
      case 'InProgress':
      case undefined:
        return undefined;
    }
  }
}
