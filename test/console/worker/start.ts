import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** Bundled by the build. */
const bundle = join(__dirname, '../../../dist/workflows.bundle.js');

/** Starts a worker of reviews as a process of its own, and waits until it takes tasks. */
export async function startReviewWorker(address: string, taskQueue: string): Promise<ChildProcess> {
  const child = fork(join(__dirname, 'main.ts'), {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, ADDRESS: address, TASK_QUEUE: taskQueue, BUNDLE: bundle },
  });
  const [said] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as unknown[];
  assert.equal(said, 'ready');
  return child;
}
