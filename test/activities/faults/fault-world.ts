import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import {
  CreateComputeEnvironmentCommand,
  CreateJobQueueCommand,
  ListJobsCommand,
  RegisterJobDefinitionCommand,
  TerminateJobCommand,
} from '@aws-sdk/client-batch';
import { CreateKeyCommand } from '@aws-sdk/client-kms';
import { CreateTopicCommand } from '@aws-sdk/client-sns';
import { type ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { createActivities } from '../../../src/activities';
import type { ActivityDependencies } from '../../../src/activities/dependencies';
import { toFailure } from '../../../src/activities/failures';
import { createLexActivities } from '../../../src/activities/targets/lex';
import { FaultPlan } from '../../../src/local/aws/faults/fault-plan';
import { startS3FaultProxy } from '../../../src/local/aws/faults/s3-proxy';
import { type JournalEntry, readJournal } from '../../../src/local/aws/journal';
import { type LocalServer } from '../../../src/local/aws/server';
import { type PublishedMessage, readPublishedMessages } from '../../../src/local/aws/sns/service';
import { type LocalAws, startLocalAws } from '../../../src/local/aws/start';
import { createExampleBot } from '../../../src/local/example/create-example-bot';
import {
  clientTimeouts,
  createBatchClient,
  createBedrockClient,
  createCloudWatchClient,
  createKmsClient,
  createLexModelsClient,
  createLexRuntimeClient,
  createS3Client,
  createSnsClient,
} from '../../../src/platform/aws/clients';
import { createEngine } from '../../../src/platform/engines';
import { openObjectStore, type ObjectStore } from '../../../src/platform/storage/object-store';
import { cafeFolder } from '../../domain/bot-archive/folder';
import { startTestS3, testBucket, type TestS3 } from '../../support/s3';
import { configuration } from '../../workflows/mock-activities';
import { activityEnvironment, target } from '../targets/lex/lex-fixture';

export type Activities = ReturnType<typeof createActivities>;
type ActivityName = keyof Activities;

/** How one attempt of an activity ended. */
export type AttemptEnd =
  { kind: 'done'; result: unknown } | { kind: 'failed'; failure: unknown } | { kind: 'still-trying' };

export interface AttemptOptions {
  /** With the heartbeat of the attempt before. */
  resume?: boolean;
  /** Cancels the activity once it says that it runs. */
  cancelOnHeartbeat?: boolean;
  /** The clients wait less for an answer. */
  impatientClients?: boolean;
}

/** Longer than everything that ends by itself here. */
const patienceMs = 10_000;
/** Silence after which the clients give up while an answer is slow. */
const shortTimeoutMs = 300;
const region = 'eu-west-1';

/**
 * The activities with the worker's own AWS clients, against the stand-in and a real S3 server, both of which can be
 * told to let calls go wrong.
 */
export class FaultWorld {
  readonly faults: FaultPlan;
  readonly activities: Activities;
  topicArn = '';
  fifoTopicArn = '';
  keyArn = '';
  /** What the last attempt told in its heartbeats. */
  private heartbeat: unknown;

  private constructor(
    readonly clients: ReturnType<typeof createClients>,
    readonly store: ObjectStore,
    private readonly folder: string,
    faults: FaultPlan,
    private readonly aws: LocalAws,
    private readonly s3: TestS3,
    private readonly s3Proxy: LocalServer,
    private readonly formerEnvironment: NodeJS.ProcessEnv,
  ) {
    this.faults = faults;
    const dependencies: ActivityDependencies = {
      store,
      ...clients,
      // Each pipeline has a folder of its own in S3.
      loadPipeline: (name) =>
        Promise.resolve({ ...configuration, name, store: { uri: this.pipelineUri(name) } }),
      codeVersion: 'test',
      workerEngine: createEngine('worker', { store }),
      batchEngine: (batch) =>
        createEngine('batch', { store, client: clients.batch, pollMs: { first: 20, longest: 50 }, ...batch }),
    };
    this.activities = {
      ...createActivities(dependencies),
      ...createLexActivities({
        ...dependencies,
        polling: { firstDelayMs: 10, factor: 1.5, longestDelayMs: 50 },
        transferTimeoutMs: shortTimeoutMs,
      }),
    };
  }

  static async start(): Promise<FaultWorld> {
    const folder = await mkdtemp(join(tmpdir(), 'ciclo-faults-'));
    const faults = new FaultPlan();
    const aws = await startLocalAws({
      stateDirectory: join(folder, 'aws'),
      faults,
      // A job that only an end from outside ends.
      images: {
        'ciclo-jobs': [process.execPath, '-e', 'setInterval(() => {}, 1000)'],
        'ciclo-done': [process.execPath, '-e', ''],
      },
      killGraceMs: 500,
      latency: {
        importMs: 20,
        buildMs: 20,
        versionMs: 20,
        aliasMs: 10,
        exportMs: 10,
        changeMs: 10,
        recognizeMs: 1,
      },
    });
    const s3 = await startTestS3();
    const s3Proxy = await startS3FaultProxy(s3.access.endpoint, faults);
    const former = { ...process.env };
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: aws.endpoint,
      AWS_ENDPOINT_URL_S3: s3Proxy.endpoint,
      AWS_ACCESS_KEY_ID: s3.access.accessKeyId,
      AWS_SECRET_ACCESS_KEY: s3.access.secretAccessKey,
      AWS_REGION: region,
    });
    const clients = createClients();
    const store = openObjectStore({ s3: clients.s3 });
    const world = new FaultWorld(clients, store, folder, faults, aws, s3, s3Proxy, former);
    await world.furnish();
    return world;
  }

  /** A URI in the file system, where nothing goes wrong. */
  uri(path: string): string {
    return pathToFileURL(join(this.folder, 'store', path)).href;
  }

  /** What the stand-in was asked to change and agreed to, oldest first. */
  changes(operation: string): JournalEntry[] {
    return readJournal(join(this.folder, 'aws')).filter(
      (entry) => entry.operation === operation && entry.status < 300,
    );
  }

  /** What subscribers got, oldest first. */
  messages(): PublishedMessage[] {
    return readPublishedMessages(join(this.folder, 'aws'));
  }

  /** Where a pipeline keeps its things. */
  pipelineUri(name: string): string {
    return this.s3Uri(`pipelines/${name}/`);
  }

  /** A URI in S3. */
  s3Uri(path: string): string {
    return `s3://${testBucket}/${path}`;
  }

  /**
   * Runs one attempt of an activity; one that lasts too long is cancelled.
   */
  async attempt<Name extends ActivityName>(
    name: Name,
    input: Parameters<Activities[Name]>[0],
    options: AttemptOptions = {},
  ): Promise<AttemptEnd> {
    const environment = activityEnvironment(
      options.resume ? { attempt: 2, heartbeatDetails: this.heartbeat } : { attempt: 1 },
    );
    if (!options.resume) this.heartbeat = undefined;
    environment.on('heartbeat', (details: unknown) => {
      this.heartbeat = details;
      if (options.cancelOnHeartbeat) environment.cancel();
    });
    const activity = this.activities[name] as unknown as (given: unknown) => Promise<unknown>;
    const run = () => environment.run(activity, input);
    return this.watch(run, () => environment.cancel(), options);
  }

  /** Does something that is no activity, and waits for its end, as long as that takes. */
  async attemptOutside(action: () => Promise<unknown>, options: AttemptOptions = {}): Promise<AttemptEnd> {
    return this.watch(action, () => undefined, options);
  }

  private async watch(
    run: () => Promise<unknown>,
    cancel: () => void,
    { impatientClients = false }: AttemptOptions,
  ): Promise<AttemptEnd> {
    if (impatientClients) this.setSocketTimeouts(shortTimeoutMs);
    const ended = run().then(
      (result): AttemptEnd => ({ kind: 'done', result }),
      (error: unknown): AttemptEnd => ({ kind: 'failed', failure: toFailure(error, 1) }),
    );
    const stillTrying = new AbortController();
    const end = await Promise.race([
      ended,
      delay(patienceMs, { kind: 'still-trying' } as const, { signal: stillTrying.signal }).catch(() => ended),
    ]);
    stillTrying.abort();
    if (end.kind === 'still-trying') {
      cancel();
      await ended;
    }
    if (impatientClients) this.setSocketTimeouts(clientTimeouts.silenceMs);
    return end;
  }

  /** Ends what a scenario may have left running on Batch. */
  async endJobs(): Promise<void> {
    const { batch } = this.clients;
    const { jobSummaryList = [] } = await batch.send(
      new ListJobsCommand({ jobQueue: 'ciclo', filters: [{ name: 'JOB_NAME', values: ['*'] }] }),
    );
    for (const { jobId, status } of jobSummaryList) {
      if (status === 'SUCCEEDED' || status === 'FAILED') continue;
      await batch.send(new TerminateJobCommand({ jobId, reason: 'The test is over.' }));
    }
  }

  async stop(): Promise<void> {
    for (const client of Object.values(this.clients)) client.destroy();
    await this.aws.stop();
    await this.s3Proxy.close();
    await this.s3.stop();
    for (const name of Object.keys(process.env)) delete process.env[name];
    Object.assign(process.env, this.formerEnvironment);
    await rm(this.folder, { recursive: true, force: true });
  }

  /** The café's bot, a job queue, topics and a key. */
  private async furnish(): Promise<void> {
    const { lexModels, batch, sns, kms } = this.clients;
    await createExampleBot(lexModels, {
      folder: cafeFolder,
      botName: target.bot,
      aliasName: target.alias,
      localeId: target.localeId,
      report: () => undefined,
    });
    await batch.send(
      new CreateComputeEnvironmentCommand({
        computeEnvironmentName: 'ciclo',
        type: 'MANAGED',
        state: 'ENABLED',
      }),
    );
    await batch.send(
      new CreateJobQueueCommand({
        jobQueueName: 'ciclo',
        priority: 1,
        computeEnvironmentOrder: [{ order: 1, computeEnvironment: 'ciclo' }],
      }),
    );
    for (const image of ['ciclo-jobs', 'ciclo-done']) {
      await batch.send(
        new RegisterJobDefinitionCommand({
          jobDefinitionName: image,
          type: 'container',
          containerProperties: { image },
        }),
      );
    }
    const topic = await sns.send(new CreateTopicCommand({ Name: 'ciclo' }));
    this.topicArn = topic.TopicArn!;
    const fifo = { Name: 'ciclo.fifo', Attributes: { FifoTopic: 'true' } };
    this.fifoTopicArn = (await sns.send(new CreateTopicCommand(fifo))).TopicArn!;
    this.keyArn = (await kms.send(new CreateKeyCommand({}))).KeyMetadata!.Arn!;
  }

  private setSocketTimeouts(timeoutMs: number): void {
    for (const client of Object.values(this.clients)) {
      const handler = client.config.requestHandler as {
        updateHttpClientConfig(key: string, value: number): void;
      };
      handler.updateHttpClientConfig('socketTimeout', timeoutMs);
    }
  }
}

function createClients() {
  return {
    s3: createS3Client(),
    lexModels: createLexModelsClient(),
    lexRuntime: createLexRuntimeClient(),
    sns: createSnsClient(),
    batch: createBatchClient(),
    bedrock: createBedrockClient(),
    cloudWatch: createCloudWatchClient(),
    kms: createKmsClient(region),
  };
}

/** The failure, where the attempt ended with one of Ciclo's own. */
export function namedFailure(end: AttemptEnd): ApplicationFailure | null {
  if (end.kind !== 'failed' || end.failure instanceof CancelledFailure) return null;
  return end.failure as ApplicationFailure;
}
