import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import { recordAuditEvent } from './audit';
import { aliasSnapshotUri, type PromoteInput } from './promote';
import { pipelineAttribute, stageAttribute } from './search-attributes';
import { lex, quick } from './stage-activities';

/**
 * Takes back a promotion that was terminated: it could not do it itself. It runs under the promotion's own workflow id,
 * so that it never meets one that still runs.
 * @returns what the alias points to now
 */
export async function withdrawPromotion(input: PromoteInput): Promise<{ botVersion: string }> {
  upsertSearchAttributes([
    { key: pipelineAttribute, value: input.pipeline },
    { key: stageAttribute, value: 'promote' },
  ]);
  const { pipeline, modelVersion } = input;
  const plan = await quick.planPromotion(input);
  const bot = await lex.resolveBot({ target: plan.target });
  const saved = await lex.findSavedAlias({ snapshotUri: aliasSnapshotUri(plan.storeUri, modelVersion) });
  const switched = saved !== null && bot.liveVersion === plan.botVersion;
  if (switched) await lex.restoreAlias({ bot, snapshot: saved.snapshot });
  await quick.withdrawApproval({ storeUri: plan.storeUri, modelVersion });
  await recordAuditEvent(pipeline, {
    kind: 'promotion-withdrawn',
    modelVersion,
    botVersion: plan.botVersion,
    alias: bot.aliasName,
    author: null,
  });
  const botVersion = switched ? saved.previousVersion : bot.liveVersion;
  setCurrentDetails(`Alias ${bot.aliasName} points to version ${botVersion}, as before the promotion.`);
  return { botVersion };
}
