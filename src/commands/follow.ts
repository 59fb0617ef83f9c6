import { type WorkflowHandle, WorkflowFailedError, WorkflowNotFoundError } from '@temporalio/client';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CycleResult, CycleStatus } from '../domain/cycle';
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
  options: { onWaiting: (status: CycleStatus) => Promise<void>; signal?: AbortSignal },
): Promise<CycleResult> {
  const printed = new Set<string>();
  let waiting = false;
  let ended = false;
  const result = handle.result().finally(() => {
    ended = true;
  });
  result.catch(() => undefined);
  for (;;) {
    options.signal?.throwIfAborted();
    const last = ended;
    const status = await queryStatus(handle);
    if (status) {
      for (const stage of status.stages) {
        const over =
          stage.state === 'done' ||
          stage.state === 'failed' ||
          (stage.state === 'skipped' && status.result !== null);
        if (over && !printed.has(stage.name)) {
          printed.add(stage.name);
          output.redraw('');
          if (stage.state !== 'skipped') output.err(formatStage(stage, Date.now()));
        }
      }
      if (status.waitingForReview !== null && !waiting) {
        waiting = true;
        output.redraw('');
        await options.onWaiting(status);
      }
      if (status.waitingForReview === null) waiting = false;
      const running = status.stages.find((stage) => stage.state === 'running');
      if (running && !last) output.redraw(formatStage(running, Date.now()));
    }
    if (last) return result;
    await Promise.race([sleep(pollMs), result.catch(() => undefined)]);
  }
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
