import { CancellationScope, setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import type { BotReference } from '../activities/targets/lex';
import type { Artifact } from '../domain/artifact';
import { pipelineAttribute, stageAttribute } from './search-attributes';
import { lex, quick } from './stage-activities';

export interface PromoteInput {
  pipeline: string;
  storeUri: string;
  /** In the registry: the N of `models/vN/`. */
  modelVersion: number;
  bot: BotReference;
  botVersion: string;
  /** What the challenger answered in the evaluation; the live alias must answer the same. */
  predictions: Artifact;
  items: Artifact;
  smokeTestUtterances: number;
}

export interface PromoteResult {
  botVersion: string;
  previousVersion: string;
}

/** A saga: the alias is switched and tried; when anything fails, it is put back exactly as it was. */
export async function promote(input: PromoteInput): Promise<PromoteResult> {
  upsertSearchAttributes([
    { key: pipelineAttribute, value: input.pipeline },
    { key: stageAttribute, value: 'promote' },
  ]);
  const undo: (() => Promise<unknown>)[] = [];
  const model = { storeUri: input.storeUri, modelVersion: input.modelVersion };
  try {
    setCurrentDetails(`Approving model v${input.modelVersion}.`);
    await quick.approveModel(model);
    undo.unshift(() => quick.withdrawApproval(model));

    setCurrentDetails(`Switching alias ${input.bot.aliasName} to version ${input.botVersion}.`);
    const snapshotUri = `${input.storeUri}models/v${input.modelVersion}/alias-before.json`;
    const snapshot = await lex.saveAlias({ bot: input.bot, snapshotUri });
    undo.unshift(() => lex.restoreAlias({ bot: input.bot, snapshot: snapshot.snapshot }));
    await lex.switchAlias({ bot: input.bot, version: input.botVersion, snapshot: snapshot.snapshot });

    setCurrentDetails(`Trying alias ${input.bot.aliasName} with ${input.smokeTestUtterances} utterances.`);
    await lex.smokeTest({
      bot: input.bot,
      items: input.items,
      predictions: input.predictions,
      utterances: input.smokeTestUtterances,
    });

    await quick.markModelLive(model);
    setCurrentDetails(`Version ${input.botVersion} is live on alias ${input.bot.aliasName}.`);
    return { botVersion: input.botVersion, previousVersion: snapshot.previousVersion };
  } catch (error) {
    setCurrentDetails('A step failed: putting everything back.');
    await CancellationScope.nonCancellable(async () => {
      for (const step of undo) await step();
    });
    setCurrentDetails(`Alias ${input.bot.aliasName} is as it was before.`);
    throw error;
  }
}
