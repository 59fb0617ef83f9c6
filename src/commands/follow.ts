import { type WorkflowHandle, WorkflowFailedError, WorkflowNotFoundError } from '@temporalio/client';
import { setTimeout as sleep } from 'node:timers/promises';
import pc from 'picocolors';
import type { CycleResult, CycleStatus, StageStatus } from '../domain/cycle';
import { cycleStatusQuery, type retrain } from '../workflows/retrain';
import type { CommandOutput } from './context';
import { formatStage } from './format';

const pollMs = 400;

/**
 * Prints a cycle's stages as they run, until it ends.
 * @param onWaiting called once when the cycle begins to wait for a person
 * @returns the cycle's result
 * @throws the workflow's failure, when the cycle failed
 */
export async function followCycle(
  handle: WorkflowHandle<typeof retrain>,
  output: CommandOutput,
  options: {
    onWaiting: (status: CycleStatus) => Promise<void>;
    /** Says of each stage how it came by its result. */
    explain?: boolean;
    signal?: AbortSignal;
  },
): Promise<CycleResult> {
  const printed = new Set<string>();
  let waiting = false;
  let waitingForEdits = false;
  for (;;) {
    options.signal?.throwIfAborted();
    // Asked before the status, so that the last status is seen whole.
    const over = (await handle.describe()).status.name !== 'RUNNING';
    const status = await queryStatus(handle);
    if (status) {
      for (const stage of status.stages.filter((one) => isOver(one, over) && !printed.has(one.name))) {
        printed.add(stage.name);
        output.redraw('');
        output.err(formatStage(stage, Date.now()));
        if (options.explain && stage.reuse) output.err(pc.dim(`      ${stage.reuse.explanation.en}`));
      }
      if (status.waitingForDraftEdits !== null && !waitingForEdits) {
        output.redraw('');
        output.err(pc.yellow(status.waitingForDraftEdits.en));
      }
      waitingForEdits = status.waitingForDraftEdits !== null;
      if (status.waitingForReview !== null && !waiting) {
        output.redraw('');
        await options.onWaiting(status);
      }
      waiting = status.waitingForReview !== null;
      const running = status.stages.find((stage) => stage.state === 'running');
      if (running && !over) output.redraw(formatStage(running, Date.now()));
    }
    if (over) return handle.result();
    await sleep(pollMs, undefined, { signal: options.signal });
  }
}

function isOver({ state }: StageStatus, cycleIsOver: boolean): boolean {
  return state === 'done' || state === 'failed' || (cycleIsOver && state === 'running');
}

async function queryStatus(handle: WorkflowHandle<typeof retrain>): Promise<CycleStatus | null> {
  try {
    return await handle.query(cycleStatusQuery);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) throw error;
    // A query fails while no worker answers; the next one may not.
    return null;
  }
}

/** The root of a failed cycle: what happened, without the workflow's layers around it. */
export function rootCause(error: unknown): Error {
  let cause = error;
  while (
    cause instanceof Error &&
    cause.cause instanceof Error &&
    (cause instanceof WorkflowFailedError || cause.name.endsWith('Failure'))
  ) {
    cause = cause.cause;
  }
  return cause instanceof Error ? cause : new Error(String(cause));
}
