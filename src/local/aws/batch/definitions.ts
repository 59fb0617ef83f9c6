import type {
  CreateComputeEnvironmentCommandInput,
  CreateComputeEnvironmentCommandOutput,
  CreateJobQueueCommandInput,
  CreateJobQueueCommandOutput,
  DescribeComputeEnvironmentsCommandInput,
  DescribeComputeEnvironmentsCommandOutput,
  DescribeJobDefinitionsCommandInput,
  DescribeJobDefinitionsCommandOutput,
  DescribeJobQueuesCommandInput,
  DescribeJobQueuesCommandOutput,
  RegisterJobDefinitionCommandInput,
  RegisterJobDefinitionCommandOutput,
} from '@aws-sdk/client-batch';
import { accountId, defaultRegion } from '../account';
import { type Input, type Output } from '../protocol/handler';
import { paginate } from '../protocol/paginate';
import { type JobDefinitionRecord } from './records';
import { type BatchStore, clientError } from './store';

export const arnOf = (resource: string) => `arn:aws:batch:${defaultRegion}:${accountId}:${resource}`;
export const batchPageSize = 100;

const namePattern = /^[\w-]{1,128}$/;

/** Refuses a name as Batch would. */
export function requireName(name: string): void {
  if (!namePattern.test(name))
    throw clientError(`The name '${name}' must have 1 to 128 letters, digits, - or _.`);
}

