import { setTimeout as sleep } from 'node:timers/promises';
import type { BatchClient } from '@aws-sdk/client-batch';
import { CicloError, InvalidInputError, NotFoundError } from '../../../domain/errors';
import type { ObjectStore } from '../../storage/object-store';
import type { FollowOptions, JobEngine, JobRequest } from '../engine';
import { clearOutcome, hasResult, jobFailure, readProgress, readSpec, type SpecSummary } from '../job-files';
import { isStopWanted } from '../stop-wanted';
import { type BatchJob, BatchJobs } from './batch-jobs';

/** 128 characters at most, with room for the number of a later attempt. */
const namePattern = /^[A-Za-z0-9][A-Za-z0-9_-]{0,121}$/;
const pollFactor = 1.4;
/** So many calls in a row may fail for the moment while a job is followed; the job itself goes on. */
const pollFailures = 5;
/** How long to wait for a job to end that was told to. */
const terminationMs = 30_000;
/** So often a job is told to end, when it cannot be told. */
const terminationAttempts = 5;

export interface BatchEngineOptions {
  store: ObjectStore;
  client: BatchClient;
  /** By name or ARN. */
  jobQueue: string;
  /** By name, name:revision or ARN; its image's entry point is `node jobs/main.js`. */
  jobDefinition: string;
  /** Time between two looks at the job: from the first to the longest. 1 to 10 seconds by default. */
  pollMs?: { first: number; longest: number };
}

/** Runs jobs on AWS Batch. */
export class BatchEngine implements JobEngine {
  private readonly store: ObjectStore;
  private readonly jobs: BatchJobs;
  private readonly pollMs: { first: number; longest: number };

  constructor(options: BatchEngineOptions) {
    this.store = options.store;
    this.jobs = new BatchJobs(options.client, options.jobQueue, options.jobDefinition);
    this.pollMs = options.pollMs ?? { first: 1_000, longest: 10_000 };
  }

  async run(request: JobRequest, follow: FollowOptions): Promise<void> {
    if (!namePattern.test(request.name)) {
      throw new InvalidInputError(
        `"${request.name}" is no name for a Batch job: up to 122 letters, digits, dashes and underscores.`,
        { name: request.name },
      );
    }
    const spec = await readSpec(this.store, request.specUri);
    await this.stopLeftovers(request, follow);
    const id = await this.startOrAttach(request, spec, follow);
    let job: BatchJob;
    try {
      job = await this.followToTheEnd(id, spec.outputUri, follow);
    } catch (error) {
      if (follow.signal.aborted && isStopWanted(follow.signal.reason)) await this.stop(id, follow);
      throw error;
    }
    if (job.status === 'SUCCEEDED') return;
    throw await jobFailure(this.store, request, spec.outputUri, {
      how: `failed on AWS Batch (${job.statusReason ?? 'without a reason'})`,
      exitCode: job.exitCode,
      where: `see Batch job ${job.id}${job.logStream === null ? '' : `, log stream ${job.logStream}`}`,
    });
  }

  /** @returns the id of the job to follow: one that was asked for the same and runs or succeeded, or a new one */
  private async startOrAttach(
    request: JobRequest,
    spec: SpecSummary,
    follow: FollowOptions,
  ): Promise<string> {
    const earlier = await this.jobs.named(request.name);
    const same = earlier.filter((job) => job.specSha256 === spec.sha256);
    const active = same.find(isActive);
    if (active !== undefined) return active.id;
    const succeeded = same.find((job) => job.status === 'SUCCEEDED');
    if (succeeded !== undefined && (await hasResult(this.store, spec.outputUri))) return succeeded.id;
    // One that was asked for something else would write to the same place.
    for (const job of earlier.filter(isActive)) await this.stop(job.id, follow);
    follow.signal.throwIfAborted();
    await clearOutcome(this.store, spec.outputUri);
    return this.jobs.submit(nextName(request.name, earlier), request.job, {
      uri: request.specUri,
      sha256: spec.sha256,
    });
  }

  private async stopLeftovers({ leftovers }: JobRequest, follow: FollowOptions): Promise<void> {
    if (leftovers === undefined) return;
    for (const { id, specUri } of await this.jobs.active(leftovers.namePrefix)) {
      if (specUri !== null && leftovers.isLeftOver(specUri)) await this.stop(id, follow);
    }
  }

  private async followToTheEnd(id: string, outputUri: string, follow: FollowOptions): Promise<BatchJob> {
    let status: string | undefined;
    let pauseMs = this.pollMs.first;
    let failures = 0;
    for (;;) {
      follow.signal.throwIfAborted();
      try {
        const job = await this.describe(id);
        const progress = job.status === 'RUNNING' ? await readProgress(this.store, outputUri) : undefined;
        follow.onProgress({ status: job.status, externalId: id, progress });
        if (!isActive(job)) return job;
        pauseMs =
          job.status === status ? Math.min(pauseMs * pollFactor, this.pollMs.longest) : this.pollMs.first;
        status = job.status;
        failures = 0;
      } catch (error) {
        if (!(error instanceof CicloError) || error.permanent || ++failures > pollFailures) throw error;
        follow.onProgress({ status: status ?? 'SUBMITTED', externalId: id });
        pauseMs = Math.min(pauseMs * pollFactor, this.pollMs.longest);
      }
      await sleep(pauseMs, undefined, { signal: follow.signal }).catch(() => follow.signal.throwIfAborted());
    }
  }

  private async describe(id: string): Promise<BatchJob> {
    const [job] = await this.jobs.describe([id]);
    if (job !== undefined) return job;
    throw new NotFoundError(
      `AWS Batch knows no job ${id} any more. Try again: it is submitted anew.`,
      { id },
      false,
    );
  }

  /** Terminates a job and waits, for a while, until nothing of it runs. */
  private async stop(id: string, follow: FollowOptions): Promise<void> {
    const deadline = performance.now() + terminationMs;
    for (let attempt = 1; ; attempt++) {
      follow.onProgress({ status: 'STOPPING', externalId: id });
      try {
        await this.jobs.terminate(id, 'Cancelled by Ciclo.');
        break;
      } catch (error) {
        // Nobody asks again: what was cancelled gets no other attempt.
        if (!(error instanceof CicloError) || error.permanent || attempt === terminationAttempts) throw error;
        await sleep(this.pollMs.first * 2 ** (attempt - 1));
      }
    }
    while (performance.now() < deadline && isActive(await this.describe(id))) {
      follow.onProgress({ status: 'STOPPING', externalId: id });
      await sleep(this.pollMs.first);
    }
  }
}

function isActive(job: BatchJob): boolean {
  return job.status !== 'SUCCEEDED' && job.status !== 'FAILED';
}

/** The name itself for the first attempt, then with -2, -3, … behind it. */
function nextName(name: string, earlier: BatchJob[]): string {
  const numbers = earlier.map((job) => (job.name === name ? 1 : Number(job.name.slice(name.length + 1))));
  return numbers.length === 0 ? name : `${name}-${Math.max(...numbers) + 1}`;
}
