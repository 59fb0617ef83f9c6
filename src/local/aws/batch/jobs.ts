import { randomUUID } from 'node:crypto';
import type {
  CancelJobCommandInput,
  CancelJobCommandOutput,
  DescribeJobsCommandInput,
  DescribeJobsCommandOutput,
  JobDetail,
  JobSummary,
  KeyValuePair,
  ListJobsCommandInput,
  ListJobsCommandOutput,
  SubmitJobCommandInput,
  SubmitJobCommandOutput,
  TerminateJobCommandInput,
  TerminateJobCommandOutput,
} from '@aws-sdk/client-batch';
import { type Input, type Output } from '../protocol/handler';
import { paginate } from '../protocol/paginate';
import { arnOf, batchPageSize, requireName, requireTimeout } from './definitions';
import { type JobRecord } from './records';
import { type Runner } from './runner';
import { type BatchStore, clientError } from './store';

const arraySizes = { least: 2, most: 10_000 };
const mostAttempts = 10;
const mostDescribed = 100;

/** What is done with jobs. */
export function jobHandlers(store: BatchStore, runner: Runner, minimumTimeoutSeconds: number) {
  return {
    SubmitJob(input: Input<SubmitJobCommandInput>): Output<SubmitJobCommandOutput> {
      requireName(input.jobName);
      const queue = store.queue(input.jobQueue);
      if (queue.state !== 'ENABLED') throw clientError(`Job queue ${queue.jobQueueName} is ${queue.state}.`);
      const definition = store.definition(input.jobDefinition);
      const size = input.arrayProperties?.size;
      if (size !== undefined && (size < arraySizes.least || size > arraySizes.most)) {
        throw clientError(
          `arrayProperties.size is ${size}; it must be ${arraySizes.least} to ${arraySizes.most}.`,
        );
      }
      const attempts = input.retryStrategy?.attempts ?? definition.attempts;
      if (attempts < 1 || attempts > mostAttempts) {
        throw clientError(`retryStrategy.attempts is ${attempts}; it must be 1 to ${mostAttempts}.`);
      }
      requireTimeout(input.timeout?.attemptDurationSeconds, minimumTimeoutSeconds);
      const dependsOn = input.dependsOn ?? [];
      for (const { jobId, type } of dependsOn) {
        if (type !== undefined) throw clientError(`The local AWS has no dependencies of type ${type}.`);
        store.job(jobId ?? '');
      }
      const parameters = { ...definition.parameters, ...input.parameters };
      const overrides = input.containerOverrides;
      const job: JobRecord = {
        jobId: randomUUID(),
        name: input.jobName,
        queueArn: queue.jobQueueArn,
        definitionArn: definition.arn,
        image: definition.container.image!,
        command: withParameters(overrides?.command ?? definition.container.command ?? [], parameters),
        environment: mergeEnvironment(definition.container.environment, overrides?.environment),
        parameters,
        dependsOn,
        mostAttempts: attempts,
        evaluateOnExit: input.retryStrategy?.evaluateOnExit ?? definition.evaluateOnExit,
        timeoutSeconds: input.timeout?.attemptDurationSeconds ?? definition.timeoutSeconds,
        tags: input.tags ?? {},
        arraySize: size,
        status: 'SUBMITTED',
        attempts: [],
        createdAt: Date.now(),
      };
      // The parent comes last: without it nobody learns of children that a crash cut short.
      for (let index = 0; index < (size ?? 0); index++) {
        const array = { parentId: job.jobId, index };
        const jobId = `${job.jobId}:${index}`;
        store.jobs.put(jobId, { ...job, jobId, arraySize: undefined, array });
      }
      store.jobs.put(job.jobId, job);
      runner.wake();
      return { jobName: job.name, jobId: job.jobId, jobArn: arnOf(`job/${job.jobId}`) };
    },

    DescribeJobs(input: Input<DescribeJobsCommandInput>): Output<DescribeJobsCommandOutput> {
      if (input.jobs.length > mostDescribed) throw clientError(`jobs names more than ${mostDescribed} jobs.`);
      const known = input.jobs.flatMap((jobId) => store.jobs.get(jobId) ?? []);
      return { jobs: known.map((job) => describe(store, job)) };
    },

    ListJobs(input: Input<ListJobsCommandInput>): Output<ListJobsCommandOutput> {
      if ((input.jobQueue === undefined) === (input.arrayJobId === undefined)) {
        throw clientError('ListJobs wants either a job queue or an array job.');
      }
      const candidates =
        input.arrayJobId !== undefined
          ? store.childrenOf(store.job(input.arrayJobId).jobId)
          : jobsOfQueue(store, store.queue(input.jobQueue!).jobQueueArn);
      const filters = input.filters ?? [];
      const wanted = candidates.filter((job) =>
        filters.length > 0
          ? filters.every(({ name, values }) => passes(job, name, values ?? []))
          : job.status === (input.jobStatus ?? 'RUNNING'),
      );
      const { page, nextToken } = paginate(wanted, input.maxResults ?? batchPageSize, input.nextToken);
      return { jobSummaryList: page.map(summarise), nextToken };
    },

    TerminateJob(input: Input<TerminateJobCommandInput>): Output<TerminateJobCommandOutput> {
      runner.terminate(store.job(input.jobId).jobId, input.reason);
      return {};
    },

    CancelJob(input: Input<CancelJobCommandInput>): Output<CancelJobCommandOutput> {
      runner.cancel(store.job(input.jobId).jobId, input.reason);
      return {};
    },
  };
}

