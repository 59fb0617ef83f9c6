import { ApplicationFailure, WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  CancellationScope,
  ParentClosePolicy,
  condition,
  continueAsNew,
  executeChild,
  isCancellation,
  setCurrentDetails,
  setHandler,
  sleep,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { BotReference } from '../activities/targets/lex';
import { rollbackWorkflowId } from '../domain/cycle';
import type { WatchConfiguration } from '../domain/pipeline';
import {
  assessTraffic,
  describeWatch,
  nextLook,
  watchWindow,
  type WatchStatus,
  type WatchVerdict,
} from '../domain/watch';
import { rootMessage } from './ending';
import { rollback } from './rollback';
import { pipelineAttribute, stageAttribute, verdictAttribute } from './search-attributes';
import { quick, traffic } from './stage-activities';
import { endWatchSignal, watchStatusQuery } from './watch-signals';

export interface WatchInput {
  pipeline: string;
  /** In the registry: the N of `models/vN/`, and that of the model that was live before. */
  modelVersion: number;
  previousModelVersion: number | null;
  bot: BotReference;
  botVersion: string;
  previousVersion: string;
  /** ISO 8601, UTC: before the alias was switched, and after it had been tried. */
  switchedAt: string;
  liveAt: string;
  watch: WatchConfiguration;
  storeUri: string;
  cycle: number;
  cycleUri: string;
  language: 'es' | 'en';
  topicArn: string;
  /** What an earlier run of this watch has seen; it goes on from there. */
  status?: WatchStatus;
}

/** For so many minutes another rollback that runs is waited for. */
const rollbackAttempts = 30;

/**
 * Watches the traffic of a switched alias until the window is over; when it is worse than before by a test that allows
 * for every look, the rollback is started. Goes on by itself when the promotion and its cycle have long ended.
 */
export async function watchPromotion(input: WatchInput): Promise<WatchStatus> {
  const window = watchWindow(Date.parse(input.liveAt), input.watch);
  const status = input.status ?? firstStatus(input, window);
  let end: { verdict: 'superseded' | 'stopped'; note: string } | null = null;
  setHandler(watchStatusQuery, () => status);
  setHandler(endWatchSignal, (wanted) => void (end ??= wanted));
  upsertSearchAttributes([
    { key: pipelineAttribute, value: input.pipeline },
    { key: stageAttribute, value: 'watch' },
  ]);
  const next = () =>
    nextLook(window, status.seenUntil === null ? null : Date.parse(status.seenUntil), Date.now());
  const endWanted = () => end;

  for (;;) {
    show(status);
    await condition(() => end !== null, Math.max(1, next().dueMs - Date.now()));
    const wanted = endWanted();
    if (wanted !== null) return finish(input, status, wanted.verdict, wanted.note);
    const look = next();
    let seen;
    try {
      status.baseline ??= await traffic.readBaseline({
        bot: input.bot,
        championVersion: input.previousVersion,
        switchedAt: input.switchedAt,
        days: input.watch.baselineDays,
      });
      seen = await traffic.readTraffic({
        bot: input.bot,
        since: status.since,
        until: new Date(look.untilMs).toISOString(),
      });
    } catch (error) {
      if (isCancellation(error)) throw error;
      return finish(input, status, 'not-watched', rootMessage(error));
    }
    if (seen.liveVersion !== input.botVersion) {
      const note = `Alias ${input.bot.aliasName} points to ${seen.liveVersion === null ? 'no version' : `version ${seen.liveVersion}`}.`;
      return finish(input, status, 'superseded', note);
    }
    status.looks++;
    status.seenUntil = new Date(look.untilMs).toISOString();
    status.assessment = assessTraffic(status.baseline, seen.traffic, input.watch);
    if (status.assessment.worse) return CancellationScope.nonCancellable(() => takeBack(input, status));
    if (look.last) return finish(input, status, status.assessment.enough ? 'held' : 'not-enough-requests');
    if (workflowInfo().continueAsNewSuggested && endWanted() === null) {
      await continueAsNew<typeof watchPromotion>({ ...input, status });
    }
  }
}

function firstStatus(
  input: WatchInput,
  { sinceMs, untilMs }: { sinceMs: number; untilMs: number },
): WatchStatus {
  return {
    schemaVersion: 1,
    pipeline: input.pipeline,
    modelVersion: input.modelVersion,
    aliasName: input.bot.aliasName,
    botVersion: input.botVersion,
    previousVersion: input.previousVersion,
    since: new Date(sinceMs).toISOString(),
    until: new Date(untilMs).toISOString(),
    looks: 0,
    seenUntil: null,
    baseline: null,
    assessment: null,
    verdict: null,
    note: null,
    endedAt: null,
  };
}

/** Starts the rollback, once; one that somebody else has started goes first. */
async function takeBack(input: WatchInput, status: WatchStatus): Promise<WatchStatus> {
  for (let attempt = 1; ; attempt++) {
    try {
      await executeChild(rollback, {
        workflowId: rollbackWorkflowId(input.pipeline),
        parentClosePolicy: ParentClosePolicy.ABANDON,
        staticSummary: `Rollback of ${input.pipeline}, by the watch over model v${input.modelVersion}`,
        args: [
          {
            pipeline: input.pipeline,
            author: 'Ciclo',
            reason: describeWatch(status).slice(1).join(' '),
            modelVersion: input.previousModelVersion,
            watch: status,
          },
        ],
      });
      return await finish(input, status, 'rolled-back');
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError) || attempt === rollbackAttempts) {
        const verdict = isSuperseded(error) ? 'superseded' : 'rollback-failed';
        return finish(input, status, verdict, rootMessage(error));
      }
      await sleep('1 minute');
    }
  }
}

function isSuperseded(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof ApplicationFailure && cause.type === 'SupersededError') return true;
  }
  return false;
}

/** Tells people where there is something to tell, and keeps what the watch has seen. */
async function finish(
  input: WatchInput,
  status: WatchStatus,
  verdict: WatchVerdict,
  note: string | null = null,
): Promise<WatchStatus> {
  Object.assign(status, { verdict, note, endedAt: new Date().toISOString() });
  upsertSearchAttributes([{ key: verdictAttribute, value: verdict }]);
  show(status);
  if (verdict !== 'rolled-back' && verdict !== 'superseded' && verdict !== 'stopped') {
    await quick.notify({
      kind: 'watch-ended',
      pipeline: input.pipeline,
      cycle: input.cycle,
      language: input.language,
      topicArn: input.topicArn,
      cycleUri: input.cycleUri,
      watch: { ...status, verdict },
    });
  }
  await quick.recordWatch({ storeUri: input.storeUri, status });
  return status;
}

function show(status: WatchStatus): void {
  setCurrentDetails(describeWatch(status).join('\n\n'));
}
