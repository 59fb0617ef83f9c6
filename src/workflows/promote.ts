import { CancellationScope, setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import { ApplicationFailure } from '@temporalio/common';
import type { PromotionAuditKind } from '../domain/audit';
import { keepsAuditTrail, recordAuditEvent } from './audit';
import { beginWatch } from './begin-watch';
import { rootMessage } from './ending';
import { pipelineAttribute, stageAttribute } from './search-attributes';
import { lex, quick } from './stage-activities';

export interface PromoteInput {
  pipeline: string;
  /** In the registry: the N of `models/vN/`. */
  modelVersion: number;
  /** Who promotes by hand; absent where a cycle does. */
  author?: string;
}

export interface PromoteResult {
  botVersion: string;
  previousVersion: string;
}

/** Where the alias is kept as it was before a model went live. */
export function aliasSnapshotUri(storeUri: string, modelVersion: number): string {
  return `${storeUri}models/v${modelVersion}/alias-before.json`;
}

/** A saga: the alias is switched and tried; when anything fails, it is put back exactly as it was. */
export async function promote(input: PromoteInput): Promise<PromoteResult> {
  upsertSearchAttributes([
    { key: pipelineAttribute, value: input.pipeline },
    { key: stageAttribute, value: 'promote' },
  ]);
  const plan = await quick.planPromotion(input);
  const bot = await lex.resolveBot({ target: plan.target });
  const model = { storeUri: plan.storeUri, modelVersion: input.modelVersion };
  const audited = keepsAuditTrail();
  const note = async (kind: PromotionAuditKind) => {
    if (!audited) return;
    await recordAuditEvent(input.pipeline, {
      kind,
      modelVersion: input.modelVersion,
      botVersion: plan.botVersion,
      alias: bot.aliasName,
      author: input.author ?? null,
    });
  };
  const undo: (() => Promise<unknown>)[] = [];
  try {
    await note('promotion-started');
    undo.push(() => note('promotion-withdrawn'));

    setCurrentDetails(`Approving model v${input.modelVersion}.`);
    await quick.approveModel(model);
    undo.unshift(() => quick.withdrawApproval(model));

    setCurrentDetails(`Switching alias ${bot.aliasName} to version ${plan.botVersion}.`);
    const snapshotUri = aliasSnapshotUri(plan.storeUri, input.modelVersion);
    const snapshot = await lex.saveAlias({ bot, version: plan.botVersion, snapshotUri });
    undo.unshift(() => lex.restoreAlias({ bot, snapshot: snapshot.snapshot }));
    const switchedAt = new Date().toISOString();
    await lex.switchAlias({ bot, version: plan.botVersion, snapshot: snapshot.snapshot });

    setCurrentDetails(`Trying alias ${bot.aliasName} with ${plan.smokeTestUtterances} utterances.`);
    await lex.smokeTest({
      bot,
      items: plan.items,
      predictions: plan.predictions,
      utterances: plan.smokeTestUtterances,
    });

    // What goes wrong from here on adds that it was withdrawn.
    await note('promoted');
    await quick.markModelLive(model);
    setCurrentDetails(`Version ${plan.botVersion} is live on alias ${bot.aliasName}.`);
    const { previousVersion } = snapshot;
    await beginWatch(plan, { ...input, bot, previousVersion, switchedAt });
    return { botVersion: plan.botVersion, previousVersion };
  } catch (error) {
    setCurrentDetails('A step failed: putting everything back.');
    const reason = rootMessage(error);
    const left = new Set<string>();
    await CancellationScope.nonCancellable(async () => {
      // One step that fails must not keep the others from being taken back.
      for (const step of undo) await step().catch((failure: unknown) => left.add(rootMessage(failure)));
    });
    setCurrentDetails(left.size === 0 ? `Alias ${bot.aliasName} is as it was before.` : reason);
    left.delete(reason);
    if (left.size === 0) throw error;
    const message = `${reason} Not everything could be put back: ${[...left].join(' ')} Look at the alias ${bot.aliasName} in the Lex console.`;
    setCurrentDetails(message);
    throw ApplicationFailure.nonRetryable(message, 'NotPutBack');
  }
}
