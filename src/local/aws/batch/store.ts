import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ServiceError } from '../errors';
import { Collection } from '../state/collection';
import {
  type ComputeEnvironmentRecord,
  type JobDefinitionRecord,
  type JobRecord,
  type QueueRecord,
} from './records';

export const clientError = (message: string) => new ServiceError('ClientException', 400, message);

/** Everything that Batch keeps. */
export class BatchStore {
  readonly definitions: Collection<JobDefinitionRecord>;
  readonly queues: Collection<QueueRecord>;
  readonly computeEnvironments: Collection<ComputeEnvironmentRecord>;
  readonly jobs: Collection<JobRecord>;

  constructor(private readonly directory: string) {
    this.definitions = new Collection(join(directory, 'job-definitions'));
    this.queues = new Collection(join(directory, 'job-queues'));
    this.computeEnvironments = new Collection(join(directory, 'compute-environments'));
    this.jobs = new Collection(join(directory, 'jobs'));
  }

  /**
   * @param nameOrArn a name (its newest revision), `name:revision`, or an ARN
   * @throws ServiceError `ClientException`
   */
  definition(nameOrArn: string): JobDefinitionRecord {
    const named = this.definitions
      .values()
      .filter(({ name, arn, revision }) => [name, `${name}:${revision}`, arn].includes(nameOrArn))
      .sort((a, b) => b.revision - a.revision);
    if (named[0] === undefined) throw clientError(`Job definition ${nameOrArn} does not exist.`);
    return named[0];
  }

  /** @throws ServiceError `ClientException` */
  queue(nameOrArn: string): QueueRecord {
    const queue = this.queues
      .values()
      .find(({ jobQueueName, jobQueueArn }) => jobQueueName === nameOrArn || jobQueueArn === nameOrArn);
    if (queue === undefined) throw clientError(`Job queue ${nameOrArn} does not exist.`);
    return queue;
  }

  /** @throws ServiceError `ClientException` */
  job(jobId: string): JobRecord {
    const job = this.jobs.get(jobId);
    if (job === undefined) throw clientError(`Job ${jobId} does not exist.`);
    return job;
  }

  /** Changes a job and gives it back as it is then. */
  update(jobId: string, change: Partial<JobRecord>): JobRecord {
    return this.jobs.put(jobId, { ...this.job(jobId), ...change });
  }

  /** An array job's children, in order. */
  childrenOf(parentId: string): JobRecord[] {
    return this.jobs
      .values()
      .filter((job) => job.array?.parentId === parentId)
      .sort((a, b) => a.array!.index - b.array!.index);
  }

  /** The file that takes what an attempt prints; its folder is made. */
  logPath(logStreamName: string): string {
    const path = join(this.directory, 'logs', `${logStreamName}.log`);
    mkdirSync(dirname(path), { recursive: true });
    return path;
  }
}