/** Job definitions, queues and compute environments. */
export function definitionHandlers(store: BatchStore, minimumTimeoutSeconds: number) {
  return {
    RegisterJobDefinition(
      input: Input<RegisterJobDefinitionCommandInput>,
    ): Output<RegisterJobDefinitionCommandOutput> {
      requireName(input.jobDefinitionName);
      const { containerProperties: container } = input;
      if (input.type !== 'container' || container?.image === undefined) {
        throw clientError('The local AWS takes job definitions of type container, with an image.');
      }
      requireTimeout(input.timeout?.attemptDurationSeconds, minimumTimeoutSeconds);
      const name = input.jobDefinitionName;
      const earlier = store.definitions.values().filter((definition) => definition.name === name);
      const revision = earlier.reduce((highest, definition) => Math.max(highest, definition.revision), 0) + 1;
      const arn = arnOf(`job-definition/${name}:${revision}`);
      store.definitions.put(`${name}:${revision}`, {
        name,
        arn,
        revision,
        container,
        parameters: input.parameters ?? {},
        attempts: input.retryStrategy?.attempts ?? 1,
        evaluateOnExit: input.retryStrategy?.evaluateOnExit ?? [],
        timeoutSeconds: input.timeout?.attemptDurationSeconds,
        tags: input.tags ?? {},
      });
      return { jobDefinitionName: name, jobDefinitionArn: arn, revision };
    },

    DescribeJobDefinitions(
      input: Input<DescribeJobDefinitionsCommandInput>,
    ): Output<DescribeJobDefinitionsCommandOutput> {
      const wanted = store.definitions
        .values()
        .filter(
          ({ name, arn, revision }) =>
            (input.jobDefinitionName === undefined || name === input.jobDefinitionName) &&
            (input.jobDefinitions === undefined ||
              input.jobDefinitions.some((one) => [arn, `${name}:${revision}`, name].includes(one))) &&
            (input.status === undefined || input.status === 'ACTIVE'),
        )
        .sort((a, b) => (a.name === b.name ? b.revision - a.revision : a.name < b.name ? -1 : 1));
      const { page, nextToken } = paginate(wanted, input.maxResults ?? batchPageSize, input.nextToken);
      return { jobDefinitions: page.map(describeDefinition), nextToken };
    },

    CreateComputeEnvironment(
      input: Input<CreateComputeEnvironmentCommandInput>,
    ): Output<CreateComputeEnvironmentCommandOutput> {
      const name = input.computeEnvironmentName;
      requireName(name);
      if (store.computeEnvironments.get(name) !== undefined) throw clientError('Object already exists');
      const arn = arnOf(`compute-environment/${name}`);
      store.computeEnvironments.put(name, {
        computeEnvironmentName: name,
        computeEnvironmentArn: arn,
        type: input.type,
        state: input.state ?? 'ENABLED',
        status: 'VALID',
        statusReason: 'ComputeEnvironment Healthy',
        computeResources: input.computeResources,
        serviceRole: input.serviceRole,
        tags: input.tags ?? {},
      });
      return { computeEnvironmentName: name, computeEnvironmentArn: arn };
    },

    DescribeComputeEnvironments(
      input: Input<DescribeComputeEnvironmentsCommandInput>,
    ): Output<DescribeComputeEnvironmentsCommandOutput> {
      const wanted = store.computeEnvironments
        .values()
        .filter(({ computeEnvironmentName, computeEnvironmentArn }) =>
          isWanted(input.computeEnvironments, [computeEnvironmentName, computeEnvironmentArn]),
        );
      const { page, nextToken } = paginate(wanted, input.maxResults ?? batchPageSize, input.nextToken);
      return { computeEnvironments: page, nextToken };
    },

    CreateJobQueue(input: Input<CreateJobQueueCommandInput>): Output<CreateJobQueueCommandOutput> {
      const name = input.jobQueueName;
      requireName(name);
      if (store.queues.get(name) !== undefined) throw clientError('Object already exists');
      const order = input.computeEnvironmentOrder ?? [];
      if (order.length === 0) throw clientError('computeEnvironmentOrder must name a compute environment.');
      for (const { computeEnvironment } of order) {
        const known = store.computeEnvironments
          .values()
          .some((one) =>
            [one.computeEnvironmentName, one.computeEnvironmentArn].includes(computeEnvironment),
          );
        if (!known) throw clientError(`Compute environment ${computeEnvironment} does not exist.`);
      }
      const arn = arnOf(`job-queue/${name}`);
      store.queues.put(name, {
        jobQueueName: name,
        jobQueueArn: arn,
        state: input.state ?? 'ENABLED',
        status: 'VALID',
        statusReason: 'JobQueue Healthy',
        priority: input.priority,
        computeEnvironmentOrder: order,
        tags: input.tags ?? {},
      });
      return { jobQueueName: name, jobQueueArn: arn };
    },

    DescribeJobQueues(input: Input<DescribeJobQueuesCommandInput>): Output<DescribeJobQueuesCommandOutput> {
      const wanted = store.queues
        .values()
        .filter(({ jobQueueName, jobQueueArn }) => isWanted(input.jobQueues, [jobQueueName, jobQueueArn]));
      const { page, nextToken } = paginate(wanted, input.maxResults ?? batchPageSize, input.nextToken);
      return { jobQueues: page, nextToken };
    },
  };
}

/** @throws ServiceError `ClientException` for a timeout shorter than Batch allows */
export function requireTimeout(seconds: number | undefined, minimumSeconds: number): void {
  if (seconds !== undefined && seconds < minimumSeconds) {
    throw clientError(`timeout.attemptDurationSeconds is ${seconds}; the minimum is ${minimumSeconds}.`);
  }
}

function isWanted(wanted: string[] | undefined, names: string[]): boolean {
  return wanted === undefined || wanted.length === 0 || wanted.some((name) => names.includes(name));
}

function describeDefinition(definition: JobDefinitionRecord) {
  return {
    jobDefinitionName: definition.name,
    jobDefinitionArn: definition.arn,
    revision: definition.revision,
    status: 'ACTIVE',
    type: 'container',
    parameters: definition.parameters,
    retryStrategy: { attempts: definition.attempts, evaluateOnExit: definition.evaluateOnExit },
    containerProperties: definition.container,
    timeout:
      definition.timeoutSeconds === undefined
        ? undefined
        : { attemptDurationSeconds: definition.timeoutSeconds },
    tags: definition.tags,
  };
}
