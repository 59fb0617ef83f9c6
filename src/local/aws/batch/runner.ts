import { randomUUID } from 'node:crypto';
import { type EvaluateOnExit } from '@aws-sdk/client-batch';
import { commandOf, type Images } from './images';
import { killLeftover, signalGroup, startProcess } from './process-group';
import { isOver, isWaiting, type JobRecord } from './records';
import { type BatchStore } from './store';

export interface RunnerOptions {
  images: Images;
  /** Jobs that run at once. */
  mostRunning: number;
  /** From the polite signal to the one that cannot be refused. */
  killGraceMs: number;
}

/** Runs jobs as child processes, the oldest of the most important queue first. */
export class Runner {
  private readonly running = new Map<string, Promise<void>>();
  private scheduled: NodeJS.Immediate | null = null;
  private stopped = false;

  constructor(
    private readonly store: BatchStore,
    private readonly options: RunnerOptions,
  ) {}

  /** Takes up the state that an earlier process left: what ran then has failed, what waited goes on. */
  resume(): void {
    for (const job of this.store.jobs.values()) {
      if (isOver(job) || isWaiting(job)) continue;
      if (job.process !== undefined) killLeftover(job.process);
      this.finish(job.jobId, 'FAILED', 'Host terminated: the local AWS ended while the job ran.');
    }
    this.wake();
  }

  /** Looks for jobs that can go on, soon. */
  wake(): void {
    if (this.scheduled !== null || this.stopped) return;
    this.scheduled = setImmediate(() => {
      this.scheduled = null;
      this.advance();
    });
  }

  /** Ends a job, whatever it does; a running one gets time to end by itself. */
  terminate(jobId: string, reason: string): void {
    const job = this.store.job(jobId);
    if (isOver(job)) return;
    if (job.arraySize !== undefined) {
      this.store.update(jobId, { terminated: reason });
      for (const child of this.store.childrenOf(jobId)) this.terminate(child.jobId, reason);
    } else if (isWaiting(job)) {
      this.store.update(jobId, { terminated: reason });
      this.finish(jobId, 'FAILED', reason);
    } else {
      this.store.update(jobId, { terminated: reason });
      this.kill(jobId);
    }
  }

  /** Ends a job that has not begun. */
  cancel(jobId: string, reason: string): void {
    const job = this.store.job(jobId);
    for (const child of this.store.childrenOf(jobId)) this.cancel(child.jobId, reason);
    if (job.arraySize !== undefined || !isWaiting(job)) return;
    this.store.update(jobId, { cancelled: true });
    this.finish(jobId, 'FAILED', reason);
  }

  /** Kills what runs and waits for it. */
  async stop(): Promise<void> {
    this.stopped = true;
    if (this.scheduled !== null) clearImmediate(this.scheduled);
    for (const jobId of this.running.keys()) {
      this.store.update(jobId, { terminated: 'Host terminated: the local AWS was stopped.' });
      this.kill(jobId);
    }
    await Promise.all(this.running.values());
  }

  private advance(): void {
    for (const job of this.store.jobs.values()) {
      if (job.status === 'SUBMITTED' || (job.status === 'PENDING' && job.arraySize === undefined))
        this.release(job);
    }
    const priorities = new Map(
      this.store.queues.values().map((queue) => [queue.jobQueueArn, queue.priority]),
    );
    const priorityOf = (job: JobRecord) => priorities.get(job.queueArn) ?? 0;
    const runnable = this.store.jobs
      .values()
      .filter(({ status }) => status === 'RUNNABLE')
      .sort((a, b) => priorityOf(b) - priorityOf(a) || a.createdAt - b.createdAt);
    for (const { jobId } of runnable) {
      if (this.running.size >= this.options.mostRunning) return;
      this.store.update(jobId, { status: 'STARTING' });
      const run = this.run(jobId).finally(() => {
        this.running.delete(jobId);
        this.wake();
      });
      this.running.set(jobId, run);
    }
  }

  /** Lets a job go on once all it depends on has succeeded. */
  private release(job: JobRecord): void {
    const needed = job.dependsOn.map(({ jobId }) => this.store.jobs.get(jobId!));
    if (needed.some((dependency) => dependency === undefined || dependency.status === 'FAILED')) {
      this.finish(job.jobId, 'FAILED', 'Dependent Job failed');
    } else if (needed.some((dependency) => dependency!.status !== 'SUCCEEDED')) {
      if (job.status !== 'PENDING') this.store.update(job.jobId, { status: 'PENDING' });
    } else {
      this.store.update(job.jobId, { status: job.arraySize === undefined ? 'RUNNABLE' : 'PENDING' });
    }
  }

