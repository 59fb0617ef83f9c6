import type { Context } from '@temporalio/activity';
import { CancelledFailure } from '@temporalio/common';

/** What Temporal says to a heartbeat of an activity that it does not wait for any more. */
const unknownActivity = 'NOT_FOUND';

/**
 * The signal that ends an activity's outside work. Its reason says `CANCELLED` also when the workflow was terminated:
 * Temporal then only says that it does not know the activity, as it does to an attempt that timed out, after which
 * another one goes on with the same work.
 */
export function stopSignal(context: Context): AbortSignal {
  const { cancellationSignal } = context;
  const controller = new AbortController();
  const stop = () => {
    void reasonToStop(context, cancellationSignal.reason as Error).then((reason) => controller.abort(reason));
  };
  if (cancellationSignal.aborted) stop();
  else cancellationSignal.addEventListener('abort', stop, { once: true });
  return controller.signal;
}

async function reasonToStop(context: Context, reason: Error): Promise<Error> {
  if (reason.message !== unknownActivity) return reason;
  return (await isWorkflowOver(context)) ? new CancelledFailure('CANCELLED') : reason;
}

/** When Temporal cannot be asked, the work goes on: the next cycle stops what is left over. */
async function isWorkflowOver(context: Context): Promise<boolean> {
  const { workflowId, runId } = context.info.workflowExecution!;
  try {
    const { status } = await context.client.workflow.getHandle(workflowId, runId).describe();
    return status.name !== 'RUNNING';
  } catch (error) {
    context.log.warn('Temporal could not be asked whether the workflow is over.', {
      error: (error as Error).message,
    });
    return false;
  }
}
