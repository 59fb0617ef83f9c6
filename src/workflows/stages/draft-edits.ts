import { ApplicationFailure, condition } from '@temporalio/workflow';
import type { DraftComparison, DraftEdits } from '../../activities/draft';
import type { BotReference } from '../../activities/targets/lex';
import type { Artifact } from '../../domain/artifact';
import { describeDraftEdits } from '../../domain/draft-edits';
import { asSentence, type Sentence } from '../../domain/language';
import type { Cycle } from '../cycle';
import { quick } from '../stage-activities';

/** Refuses a DRAFT that was changed since Ciclo's last import, unless the changes are to be kept. */
export async function refuseUnknownEdits(
  cycle: Cycle,
  bot: BotReference,
  draft: Artifact,
): Promise<Pick<DraftComparison, 'untried'> & { kept: Sentence | null }> {
  const { edits, untried } = await compare(cycle, bot, draft, null, 'draft');
  if (edits && !keeps(cycle)) throw refusal(describe(cycle, bot, edits, false).en);
  return { untried, kept: edits?.summary ?? null };
}

/** Waits for a word when DRAFT was changed while the cycle ran: what people decided meanwhile is not thrown away. */
export async function waitForWordOnEdits(
  cycle: Cycle,
  bot: BotReference,
  drafts: { before: Artifact; now: Artifact },
): Promise<void> {
  const { edits } = await compare(cycle, bot, drafts.now, drafts.before, 'train');
  if (!edits || keeps(cycle)) return;
  const { configuration, number, uri, progress } = cycle;
  const message = describe(cycle, bot, edits, true);
  progress.waitForDraftEdits(message);
  await quick.notify({
    kind: 'draft-edited',
    pipeline: configuration.name,
    cycle: number,
    language: configuration.language,
    topicArn: configuration.notify.topicArn,
    cycleUri: uri,
    summary: edits.summary,
    diffUri: edits.diff.uri,
  });
  const told = await condition(() => keeps(cycle), configuration.review.deadlineHours * 3_600_000);
  progress.waitForDraftEdits(null);
  if (!told) throw refusal(`Nobody answered in time. ${message.en}`);
}

function keeps({ options, configuration }: Cycle): boolean {
  return options.keepConsoleEdits ?? configuration.target.consoleEdits === 'keep';
}

async function compare(
  { configuration, uri }: Cycle,
  bot: BotReference,
  draft: Artifact,
  since: Artifact | null,
  folder: 'draft' | 'train',
): Promise<DraftComparison> {
  const compared = await quick.compareDraft({
    storeUri: configuration.store.uri,
    localeId: bot.localeId,
    draft,
    since,
    outputUri: `${uri}${folder}/`,
  });
  const { edits } = compared;
  return { ...compared, edits: edits && { ...edits, summary: asSentence(edits.summary) } };
}

function describe(cycle: Cycle, bot: BotReference, edits: DraftEdits, waiting: boolean): Sentence {
  return describeDraftEdits({
    pipeline: cycle.configuration.name,
    botName: bot.botName,
    summary: edits.summary,
    diffUri: edits.diff.uri,
    waiting,
  });
}

function refusal(message: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(message, 'DraftEditedError');
}
