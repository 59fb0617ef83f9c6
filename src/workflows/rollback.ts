import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import { pipelineAttribute, stageAttribute } from './search-attributes';
import { lex, quick } from './stage-activities';

export interface RollbackInput {
  pipeline: string;
  author: string;
  reason: string | null;
  /** The model to go back to (N of `models/vN/`); null for the one that was live before. */
  modelVersion: number | null;
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
  const plan = await quick.planRollback({ pipeline: input.pipeline, modelVersion: input.modelVersion });
  const bot = await lex.resolveBot({ target: plan.target });
  setCurrentDetails(
    `Alias ${bot.aliasName}: version ${bot.liveVersion} → ${plan.botVersion} (model v${plan.toModelVersion}), by ${input.author}.`,
  );
  const snapshotUri = `${plan.storeUri}models/v${plan.fromModelVersion}/alias-before-rollback-${plan.toModelVersion}.json`;
  const { snapshot } = await lex.saveAlias({ bot, snapshotUri });
  await lex.switchAlias({ bot, version: plan.botVersion, snapshot });
  await quick.markModelLive({ storeUri: plan.storeUri, modelVersion: plan.toModelVersion });
  await quick.notify({
    kind: 'rolled-back',
    pipeline: input.pipeline,
    cycle: plan.cycle,
    language: plan.language,
    topicArn: plan.topicArn,
    cycleUri: plan.cycleUri,
    fromVersion: bot.liveVersion,
    toVersion: plan.botVersion,
    author: input.author,
    reason: input.reason,
  });
  return {
    fromModelVersion: plan.fromModelVersion,
    toModelVersion: plan.toModelVersion,
    botVersionBefore: bot.liveVersion,
    botVersionAfter: plan.botVersion,
  };
}
