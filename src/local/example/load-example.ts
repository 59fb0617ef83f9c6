import {
  type BatchClient,
  CreateComputeEnvironmentCommand,
  CreateJobQueueCommand,
  DescribeJobDefinitionsCommand,
  DescribeJobQueuesCommand,
  RegisterJobDefinitionCommand,
} from '@aws-sdk/client-batch';
import { CreateBucketCommand, ListBucketsCommand, type S3Client } from '@aws-sdk/client-s3';
import { CreateTopicCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { LexModelsV2Client } from '@aws-sdk/client-lex-models-v2';
import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { PipelineConfiguration } from '../../domain/pipeline';
import type { ObjectStore } from '../../platform/storage/object-store';
import { parseS3Uri } from '../../platform/storage/uri';
import { createExampleBot } from './create-example-bot';

export interface ExampleOptions {
  /** `examples/cafe` */
  folder: string;
  configuration: PipelineConfiguration;
  store: ObjectStore;
  s3: S3Client;
  sns: SNSClient;
  batch: BatchClient;
  lexModels: LexModelsV2Client;
  /** Name of the image that the job definition runs. */
  image: string;
  report: (line: string) => void;
}

/**
 * Puts the example where its pipeline file expects it: bucket, logs, golden set, topic, job queue and the live bot.
 * What is there already is left as it is.
 */
export async function loadExample(options: ExampleOptions): Promise<void> {
  const { configuration, folder, store } = options;
  await ensureBucket(options.s3, parseS3Uri(configuration.store.uri).bucket);
  const logs = await uploadFolder(store, join(folder, 'logs'), configuration.logs.uri);
  if (!(await store.exists(configuration.dataset.goldenSetUri))) {
    await store.upload(join(folder, 'golden.csv'), configuration.dataset.goldenSetUri);
  }
  if (logs > 0) options.report(`example: ${logs} log objects in ${configuration.logs.uri}`);
  const topic = configuration.notify.topicArn.split(':').at(-1) ?? '';
  const attributes = topic.endsWith('.fifo') ? { FifoTopic: 'true' } : undefined;
  await options.sns.send(new CreateTopicCommand({ Name: topic, Attributes: attributes }));
  await ensureBatch(options);
  await createExampleBot(options.lexModels, {
    folder: join(folder, 'bot'),
    botName: configuration.target.bot,
    aliasName: configuration.target.alias,
    localeId: configuration.target.localeId,
    report: options.report,
  });
}

/** The logs of the days after the first cycle's, as they would have arrived meanwhile. */
export async function loadLaterLogs(
  options: Pick<ExampleOptions, 'folder' | 'configuration' | 'store' | 'report'>,
): Promise<void> {
  const added = await uploadFolder(
    options.store,
    join(options.folder, 'logs-later'),
    options.configuration.logs.uri,
  );
  if (added > 0)
    options.report(`example: ${added} log objects of the days after the first cycle have arrived`);
}

async function ensureBucket(s3: S3Client, bucket: string): Promise<void> {
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  if (!Buckets.some((one) => one.Name === bucket)) await s3.send(new CreateBucketCommand({ Bucket: bucket }));
}

/** Uploads the files that are not there yet. */
async function uploadFolder(store: ObjectStore, folder: string, prefixUri: string): Promise<number> {
  const present = new Set<string>();
  for await (const object of store.list(prefixUri)) present.add(object.uri);
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const missing = entries
    .filter((entry) => entry.isFile() && entry.name !== 'expected.json')
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, uri: `${prefixUri}${relative(folder, path).split(sep).join('/')}` }))
    .filter(({ uri }) => !present.has(uri));
  const queue = [...missing];
  const uploaders = Array.from({ length: 8 }, async () => {
    for (let next = queue.shift(); next; next = queue.shift()) await store.upload(next.path, next.uri);
  });
  await Promise.all(uploaders);
  return missing.length;
}

async function ensureBatch({ batch, configuration, image }: ExampleOptions): Promise<void> {
  const names = configuration.engines.batch;
  if (!names) return;
  const { jobQueues = [] } = await batch.send(new DescribeJobQueuesCommand({ jobQueues: [names.jobQueue] }));
  if (jobQueues.length === 0) {
    const environment = await batch.send(
      new CreateComputeEnvironmentCommand({
        computeEnvironmentName: names.jobQueue,
        type: 'MANAGED',
        state: 'ENABLED',
      }),
    );
    await batch.send(
      new CreateJobQueueCommand({
        jobQueueName: names.jobQueue,
        priority: 1,
        state: 'ENABLED',
        computeEnvironmentOrder: [{ order: 1, computeEnvironment: environment.computeEnvironmentArn }],
      }),
    );
  }
  const { jobDefinitions = [] } = await batch.send(
    new DescribeJobDefinitionsCommand({ jobDefinitionName: names.jobDefinition, status: 'ACTIVE' }),
  );
  if (jobDefinitions.length === 0) {
    await batch.send(
      new RegisterJobDefinitionCommand({
        jobDefinitionName: names.jobDefinition,
        type: 'container',
        containerProperties: {
          image,
          resourceRequirements: [
            { type: 'VCPU', value: '1' },
            { type: 'MEMORY', value: '2048' },
          ],
        },
      }),
    );
  }
}
