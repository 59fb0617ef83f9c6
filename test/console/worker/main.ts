import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { createReviewActivities } from '../../../src/activities/review';
import { openObjectStore } from '../../../src/platform/storage/object-store';
import { workerSettings } from '../../../src/worker';
import { mockActivities } from '../../workflows/mock-activities';

/**
 * A worker of reviews as a process of its own, which can be killed; the rest of a cycle returns at once. `ADDRESS`,
 * `TASK_QUEUE` and `BUNDLE` (the workflows that the build bundled) say where and what.
 */
async function main(): Promise<void> {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const { ADDRESS = '', TASK_QUEUE = '', BUNDLE = '' } = process.env;
  const worker = await Worker.create({
    ...workerSettings,
    connection: await NativeConnection.connect({ address: ADDRESS }),
    taskQueue: TASK_QUEUE,
    workflowBundle: { codePath: BUNDLE },
    activities: { ...mockActivities().activities, ...createReviewActivities({ store: openObjectStore() }) },
  });
  process.send?.('ready');
  await worker.run();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
