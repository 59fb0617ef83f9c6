import {
  ApplicationFailure,
  patched,
  setCurrentDetails,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { WatchStatus } from '../domain/watch';
import type { RollbackAuditKind } from '../domain/audit';
import { keepsAuditTrail, recordAuditEvent } from './audit';
import { pipelineAttribute, stageAttribute } from './search-attributes';
import { lex, quick } from './stage-activities';
import { supersedeWatch } from './watch-signals';

export interface RollbackInput {
  pipeline: string;
  author: string;
  reason: string | null;
  /** The model to go back to (N of `models/vN/`); null for the one that was live before. */
  modelVersion: number | null;
  /** What the watch over the live model saw, where it is the watch that asks; then nothing else may be live by now. */
  watch?: WatchStatus;
}

export interface RollbackResult {
  fromModelVersion: number;
  toModelVersion: number;
  botVersionBefore: string;
  botVersionAfter: string;
}

/** Takes the live alias back to an earlier model, with all of its settings kept. */
export async function rollback(input: RollbackInput): Promise<RollbackResult> {
  upsertSearchAttributes([
    { key: pipelineAttribute, value: input.pipeline },
    { key: stageAttribute, value: 'rollback' },
  ]);
  const plan = await quick.planRollback({
    pipeline: input.pipeline,
    modelVersion: input.modelVersion,
    ...(input.watch && { onlyFrom: input.watch.modelVersion }),
  });
  const bot = await lex.resolveBot({ target: plan.target });
  if (input.watch && bot.liveVersion !== input.watch.botVersion) {
    throw ApplicationFailure.nonRetryable(
      `Alias ${bot.aliasName} points to version ${bot.liveVersion} by now, not ${input.watch.botVersion}: nothing is rolled back.`,
      'SupersededError',
    );
  }
  setCurrentDetails(
    `Alias ${bot.aliasName}: version ${bot.liveVersion} → ${plan.botVersion} (model v${plan.toModelVersion}), by ${input.author}.`,
  );
  const audited = keepsAuditTrail();
  const note = async (kind: RollbackAuditKind) => {
    if (!audited) return;
    await recordAuditEvent(input.pipeline, {
      kind,
      fromModelVersion: plan.fromModelVersion,
      toModelVersion: plan.toModelVersion,
      botVersion: plan.botVersion,
      alias: bot.aliasName,
      author: input.author,
    });
  };
  await note('rollback-started');
  const snapshotUri = `${plan.storeUri}models/v${plan.fromModelVersion}/alias-before-rollback-${plan.toModelVersion}.json`;
  const { snapshot } = await lex.saveAlias({ bot, version: plan.botVersion, snapshotUri });
  await lex.switchAlias({ bot, version: plan.botVersion, snapshot });
  await quick.markModelLive({ storeUri: plan.storeUri, modelVersion: plan.toModelVersion });
  await note('rolled-back');
  if (!input.watch && patched('watch')) {
    await supersedeWatch(input.pipeline, plan.fromModelVersion, `${input.author} rolled it back.`);
  }
  const about = {
    pipeline: input.pipeline,
    cycle: plan.cycle,
    language: plan.language,
    topicArn: plan.topicArn,
    cycleUri: plan.cycleUri,
    fromVersion: bot.liveVersion,
    toVersion: plan.botVersion,
    occasion: workflowInfo().runId,
  };
  await (input.watch
    ? quick.notify({ ...about, kind: 'rolled-back-by-watch', watch: input.watch })
    : quick.notify({ ...about, kind: 'rolled-back', author: input.author, reason: input.reason }));
  return {
    fromModelVersion: plan.fromModelVersion,
    toModelVersion: plan.toModelVersion,
    botVersionBefore: bot.liveVersion,
    botVersionAfter: plan.botVersion,
  };
}
