import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import {
  DefaultLogger,
  Runtime,
  Worker,
  bundleWorkflowCode,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';
import { FailureInterceptor } from '../../src/activities/failures';
import { PayloadLimit } from './payload-limit';

/** Expected failures would fill the test's output. */
Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });

let bundle: Promise<WorkflowBundleWithSourceMap> | undefined;

/** The workflows of `src/`, bundled once for the whole run. */
export function workflowBundle(): Promise<WorkflowBundleWithSourceMap> {
  return (bundle ??= bundleWorkflowCode({
    workflowsPath: join(__dirname, '../../src/workflows/index.ts'),
    logger: new DefaultLogger('WARN'),
  }));
}

/**
 * Runs a worker with these activities for as long as the test's body takes. No payload that comes or goes may pass
 * 256 KB: arguments, results, queries, updates and signals of workflows and activities all do so through the worker.
 * @param body gets the task queue, and what has come and gone
 * @param taskQueue where something may wait already; else one of its own
 */
export async function withWorker<T>(
  environment: TestWorkflowEnvironment,
  activities: object,
  body: (taskQueue: string, payloads: PayloadLimit) => Promise<T>,
  taskQueue = `test-${randomUUID()}`,
): Promise<T> {
  const limit = new PayloadLimit();
  const worker = await Worker.create({
    connection: environment.nativeConnection,
    namespace: environment.namespace,
    taskQueue,
    workflowBundle: await workflowBundle(),
    activities,
    // An activity learns of its end by a heartbeat; the usual throttle would let tests wait for most of a minute.
    maxHeartbeatThrottleInterval: '300 ms',
    defaultHeartbeatThrottleInterval: '300 ms',
    dataConverter: { payloadCodecs: [limit] },
    interceptors: { activity: [() => ({ inbound: new FailureInterceptor() })] },
  });
  const result = await worker.runUntil(() => body(taskQueue, limit));
  limit.assertKept();
  return result;
}
