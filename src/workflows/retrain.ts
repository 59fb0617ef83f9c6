import { defineQuery, defineSignal, isCancellation, setHandler, workflowInfo } from '@temporalio/workflow';
import type { CycleOptions, CycleResult, CycleStatus, Trigger } from '../domain/cycle';
import { endingReasons } from '../domain/cycle-sentences';
import type { Cycle } from './cycle';
import { CycleProgress } from './cycle-progress';
import { endedEarly, finish, leaveStatus, reportFailure, type Ending } from './ending';
import { quick } from './stage-activities';
import { buildDataset } from './stages/dataset';
import { discover } from './stages/discover';
import { evaluate } from './stages/evaluate';
import { gate } from './stages/gate';
import { ingest } from './stages/ingest';
import { prepare, prepareCounts } from './stages/prepare';
import { goLive } from './stages/promote';
import { takeBackPromotion } from './stages/take-back-promotion';
import { waitForReview } from './stages/review';
import { train } from './stages/train';

export interface RetrainInput {
  pipeline: string;
  trigger: Trigger;
  options?: CycleOptions;
}

export const cycleStatusQuery = defineQuery<CycleStatus>('cycleStatus');
/** Somebody wants changes that were made in DRAFT to be kept. */
export const keepConsoleEditsSignal = defineSignal('keepConsoleEdits');

/**
 * One cycle: ingest → prepare → discover → review → dataset → train → evaluate → gate → promote → notify.
 * "Kept", "skipped" and the like are results; only what a person must look into fails the workflow.
 */
export async function retrain(input: RetrainInput): Promise<CycleResult> {
  const progress = new CycleProgress(input.pipeline, input.trigger);
  const options = { ...input.options };
  setHandler(cycleStatusQuery, () => progress.status);
  setHandler(keepConsoleEditsSignal, () => {
    options.keepConsoleEdits = true;
  });
  const opened = await quick.openCycle({
    pipeline: input.pipeline,
    trigger: input.trigger,
    runId: workflowInfo().firstExecutionRunId,
  });
  progress.numbered(opened.number, (manifest, result) =>
    quick.recordStage({
      storeUri: opened.configuration.store.uri,
      cycle: opened.number,
      cycleUri: opened.uri,
      manifest,
      result,
    }),
  );
  const cycle: Cycle = { ...opened, options, progress };
  try {
    if (opened.brokenOffPromotion !== null) await takeBackPromotion(cycle, opened.brokenOffPromotion);
    return await finish(cycle, await runStages(cycle));
  } catch (error) {
    if (!isCancellation(error)) await reportFailure(cycle, error);
    throw error;
  } finally {
    await leaveStatus(cycle);
  }
}

async function runStages(cycle: Cycle): Promise<Ending> {
  const { configuration, state } = cycle;

  const { objects, readBefore } = await ingest(cycle);
  if (objects.rows === 0) {
    const { uri } = configuration.logs;
    return endedEarly(
      'skipped',
      readBefore === 0 ? endingReasons.noLogs(uri) : endingReasons.noNewLogs(uri, readBefore),
    );
  }

  const prepared = await prepare(cycle, objects);
  const interactions = {
    found: prepared.records.accepted,
    needed: configuration.ingest.minimumNewInteractions,
  };
  if (interactions.found < interactions.needed) {
    return { ...endedEarly('skipped', endingReasons.tooFewInteractions(interactions)), interactions };
  }

  const { utterances } = prepared;
  const discovered = await discover(cycle, utterances);
  const { bot, discovery } = discovered;
  const review = await waitForReview(cycle, discovered, utterances);
  if (review.outcome === 'deadline-abandon') {
    return endedEarly('abandoned', endingReasons.reviewAbandoned, bot.liveVersion);
  }

  const dataset = await buildDataset(cycle, discovered, utterances, review.decisions);
  const categoryMapUri = dataset.categoryMap.uri;
  const completed = { objects, utterances, discovery, decisions: review.decisions, categoryMapUri };
  const unchanged = { liveVersionBefore: bot.liveVersion, liveVersionAfter: bot.liveVersion };
  if (dataset.trainingUtterances === 0 && !discovered.draft.isUntried) {
    return {
      outcome: 'nothing-to-learn',
      reason: endingReasons.nothingNewAccepted,
      ...unchanged,
      reportUri: null,
      completed: { ...completed, goldenSetUri: state.goldenSetUri },
    };
  }

  const challenger = await train(cycle, discovered, dataset);
  const evaluation = await evaluate(cycle, bot, dataset, challenger);
  const { verdict, reason, decision } = await gate(cycle, evaluation, challenger);
  if (verdict === 'promote') await goLive(cycle, bot, challenger);

  const liveVersion = verdict === 'promote' ? challenger.version : bot.liveVersion;
  const report = await quick.writeReport({
    cycleUri: cycle.uri,
    storeUri: configuration.store.uri,
    language: configuration.language,
    status: cycle.progress.status,
    liveVersion,
    modelVersion: challenger.modelVersion,
    evaluation,
    decision,
    diff: challenger.diff,
    discovery,
    records: prepareCounts(prepared),
    dataset: dataset.counts,
    leftOut: dataset.leftOut,
  });
  return {
    outcome: outcomeOf[verdict],
    reason,
    liveVersionBefore: bot.liveVersion,
    liveVersionAfter: liveVersion,
    reportUri: report.uri,
    completed: { ...completed, goldenSetUri: dataset.golden.uri },
    comparison: { evaluation, decision },
  };
}

const outcomeOf = {
  promote: 'promoted',
  keep: 'kept',
  'not-enough-evidence': 'not-enough-evidence',
} as const;
