import {
  ChildWorkflowFailure,
  ParentClosePolicy,
  executeChild,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { retrainWorkflowId, type CycleResult } from '../domain/cycle';
import { endingReasons } from '../domain/cycle-sentences';
import { pipelineAttribute } from './search-attributes';
import { retrain, type RetrainInput } from './retrain';

/**
 * What the schedule starts. Temporal adds the time to the id of every workflow that a schedule starts; this one
 * starts the cycle under its fixed id, so that scheduled and manual cycles exclude each other.
 */
export async function scheduledCycle(input: RetrainInput): Promise<CycleResult> {
  upsertSearchAttributes([{ key: pipelineAttribute, value: input.pipeline }]);
  try {
    return await executeChild(retrain, {
      workflowId: retrainWorkflowId(input.pipeline),
      parentClosePolicy: ParentClosePolicy.ABANDON,
      staticSummary: `Scheduled cycle of ${input.pipeline}`,
      args: [input],
    });
  } catch (error) {
    const cause = error instanceof ChildWorkflowFailure ? error.cause : error;
    if (!(cause instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    return {
      pipeline: input.pipeline,
      cycle: null,
      outcome: 'skipped',
      reason: endingReasons.alreadyRunning,
      liveVersionBefore: null,
      liveVersionAfter: null,
      reportUri: null,
    };
  }
}
