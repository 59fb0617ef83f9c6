import { Context } from '@temporalio/activity';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { workerSettings } from '../../src/worker';
import { mockActivities, nothingToTrain } from '../../test/workflows/mock-activities';

/**
 * A worker as a process of its own, whose activities return at once; a cycle ends soon after its review. `ADDRESS`, `TASK_QUEUE` and `BUNDLE` (a file) say
 * where and what; the activity named by `HANGS` beats and never returns.
 */
async function main(): Promise<void> {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const { ADDRESS = '', TASK_QUEUE = '', BUNDLE = '', HANGS = '' } = process.env;
  const hang = async () => {
    process.send?.('hanging');
    for (;;) {
      Context.current().heartbeat();
      await Context.current().sleep(1_000);
    }
  };
  const { activities } = mockActivities({ buildDataset: () => Promise.resolve(nothingToTrain) });
  const worker = await Worker.create({
    ...workerSettings,
    connection: await NativeConnection.connect({ address: ADDRESS }),
    taskQueue: TASK_QUEUE,
    workflowBundle: { codePath: BUNDLE },
    activities: HANGS === '' ? activities : { ...activities, [HANGS]: hang },
  });
  process.send?.('ready');
  await worker.run();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
