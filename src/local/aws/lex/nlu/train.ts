import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type Example, type IntentModel } from './model';

/** Trains in a thread of its own, so that the server goes on answering. */
export function trainInThread(examples: Example[]): Promise<IntentModel> {
  return new Promise((resolve, reject) => {
    const worker = startWorker(join(__dirname, `train-worker${extname(__filename)}`), examples);
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`The training thread ended with code ${code}.`)));
  });
}

/** A thread does not have the main thread's loader of TypeScript; run from its sources, it needs one of its own. */
function startWorker(entry: string, workerData: unknown): Worker {
  if (!entry.endsWith('.ts')) return new Worker(entry, { workerData });
  return new Worker(`require('tsx/cjs'); require(${JSON.stringify(entry)});`, { eval: true, workerData });
}