  /** Runs one attempt. */
  private async run(jobId: string): Promise<void> {
    const job = this.store.job(jobId);
    const image = commandOf(this.options.images, job.image);
    const definitionName = /job-definition\/(.*):\d+$/.exec(job.definitionArn)?.[1] ?? 'job';
    const logStreamName = `${definitionName}/default/${randomUUID().replaceAll('-', '')}`;
    const startedAt = Date.now();
    if (image === null) {
      const reason = `CannotPullContainerError: no local command stands for the image ${job.image}; name it with --image.`;
      this.endAttempt(jobId, { startedAt, reason });
      return;
    }
    const environment = this.environmentOf(job);
    const started = startProcess([...image, ...job.command], environment, this.store.logPath(logStreamName));
    this.store.update(jobId, {
      status: 'RUNNING',
      startedAt: job.startedAt ?? startedAt,
      process: started.identity,
    });
    if (this.store.job(jobId).terminated !== undefined) this.kill(jobId);
    let timedOut = false;
    const timeout =
      job.timeoutSeconds === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            this.kill(jobId);
          }, job.timeoutSeconds * 1_000);
    const { code, error } = await started.exit;
    clearTimeout(timeout);
    this.endAttempt(jobId, {
      startedAt,
      logStreamName,
      exitCode: code ?? undefined,
      reason: error === undefined ? undefined : `CannotStartContainerError: ${error}`,
      timedOut,
    });
  }

  /** Writes an attempt down, then retries the job or ends it. */
  private endAttempt(
    jobId: string,
    attempt: {
      startedAt: number;
      logStreamName?: string;
      exitCode?: number;
      reason?: string;
      timedOut?: boolean;
    },
  ): void {
    const { startedAt, logStreamName, exitCode, reason, timedOut = false } = attempt;
    const job = this.store.job(jobId);
    const succeeded = exitCode === 0 && job.terminated === undefined && !timedOut;
    const statusReason =
      job.terminated ??
      (timedOut
        ? 'Job attempt duration exceeded timeout'
        : exitCode === undefined
          ? 'Task failed to start'
          : 'Essential container in task exited');
    const attempts = [
      ...job.attempts,
      { startedAt, stoppedAt: Date.now(), statusReason, container: { exitCode, reason, logStreamName } },
    ];
    this.store.update(jobId, { attempts, process: undefined });
    const again =
      !succeeded &&
      job.terminated === undefined &&
      !timedOut &&
      attempts.length < job.mostAttempts &&
      shouldRetry(job.evaluateOnExit, { exitCode, reason, statusReason });
    if (again) this.store.update(jobId, { status: 'RUNNABLE' });
    else this.finish(jobId, succeeded ? 'SUCCEEDED' : 'FAILED', statusReason);
  }

  private finish(jobId: string, status: 'SUCCEEDED' | 'FAILED', statusReason: string): void {
    const job = this.store.update(jobId, { status, statusReason, stoppedAt: Date.now(), process: undefined });
    if (job.array !== undefined) this.finishArray(job.array.parentId);
    this.wake();
  }

  /** An array job ends with the last of its children; one failure fails it. */
  private finishArray(parentId: string): void {
    const children = this.store.childrenOf(parentId);
    if (!children.every(isOver)) return;
    const failed = children.some(({ status }) => status === 'FAILED');
    const reason =
      this.store.job(parentId).terminated ?? (failed ? 'Array Child Job failed' : 'Array jobs succeeded');
    this.finish(parentId, failed ? 'FAILED' : 'SUCCEEDED', reason);
  }

  private kill(jobId: string): void {
    const pid = this.store.job(jobId).process?.pid;
    if (pid === undefined) return;
    signalGroup(pid, 'SIGTERM');
    const timer = setTimeout(() => {
      if (this.store.jobs.get(jobId)?.process?.pid === pid) signalGroup(pid, 'SIGKILL');
    }, this.options.killGraceMs);
    timer.unref();
  }

  private environmentOf(job: JobRecord): NodeJS.ProcessEnv {
    const own = Object.fromEntries(job.environment.map(({ name, value }) => [name!, value ?? '']));
    const queueName = /job-queue\/(.*)$/.exec(job.queueArn)?.[1] ?? '';
    return {
      ...process.env,
      ...own,
      AWS_BATCH_JOB_ID: job.jobId,
      AWS_BATCH_JOB_ATTEMPT: String(job.attempts.length + 1),
      AWS_BATCH_JQ_NAME: queueName,
      ...(job.array && {
        AWS_BATCH_JOB_ARRAY_INDEX: String(job.array.index),
        AWS_BATCH_JOB_ARRAY_SIZE: String(this.store.job(job.array.parentId).arraySize),
      }),
    };
  }
}

/** The first rule whose conditions all hold decides; without one a failed attempt is repeated. */
function shouldRetry(
  rules: EvaluateOnExit[],
  outcome: { exitCode?: number; reason?: string; statusReason: string },
): boolean {
  const rule = rules.find(
    ({ onExitCode, onReason, onStatusReason }) =>
      matches(onExitCode, String(outcome.exitCode ?? '')) &&
      matches(onReason, outcome.reason ?? '') &&
      matches(onStatusReason, outcome.statusReason),
  );
  return rule?.action?.toUpperCase() !== 'EXIT';
}

/** A pattern may end in an asterisk; one that is not there holds always. */
function matches(pattern: string | undefined, text: string): boolean {
  if (pattern === undefined) return true;
  return pattern.endsWith('*') ? text.startsWith(pattern.slice(0, -1)) : text === pattern;
}
