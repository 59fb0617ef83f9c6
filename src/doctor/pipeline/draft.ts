import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateExportCommand,
  DescribeExportCommand,
  type LexModelsV2Client,
} from '@aws-sdk/client-lex-models-v2';
import type { BotReference } from '../../activities/targets/lex';
import { draftVersion } from '../../activities/targets/lex/bot-reference';
import { localeOf, readBotArchive, type BotArchive } from '../../domain/bot-archive';
import { broken, fine, warning, type Finding } from '../../domain/doctor';
import { OutsideWorkFailedError } from '../../domain/errors';
import { checkQuotas, describeViolation, lexQuotas } from '../../domain/quotas';
import { awsCallWith } from '../aws-call';
import type { Check } from '../check';

const pollMs = 300;
/** Of a quota: the next cycles will reach it. */
const nearlyFull = 0.9;

/**
 * The bot's DRAFT, as a cycle would read it. Lex keeps the export until somebody deletes it, as those of cycles.
 * @throws OutsideWorkFailedError when Lex could not export it; the errors of reading an archive
 */
export async function exportDraft(
  lexModels: LexModelsV2Client,
  { botId, botName, localeId }: BotReference,
  signal: AbortSignal,
): Promise<BotArchive> {
  const call = awsCallWith(signal);
  const subject = `locale ${localeId} of bot ${botName}`;
  const { exportId } = await call('CreateExport', subject, (options) =>
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
  for (;;) {
    const { exportStatus, downloadUrl } = await call('DescribeExport', subject, (options) =>
      lexModels.send(new DescribeExportCommand({ exportId }), options),
    );
    if (exportStatus === 'Completed') {
      return call('GET of the export', subject, async ({ abortSignal }) => {
        const response = await fetch(downloadUrl!, { signal: abortSignal });
        return readBotArchive(Buffer.from(await response.arrayBuffer()));
      });
    }
    if (exportStatus !== 'InProgress') {
      throw new OutsideWorkFailedError(
        `The export of ${subject} ended as ${exportStatus ?? 'unknown'}. Try an export in the Lex console.`,
        { status: exportStatus ?? null },
      );
    }
    await sleep(pollMs, undefined, { signal });
  }
}

/** Whether DRAFT can be read, and has room for more. */
export function draftCheck(draft: () => Promise<BotArchive>, localeId: string): Check {
  return {
    id: 'draft',
    group: 'pipeline',
    title: 'DRAFT',
    run: async () => judgeDraft(await draft(), localeId),
  };
}

export function judgeDraft(archive: BotArchive, localeId: string): Finding[] {
  const { intents } = localeOf(archive, localeId);
  const samples = intents.flatMap(({ sampleUtterances }) => sampleUtterances ?? []);
  const characters = samples.reduce((sum, text) => sum + text.length, 0);
  const quotas = lexQuotas(localeId);
  const what = `DRAFT can be exported: ${intents.length} intents, ${samples.length} utterances, ${characters.toLocaleString('en-US')} characters`;
  const facts = { intents: intents.length, utterances: samples.length, characters };
  const violations = checkQuotas(archive, localeId);
  if (violations.length > 0) {
    return [
      broken(`DRAFT is over the quotas of Lex: ${violations.map(describeViolation).join('; ')}.`, {
        why: 'Lex refuses the import of the next cycle.',
        next: 'Remove some of it in the Lex console, or ask for a higher quota (Service Quotas console).',
        facts,
      }),
    ];
  }
  const full = [
    ['intents', intents.length / quotas.intentsPerLocale] as const,
    ['characters of utterances', characters / quotas.utteranceCharactersPerLocale] as const,
  ].filter(([, share]) => share >= nearlyFull);
  if (full.length > 0) {
    const shares = full.map(([name, share]) => `${Math.floor(share * 100)} % of the ${name}`).join(', ');
    return [
      warning(`${what}. That is ${shares} that Lex takes.`, {
        why: 'Beyond the quota the most informative utterances are chosen, and the others left out.',
        next: 'Look for intents that nobody uses any more.',
        facts,
      }),
    ];
  }
  return [fine(`${what}; within the quotas of Lex.`, facts)];
}