/** Newest first; an array job's children are listed with the array job only. */
function jobsOfQueue(store: BatchStore, queueArn: string): JobRecord[] {
  return store.jobs
    .values()
    .filter((job) => job.queueArn === queueArn && job.array === undefined)
    .sort((a, b) => b.createdAt - a.createdAt);
}

function passes(job: JobRecord, name: string | undefined, values: string[]): boolean {
  const matchesName = (actual: string) =>
    values.some((value) => (value.endsWith('*') ? actual.startsWith(value.slice(0, -1)) : actual === value));
  switch (name) {
    case 'JOB_NAME':
      return matchesName(job.name);
    case 'JOB_DEFINITION':
      return (
        matchesName(job.definitionArn) ||
        matchesName(/job-definition\/(.*):\d+$/.exec(job.definitionArn)?.[1] ?? '')
      );
    case 'BEFORE_CREATED_AT':
      return values.some((value) => job.createdAt < Number(value));
    case 'AFTER_CREATED_AT':
      return values.some((value) => job.createdAt > Number(value));
    case undefined:
    default:
      throw clientError(`The local AWS has no filter ${name}.`);
  }
}

/** Puts values in the place of `Ref::name`. */
function withParameters(command: string[], parameters: Record<string, string>): string[] {
  return command.map((word) => {
    const name = word.startsWith('Ref::') ? word.slice('Ref::'.length) : null;
    return name === null ? word : (parameters[name] ?? word);
  });
}

function mergeEnvironment(base: KeyValuePair[] = [], overrides: KeyValuePair[] = []): KeyValuePair[] {
  const overridden = new Set(overrides.map(({ name }) => name));
  return [...base.filter(({ name }) => !overridden.has(name)), ...overrides];
}

function describe(store: BatchStore, job: JobRecord): JobDetail {
  const last = job.attempts.at(-1)?.container;
  return {
    jobArn: arnOf(`job/${job.jobId}`),
    jobId: job.jobId,
    jobName: job.name,
    jobQueue: job.queueArn,
    jobDefinition: job.definitionArn,
    status: job.status,
    statusReason: job.statusReason,
    createdAt: job.createdAt,
    startedAt: job.startedAt,
    stoppedAt: job.stoppedAt,
    attempts: job.attempts,
    dependsOn: job.dependsOn,
    parameters: job.parameters,
    retryStrategy: { attempts: job.mostAttempts, evaluateOnExit: job.evaluateOnExit },
    timeout: job.timeoutSeconds === undefined ? undefined : { attemptDurationSeconds: job.timeoutSeconds },
    container: {
      image: job.image,
      command: job.command,
      environment: job.environment,
      exitCode: last?.exitCode,
      reason: last?.reason,
      logStreamName: last?.logStreamName,
    },
    arrayProperties: describeArray(store, job),
    isCancelled: job.cancelled === true,
    isTerminated: job.terminated !== undefined,
    tags: job.tags,
  };
}

function describeArray(store: BatchStore, job: JobRecord): JobDetail['arrayProperties'] {
  if (job.array !== undefined) return { index: job.array.index };
  if (job.arraySize === undefined) return undefined;
  const statusSummary: Record<string, number> = {};
  for (const { status } of store.childrenOf(job.jobId))
    statusSummary[status] = (statusSummary[status] ?? 0) + 1;
  return { size: job.arraySize, statusSummary };
}

function summarise(job: JobRecord): JobSummary {
  const last = job.attempts.at(-1)?.container;
  return {
    jobArn: arnOf(`job/${job.jobId}`),
    jobId: job.jobId,
    jobName: job.name,
    jobDefinition: job.definitionArn,
    status: job.status,
    statusReason: job.statusReason,
    createdAt: job.createdAt,
    startedAt: job.startedAt,
    stoppedAt: job.stoppedAt,
    container: { exitCode: last?.exitCode, reason: last?.reason },
    arrayProperties:
      job.array !== undefined ? { index: job.array.index } : job.arraySize && { size: job.arraySize },
  } as JobSummary;
}
