import { ChildWorkflowFailure, ParentClosePolicy, executeChild } from '@temporalio/workflow';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { promoteWorkflowId } from '../../domain/cycle';
import { stageNotes } from '../../domain/cycle-sentences';
import type { Cycle } from '../cycle';
import { withdrawPromotion } from '../withdraw-promotion';

/** A promotion that was terminated halfway is taken back before the bot is looked at; one that runs is left alone. */
export async function takeBackPromotion(
  { configuration, progress }: Cycle,
  modelVersion: number,
): Promise<void> {
  const { name } = configuration;
  try {
    const { botVersion } = await executeChild(withdrawPromotion, {
      workflowId: promoteWorkflowId(name, modelVersion),
      parentClosePolicy: ParentClosePolicy.ABANDON,
      staticSummary: `The broken-off promotion of model v${modelVersion} of ${name} is taken back`,
      args: [{ pipeline: name, modelVersion }],
    });
    progress.note('ingest', stageNotes.promotionTakenBack(modelVersion, botVersion));
  } catch (error) {
    const cause = error instanceof ChildWorkflowFailure ? error.cause : error;
    if (!(cause instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
