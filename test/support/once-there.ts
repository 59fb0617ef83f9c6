import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowNotFoundError } from '@temporalio/client';

/** Asks something of a workflow that is about to begin: its parent tells of it a moment before the server knows it. */
export async function onceThere<T>(ask: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError) || attempt === 100) throw error;
      await sleep(50);
    }
  }
}
