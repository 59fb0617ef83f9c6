import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Answers, CountedMaterials, Message, Result, Task } from './tasks';

/** Reviews whose materials the thread keeps. */
const mostKept = 3;

interface Waiting {
  resolve: (answer: never) => void;
  reject: (error: Error) => void;
}

/**
 * Does in a thread of its own what takes longer than a request should hold up others: estimates, and comparing all
 * phrases. The thread begins with the first task and is begun anew after a failure.
 */
export class Analyst {
  private worker: Worker | null = null;
  private isClosed = false;
  private readonly numbers = new WeakMap<object, number>();
  private given: number[] = [];
  private readonly waiting = new Map<number, Waiting>();
  private lastNumber = 0;
  private lastId = 0;

  /** @throws Error when the thread failed at it, or was ended */
  ask<Kind extends Task['kind']>(
    materials: CountedMaterials,
    task: Extract<Task, { kind: Kind }>,
  ): Promise<Answers[Kind]> {
    if (this.isClosed) return Promise.reject(new Error('The console closes.'));
    const worker = (this.worker ??= this.start());
    const number = this.give(worker, materials);
    const id = ++this.lastId;
    return new Promise<Answers[Kind]>((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      worker.postMessage({ kind: 'do', id, number, task } satisfies Message);
    });
  }

  /** Ends the thread, and with it what it was at. */
  async close(): Promise<void> {
    const worker = this.worker;
    this.isClosed = true;
    this.end(new Error('The console closes.'));
    await worker?.terminate();
  }

  private give(worker: Worker, { discovery, utterances, known }: CountedMaterials): number {
    const number = this.numbers.get(utterances) ?? ++this.lastNumber;
    this.numbers.set(utterances, number);
    const isGiven = this.given.includes(number);
    this.given = [...this.given.filter((one) => one !== number), number];
    if (!isGiven)
      worker.postMessage({
        kind: 'keep',
        number,
        materials: { discovery, utterances, known },
      } satisfies Message);
    if (this.given.length > mostKept)
      worker.postMessage({ kind: 'forget', number: this.given.shift()! } satisfies Message);
    return number;
  }

  private start(): Worker {
    const worker = startWorker(join(__dirname, `thread${extname(__filename)}`));
    worker.unref();
    worker.on('message', (result: Result) => {
      const waiting = this.waiting.get(result.id);
      this.waiting.delete(result.id);
      if ('failure' in result) waiting?.reject(new Error(result.failure));
      else waiting?.resolve(result.answer as never);
    });
    worker.on('error', (error: Error) => this.worker === worker && this.end(error));
    return worker;
  }

  private end(error: Error): void {
    this.worker = null;
    this.given = [];
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}

/** A thread does not have the main thread's loader of TypeScript; run from its sources, it needs one of its own. */
function startWorker(entry: string): Worker {
  if (!entry.endsWith('.ts')) return new Worker(entry);
  return new Worker(`require('tsx/cjs'); require(${JSON.stringify(entry)});`, { eval: true });
}
