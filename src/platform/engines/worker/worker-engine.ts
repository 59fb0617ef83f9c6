import { availableParallelism } from 'node:os';
import type { ObjectStore } from '../../storage/object-store';
import type { FollowOptions, JobEngine, JobRequest, JobState } from '../engine';
import { clearOutcome, jobFailure, readProgress, readSpec } from '../job-files';
import { jobsEntry, type ProcessEnd, startJobProcess } from './job-process';
import { Queue } from './queue';

const reportEveryMs = 2_000;

export interface WorkerEngineOptions {
  store: ObjectStore;
  /** Jobs at once; the others wait. One less than the processors by default. */
  atOnce?: number;
  /** The program that runs a job; the jobs' own entry point by default. */
  entry?: string;
  /** Takes the last lines of a failed job's standard error. Jobs print no utterances. */
  log?: (message: string) => void;
}

/** Runs jobs as processes of this machine; they end with the worker. */
export class WorkerEngine implements JobEngine {
  private readonly store: ObjectStore;
  private readonly entry: string;
  private readonly queue: Queue;
  private readonly log: (message: string) => void;

  constructor(options: WorkerEngineOptions) {
    this.store = options.store;
    this.entry = options.entry ?? jobsEntry;
    this.queue = new Queue(options.atOnce ?? Math.max(1, availableParallelism() - 1));
    this.log = options.log ?? ((message) => process.stderr.write(`${message}\n`));
  }

  async run(request: JobRequest, follow: FollowOptions): Promise<void> {
    const { outputUri } = await readSpec(this.store, request.specUri);
    const leave = await reporting(
      follow,
      () => Promise.resolve({ status: 'QUEUED' }),
      () => this.queue.enter(follow.signal),
    );
    try {
      await clearOutcome(this.store, outputUri);
      const { pid, ended } = startJobProcess(this.entry, request.job, request.specUri, follow.signal);
      const state = async (): Promise<JobState> => ({
        status: 'RUNNING',
        externalId: `pid ${pid}`,
        // What cannot be read now is read the next time: the job is not touched by it.
        progress: await readProgress(this.store, outputUri).catch(() => undefined),
      });
      const end = await reporting(follow, state, () => ended);
      follow.signal.throwIfAborted();
      if (end.exitCode !== 0) throw await this.failed(request, outputUri, end);
    } finally {
      leave();
    }
  }

  private async failed(request: JobRequest, outputUri: string, end: ProcessEnd): Promise<Error> {
    const how = end.exitCode === null ? `was ended by ${end.signal}` : `ended with exit code ${end.exitCode}`;
    this.log([`Job ${request.name} ${how}.`, ...end.errorLines.map((line) => `  ${line}`)].join('\n'));
    return jobFailure(this.store, request, outputUri, {
      how,
      exitCode: end.exitCode,
      where: 'the last lines that it printed are in the log of the worker',
    });
  }
}

/** Waits for something while reporting a state, now and again and again. */
async function reporting<T>(
  { onProgress }: FollowOptions,
  state: () => Promise<JobState>,
  action: () => Promise<T>,
): Promise<T> {
  let over = false;
  const report = async () => {
    const now = await state();
    if (!over) onProgress(now);
  };
  void report();
  const timer = setInterval(() => void report(), reportEveryMs);
  try {
    return await action();
  } finally {
    over = true;
    clearInterval(timer);
  }
}
