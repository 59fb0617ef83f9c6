import { ActivityFailure, CancellationScope, ChildWorkflowFailure, log, patched } from '@temporalio/workflow';
import type { CompletedCycle } from '../activities/cycle';
import type { Artifact } from '../domain/artifact';
import type { CycleOutcome, CycleResult } from '../domain/cycle';
import type { Sentence } from '../domain/language';
import type { Cycle } from './cycle';
import { quick } from './stage-activities';

/** How the stages ended, and what of the cycle is to be kept for the next one. */
export interface Ending {
  outcome: CycleOutcome;
  reason: Sentence;
  liveVersionBefore: string | null;
  liveVersionAfter: string | null;
  reportUri: string | null;
  /** Null where the cycle's logs shall count again in the next one. */
  completed: CompletedCycle | null;
  /** What the gate looked at, where the cycle came so far. */
  comparison?: { evaluation: Artifact; decision: Artifact };
  /** Of a cycle that was skipped although there were new logs. */
  interactions?: { found: number; needed: number };
}

/** A cycle that ended before it changed anything; its logs count again in the next one. */
export function endedEarly(
  outcome: 'skipped' | 'abandoned',
  reason: Sentence,
  liveVersion: string | null = null,
): Ending {
  return {
    outcome,
    reason,
    liveVersionBefore: liveVersion,
    liveVersionAfter: liveVersion,
    reportUri: null,
    completed: null,
  };
}

/** The cycle's last steps, the same for every ending: tell people, and remember where the next one starts. */
export async function finish(cycle: Cycle, ending: Ending): Promise<CycleResult> {
  const { progress } = cycle;
  const { completed, comparison, interactions, ...about } = ending;
  const result: CycleResult = { pipeline: cycle.configuration.name, cycle: cycle.number, ...about };
  if (completed) {
    await quick.completeCycle({
      storeUri: cycle.configuration.store.uri,
      cycleUri: cycle.uri,
      cycle: cycle.number,
      ledgerUri: cycle.state.ledgerUri,
      ...completed,
    });
  }
  await progress.stage('notify', async () => {
    await quick.notify({
      kind: 'cycle-finished',
      pipeline: cycle.configuration.name,
      cycle: cycle.number,
      language: cycle.configuration.language,
      topicArn: cycle.configuration.notify.topicArn,
      cycleUri: cycle.uri,
      result,
      comparison: comparison ?? null,
      interactions: interactions ?? null,
    });
    return { value: undefined };
  });
  return progress.finish(result);
}

/** Tells people that the cycle failed; the failure itself goes on, so that the schedule can pause. */
export async function reportFailure(cycle: Cycle, error: unknown): Promise<void> {
  const { progress } = cycle;
  const failed = progress.status.stages.find((stage) => stage.state === 'failed');
  const message = rootMessage(error);
  if (failed) progress.failedBecause(failed.name, message);
  try {
    await CancellationScope.nonCancellable(() =>
      quick.notify({
        kind: 'failed',
        pipeline: cycle.configuration.name,
        cycle: cycle.number,
        language: cycle.configuration.language,
        topicArn: cycle.configuration.notify.topicArn,
        cycleUri: cycle.uri,
        stage: failed?.name ?? 'ingest',
        message,
      }),
    );
  } catch (notifyError) {
    log.error('The failure could not be notified.', { notifyError: rootMessage(notifyError) });
  }
}

/**
 * Keeps how the cycle ended, for when its history is gone. A cycle that could not keep it has ended all the same: what it
 * made lies in the store.
 */
export async function leaveStatus({ progress, uri }: Cycle): Promise<void> {
  if (!patched('status-kept')) return;
  try {
    await CancellationScope.nonCancellable(() =>
      quick.keepStatus({ cycleUri: uri, status: progress.status }),
    );
  } catch (error) {
    log.error('How the cycle ended could not be kept.', { error: rootMessage(error) });
  }
}

/** What happened, without the workflow's layers around it. */
export function rootMessage(error: unknown): string {
  const cause = rootCause(error);
  return cause instanceof Error ? cause.message : String(cause);
}

/** What failed, beneath the workflow's layers. */
export function rootCause(error: unknown): unknown {
  let cause = error;
  while ((cause instanceof ActivityFailure || cause instanceof ChildWorkflowFailure) && cause.cause)
    cause = cause.cause;
  return cause;
}
