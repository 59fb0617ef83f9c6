import {
  type BatchClient,
  DescribeJobDefinitionsCommand,
  DescribeJobQueuesCommand,
  type JobQueueDetail,
} from '@aws-sdk/client-batch';
import { broken, fine, notChecked, type Finding } from '../../domain/doctor';
import type { PipelineConfiguration } from '../../domain/pipeline';
import { AccessDeniedError } from '../../platform/aws/errors';
import { awsCallWith } from '../aws-call';
import type { Check } from '../check';

/** Whether the job queue takes jobs, and the job definition is there. Nothing where no job runs on Batch. */
export function batchCheck(batch: BatchClient, configuration: PipelineConfiguration): Check {
  const { prepare, discover, engines } = configuration;
  return {
    id: 'batch',
    group: 'pipeline',
    title: 'AWS Batch',
    async run(signal) {
      if (!engines.batch || ![prepare.engine, discover.engine].includes('batch')) return [];
      const { jobQueue, jobDefinition } = engines.batch;
      return Promise.all([
        orNotAllowed('batch:DescribeJobQueues', `the job queue ${jobQueue}`, () =>
          describeQueue(batch, jobQueue, signal),
        ),
        orNotAllowed('batch:DescribeJobDefinitions', `the job definition ${jobDefinition}`, () =>
          describeDefinition(batch, jobDefinition, signal),
        ),
      ]);
    },
  };
}

async function orNotAllowed(action: string, what: string, look: () => Promise<Finding>): Promise<Finding> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof AccessDeniedError)) throw error;
    return notChecked(`${what}, because ${action} is not allowed.`, {
      next: 'The worker does not need it; look in the Batch console.',
    });
  }
}

async function describeQueue(batch: BatchClient, jobQueue: string, signal: AbortSignal): Promise<Finding> {
  const { jobQueues = [] } = await awsCallWith(signal)('DescribeJobQueues', jobQueue, (options) =>
    batch.send(new DescribeJobQueuesCommand({ jobQueues: [jobQueue] }), options),
  );
  return judgeQueue(jobQueue, jobQueues[0]);
}

export function judgeQueue(
  name: string,
  queue: Pick<JobQueueDetail, 'state' | 'status' | 'statusReason'> | undefined,
): Finding {
  const why = 'Jobs of this pipeline wait there for ever, or are refused.';
  if (queue === undefined) {
    return broken(`There is no job queue ${name} in this account and region.`, {
      why,
      next: 'Correct engines.batch.jobQueue in the pipeline file, or make the queue. There are:',
      commands: ['aws batch describe-job-queues --query "jobQueues[].jobQueueName"'],
    });
  }
  if (queue.state === 'ENABLED' && queue.status === 'VALID') return fine(`The job queue ${name} takes jobs.`);
  const reason = queue.statusReason ? `: ${queue.statusReason}` : '';
  return broken(`The job queue ${name} is ${queue.state ?? '?'} and ${queue.status ?? '?'}${reason}.`, {
    why,
    next: 'Enable it, and look at its compute environments:',
    commands: [`aws batch update-job-queue --job-queue ${name} --state ENABLED`],
  });
}

async function describeDefinition(
  batch: BatchClient,
  jobDefinition: string,
  signal: AbortSignal,
): Promise<Finding> {
  // An ARN or a revision names one, a name all of its revisions.
  const isExact = /^arn:|:\d+$/.test(jobDefinition);
  const { jobDefinitions = [] } = await awsCallWith(signal)(
    'DescribeJobDefinitions',
    jobDefinition,
    (options) =>
      batch.send(
        new DescribeJobDefinitionsCommand(
          isExact
            ? { jobDefinitions: [jobDefinition] }
            : { jobDefinitionName: jobDefinition, status: 'ACTIVE' },
        ),
        options,
      ),
  );
  const active = jobDefinitions
    .filter(({ status }) => status === 'ACTIVE')
    .sort((a, b) => (b.revision ?? 0) - (a.revision ?? 0))[0];
  if (active === undefined) {
    return broken(`There is no active job definition ${jobDefinition} in this account and region.`, {
      why: 'Jobs of this pipeline are refused.',
      next: 'Correct engines.batch.jobDefinition in the pipeline file, or register it with Ciclo’s image.',
    });
  }
  return fine(
    `The job definition ${jobDefinition} is active: revision ${active.revision ?? '?'}, image ${active.containerProperties?.image ?? '?'}.`,
  );
}
