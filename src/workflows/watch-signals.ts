import { defineQuery, defineSignal, getExternalWorkflowHandle, isCancellation } from '@temporalio/workflow';
import { watchWorkflowId, type WatchStatus } from '../domain/watch';

export const watchStatusQuery = defineQuery<WatchStatus>('watchStatus');

/** Ends a watch before its time; the alias stays as it is. */
export const endWatchSignal = defineSignal<[{ verdict: 'superseded' | 'stopped'; note: string }]>('endWatch');

/** Ends the watch over a model that is no longer live, if there is one. */
export async function supersedeWatch(pipeline: string, modelVersion: number, note: string): Promise<void> {
  try {
    await getExternalWorkflowHandle(watchWorkflowId(pipeline, modelVersion)).signal(endWatchSignal, {
      verdict: 'superseded',
      note,
    });
  } catch (error) {
    // Without a watch that runs there is nothing to end.
    if (isCancellation(error)) throw error;
  }
}
