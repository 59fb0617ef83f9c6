import {
  type Client,
  type WorkflowHandle,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
} from '@temporalio/client';
import { retrainWorkflowId, type CycleOptions, type Trigger } from '../domain/cycle';
import { ConflictError } from '../domain/errors';
import { taskQueue } from '../platform/temporal';
import { cycleStatusQuery, keepConsoleEditsSignal, type retrain } from '../workflows/retrain';
import { answeredByWorker } from './answered-by-worker';

/** Ahead of scheduled cycles: somebody waits for it. */
const manualPriority = { priorityKey: 2 };

/**
 * Starts a cycle.
 * @throws ConflictError when one of this pipeline is running
 */
export async function startCycle(
  client: Client,
  pipeline: string,
  trigger: Trigger,
  options: CycleOptions = {},
): Promise<WorkflowHandle<typeof retrain>> {
  try {
    return await client.workflow.start<typeof retrain>('retrain', {
      workflowId: retrainWorkflowId(pipeline),
      taskQueue,
      args: [{ pipeline, trigger, options }],
      staticSummary: `Retraining cycle of ${pipeline}`,
      staticDetails: `Learns from the new logs of \`${pipeline}\`: ingest → prepare → discover → review → dataset → train → evaluate → gate → promote → notify.`,
      priority: manualPriority,
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    throw new ConflictError(
      `A cycle of ${pipeline} is running already: follow it with "npx ciclo run ${pipeline} --attach" or look with "npx ciclo status ${pipeline}".`,
      { pipeline },
      { cause: error },
    );
  }
}

/** The cycle of a pipeline that is running; null where none is. */
export async function findRunningCycle(
  client: Client,
  pipeline: string,
): Promise<WorkflowHandle<typeof retrain> | null> {
  const handle = client.workflow.getHandle<typeof retrain>(retrainWorkflowId(pipeline));
  try {
    const { status } = await handle.describe();
    return status.name === 'RUNNING' ? handle : null;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}

/**
 * Tells a cycle that waits because DRAFT was edited to take the edits over.
 * @throws ConflictError when it does not wait for that
 * @throws NoWorkerError where no worker answers
 */
export async function keepDraftEdits(client: Client, pipeline: string, cycle: number): Promise<void> {
  const handle = await findRunningCycle(client, pipeline);
  const status = handle && (await answeredByWorker(client, pipeline, () => handle.query(cycleStatusQuery)));
  if (!handle || status?.cycle !== cycle || status.waitingForDraftEdits === null) {
    throw new ConflictError(
      {
        en: `Cycle ${cycle} of ${pipeline} does not wait because of edits in DRAFT. Look again how it stands.`,
        es: `El ciclo ${cycle} de ${pipeline} no espera por cambios en DRAFT: quizá alguien ya respondió. Vuelva a mirar cómo está.`,
      },
      { pipeline, cycle },
    );
  }
  await handle.signal(keepConsoleEditsSignal);
}
