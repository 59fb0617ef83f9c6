import {
  type BatchClient,
  DescribeJobsCommand,
  type JobDetail,
  type JobStatus,
  type JobSummary,
  paginateListJobs,
  SubmitJobCommand,
  TerminateJobCommand,
} from '@aws-sdk/client-batch';
import type { JobName } from '../../../domain/job';
import { translateAwsError } from '../../aws/errors';

/** DescribeJobs takes this many ids. */
const describedAtOnce = 100;
/** The parameters by which a job tells what it was asked for; no placeholder refers to them. */
const specParameter = 'specSha256';
const specUriParameter = 'specUri';

/** A Batch job, as far as the engine looks at it. */
export interface BatchJob {
  id: string;
  name: string;
  status: JobStatus;
  statusReason: string | null;
  exitCode: number | null;
  /** CloudWatch log stream of the last attempt. */
  logStream: string | null;
  /** SHA-256 of the specification, where Ciclo submitted it. */
  specSha256: string | null;
  /** Where the specification lies, likewise. */
  specUri: string | null;
  /** Milliseconds since 1970. */
  createdAt: number;
}

/** The four calls of AWS Batch that the engine needs, with errors in Ciclo's words. */
export class BatchJobs {
  constructor(
    private readonly client: BatchClient,
    private readonly jobQueue: string,
    private readonly jobDefinition: string,
  ) {}

  /** Jobs of that name, and of that name with a number behind it, newest first. */
  async named(name: string): Promise<BatchJob[]> {
    const wanted = new RegExp(`^${name}(-\\d+)?$`);
    return this.listed(name, ({ jobName }) => wanted.test(jobName ?? ''));
  }

  /** Jobs whose names begin so and that have not ended, newest first. */
  async active(namePrefix: string): Promise<BatchJob[]> {
    return this.listed(namePrefix, ({ status }) => status !== 'SUCCEEDED' && status !== 'FAILED');
  }

  private async listed(namePrefix: string, isWanted: (summary: JobSummary) => boolean): Promise<BatchJob[]> {
    const ids: string[] = [];
    try {
      const pages = paginateListJobs(
        { client: this.client },
        { jobQueue: this.jobQueue, filters: [{ name: 'JOB_NAME', values: [`${namePrefix}*`] }] },
      );
      for await (const page of pages) {
        for (const summary of page.jobSummaryList ?? []) {
          if (summary.jobId !== undefined && isWanted(summary)) ids.push(summary.jobId);
        }
      }
    } catch (error) {
      throw translateAwsError(error, { operation: 'ListJobs', subject: `job queue ${this.jobQueue}` });
    }
    const jobs: BatchJob[] = [];
    for (let start = 0; start < ids.length; start += describedAtOnce) {
      jobs.push(...(await this.describe(ids.slice(start, start + describedAtOnce))));
    }
    return jobs.sort((a, b) => b.createdAt - a.createdAt);
  }

  /** The jobs that Batch still knows. */
  async describe(ids: string[]): Promise<BatchJob[]> {
    try {
      const { jobs } = await this.client.send(new DescribeJobsCommand({ jobs: ids }));
      return (jobs ?? []).map(summarise);
    } catch (error) {
      throw translateAwsError(error, { operation: 'DescribeJobs' });
    }
  }

  /** @returns the job's id */
  async submit(name: string, job: JobName, spec: { uri: string; sha256: string }): Promise<string> {
    try {
      const { jobId } = await this.client.send(
        new SubmitJobCommand({
          jobName: name,
          jobQueue: this.jobQueue,
          jobDefinition: this.jobDefinition,
          containerOverrides: { command: [job, '--spec', spec.uri] },
          parameters: { [specParameter]: spec.sha256, [specUriParameter]: spec.uri },
        }),
      );
      return jobId ?? '';
    } catch (error) {
      throw translateAwsError(error, {
        operation: 'SubmitJob',
        subject: `job queue ${this.jobQueue}, job definition ${this.jobDefinition}`,
      });
    }
  }

  async terminate(id: string, reason: string): Promise<void> {
    try {
      await this.client.send(new TerminateJobCommand({ jobId: id, reason }));
    } catch (error) {
      throw translateAwsError(error, { operation: 'TerminateJob', subject: `job ${id}` });
    }
  }
}

function summarise(job: JobDetail): BatchJob {
  return {
    id: job.jobId ?? '',
    name: job.jobName ?? '',
    status: job.status ?? 'SUBMITTED',
    statusReason: job.container?.reason ?? job.statusReason ?? null,
    exitCode: job.container?.exitCode ?? null,
    logStream: job.container?.logStreamName ?? null,
    specSha256: job.parameters?.[specParameter] ?? null,
    specUri: job.parameters?.[specUriParameter] ?? null,
    createdAt: job.createdAt ?? 0,
  };
}
