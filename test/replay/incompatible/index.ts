import { sleep } from '@temporalio/workflow';

/** A cycle that begins otherwise than the saved ones did: replaying them on it must fail. */
export async function retrain(): Promise<void> {
  await sleep('1 minute');
}
