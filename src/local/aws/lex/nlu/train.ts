import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type Example, type IntentModel } from './model';

/**
 * Trains in a thread of its own, so that the server goes on answering.
 * @throws Error when the signal broke it off
 */
export function trainInThread(examples: Example[], signal: AbortSignal): Promise<IntentModel> {
  return new Promise((resolve, reject) => {
    const worker = startWorker(join(__dirname, `train-worker${extname(__filename)}`), examples);
    const abort = () => void worker.terminate();
    signal.addEventListener('abort', abort);
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => {
      signal.removeEventListener('abort', abort);
      reject(new Error(`The training thread ended with code ${code}.`));
    });
  });
}

/** A thread does not have the main thread's loader of TypeScript; run from its sources, it needs one of its own. */
function startWorker(entry: string, workerData: unknown): Worker {
  if (!entry.endsWith('.ts')) return new Worker(entry, { workerData });
  return new Worker(`require('tsx/cjs'); require(${JSON.stringify(entry)});`, { eval: true, workerData });
}
