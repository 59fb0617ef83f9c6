import { setTimeout as delay } from 'node:timers/promises';
import {
  DeleteBotAliasCommand,
  DescribeBotLocaleCommand,
  ListBotAliasesCommand,
  ListBotVersionsCommand,
} from '@aws-sdk/client-lex-models-v2';
import { CancelledFailure, defaultPayloadConverter } from '@temporalio/common';
import type { BotReference, BotDraft } from '../../../src/activities/targets/lex';
import type { ImportedArchive } from '../../../src/activities/targets/lex/import-archive';
import type { Artifact } from '../../../src/domain/artifact';
import { createEmbedder } from '../../../src/jobs/discover/embedders';
import { suggestWithModel } from '../../../src/jobs/discover/naming';
import { archiveDownload, archiveUpload } from '../../../src/local/aws/faults/protocols';
import { DataKeys, type DataKeyLimits } from '../../../src/platform/encryption/data-keys';
import { KmsSource } from '../../../src/platform/encryption/kms-source';
import { EncryptionCodec } from '../../../src/platform/encryption/payload-codec';
import { encryptionContext } from '../../../src/platform/encryption/settings';
import type { ActivityGroup } from '../../../src/workflows/activity-options';
import { target } from '../targets/lex/lex-fixture';
import {
  type Activities,
  type AttemptEnd,
  type AttemptOptions,
  type FaultWorld,
  namedFailure,
} from './fault-world';

export type ServiceName =
  'Lex models' | 'Lex runtime' | 'CloudWatch' | 'Batch' | 'S3' | 'SNS' | 'KMS' | 'Bedrock';

/** What calls AWS: an activity, or what stands between the worker and Temporal. */
export type Caller =
  { activity: keyof Activities; group: ActivityGroup } | { codec: 'encrypts' | 'decrypts' };

/** One operation of AWS, in what calls it. */
export interface Scenario {
  service: ServiceName;
  operation: string;
  caller: Caller;
  /** Makes input for one attempt, and gives what runs it. */
  prepare(): Promise<(options: AttemptOptions) => Promise<AttemptEnd>>;
}

export const packageOf: Record<ServiceName, string> = {
  'Lex models': '@aws-sdk/client-lex-models-v2',
  'Lex runtime': '@aws-sdk/client-lex-runtime-v2',
  Batch: '@aws-sdk/client-batch',
  S3: '@aws-sdk/client-s3',
  SNS: '@aws-sdk/client-sns',
  CloudWatch: '@aws-sdk/client-cloudwatch',
  KMS: '@aws-sdk/client-kms',
  Bedrock: '@aws-sdk/client-bedrock-runtime',
};

/** What the scenarios work on: a bot whose DRAFT can be read, imported and built. */
export interface Furniture {
  bot: BotReference;
  draft: BotDraft;
  items: Artifact;
  /** Input of `restoreAlias` that finds something to restore. */
  changedAlias: () => Promise<Parameters<Activities['restoreAlias']>[0]>;
}

/** Sets something up; what an earlier scenario left unfinished may be in the way for a moment. */
async function done<T>(attempt: () => Promise<AttemptEnd>): Promise<T> {
  let end: AttemptEnd;
  for (let tries = 0; tries < 50; tries++) {
    end = await attempt();
    if (end.kind === 'done') return end.result as T;
    if (namedFailure(end)?.type !== 'ConflictError') break;
    await delay(100);
  }
  throw new Error(`The scenarios cannot be set up: ${JSON.stringify(end!)}`);
}

export async function furnish(world: FaultWorld): Promise<Furniture> {
  const bot = await done<BotReference>(() => world.attempt('resolveBot', { target }));
  const draft = await done<BotDraft>(() =>
    world.attempt('readBotDraft', { bot, outputUri: world.uri('draft/') }),
  );
  const line = JSON.stringify({ id: 'i-1', text: 'hola', expected: 'Saludar', source: 'golden' });
  const about = { rows: 1, schemaVersion: 1 };
  const items = await world.store.putArtifact(world.uri('items.jsonl'), `${line}\n`, about);
  await world.store.write(world.s3Uri('faults/ledger.jsonl'), `${ledgerLine}\n`);
  let changes = 0;
  const changedAlias = async () => {
    const snapshotUri = world.uri(`aliases/${++changes}/alias.json`);
    await done(() => world.attempt('saveAlias', { bot, version: 'none', snapshotUri }));
    const saved = JSON.parse(await world.store.readText(snapshotUri)) as object;
    // An alias that is as it was saved is left alone.
    const changed = JSON.stringify({ ...saved, description: `as in ${snapshotUri}` });
    return { bot, snapshot: await world.store.putArtifact(snapshotUri, changed, about) };
  };
  return { bot, draft, items, changedAlias };
}

const ledgerLine = JSON.stringify({ uri: 's3://logs/1.json', etag: 'e', bytes: 100 });

/** Every operation that the worker calls, in one of the places that call it. */
export function scenarios(world: FaultWorld, { bot, draft, items, changedAlias }: Furniture): Scenario[] {
  let run = 0;
  const folder = () => world.uri(`runs/${++run}/`);

  const models = <Name extends keyof Activities>(
    operations: string[],
    activity: Name,
    input: () => Promise<Parameters<Activities[Name]>[0]>,
  ): Scenario[] =>
    operations.map((operation) => ({
      service: 'Lex models',
      operation,
      caller: { activity, group: 'lex' },
      prepare: async () => {
        await settled(world, bot);
        const given = await input();
        return (options) => world.attempt(activity, given, options);
      },
    }));

  const runtime = (operation: string): Scenario => ({
    service: 'Lex runtime',
    operation,
    caller: { activity: 'askModel', group: 'modelQuestions' },
    prepare: () => {
      const place = { bot, aliasId: bot.aliasId, items, model: 'champion' as const };
      const input = { ...place, concurrency: 1, outputUri: folder() };
      return Promise.resolve((options) => world.attempt('askModel', input, options));
    },
  });

  const batch = (operation: string): Scenario => ({
    service: 'Batch',
    operation,
    caller: { activity: 'prepareUtterances', group: 'jobs' },
    prepare: () => {
      const job = batchJob(++run, folder());
      // A job is told to stop only when its activity is cancelled.
      const cancelOnHeartbeat = operation === 'TerminateJob';
      return Promise.resolve((options) =>
        world.attempt('prepareUtterances', job, { ...options, cancelOnHeartbeat }),
      );
    },
  });

  /** What a job is begun with; it would never end, so that an attempt which comes to follow it has done its part. */
  const beginningJob = (operation: string): Scenario => ({
    ...batch(operation),
    service: 'S3',
    prepare: () => {
      const job = batchJob(++run, world.s3Uri(`faults/job-${run}/`));
      return Promise.resolve(async (options) => {
        const end = await world.attempt('prepareUtterances', job, { ...options, cancelOnHeartbeat: true });
        return end.kind === 'failed' && end.failure instanceof CancelledFailure
          ? { kind: 'done', result: undefined }
          : end;
      });
    },
  });

  /** A job that an earlier attempt brought to its end: what it left is looked for. */
  const earlierJob = (operation: string): Scenario => ({
    ...batch(operation),
    service: 'S3',
    prepare: async () => {
      const job = batchJob(++run, world.s3Uri(`faults/job-${run}/`), 'ciclo-done');
      await world.attempt('prepareUtterances', job);
      return (options) => world.attempt('prepareUtterances', job, options);
    },
  });

  const ingest = (operation: string): Scenario => ({
    service: 'S3',
    operation,
    caller: { activity: 'listNewLogs', group: 'quick' },
    prepare: () => {
      const uri = (path: string) => world.s3Uri(`faults/${path}`);
      const input = { logsUri: uri('logs/'), ledgerUri: uri('ledger.jsonl'), cycleUri: uri('cycle/') };
      return Promise.resolve((options) => world.attempt('listNewLogs', input, options));
    },
  });

  const notify = (): Scenario => ({
    service: 'SNS',
    operation: 'Publish',
    caller: { activity: 'notify', group: 'quick' },
    prepare: () => {
      const input = notification(world.topicArn, world.s3Uri(`faults/notify/${++run}/`));
      return Promise.resolve((options) => world.attempt('notify', input, options));
    },
  });

  const metrics = (): Scenario => ({
    service: 'CloudWatch',
    operation: 'GetMetricData',
    caller: { activity: 'readBaseline', group: 'traffic' },
    prepare: () => {
      const switchedAt = new Date().toISOString();
      const input = { bot, championVersion: 'none', switchedAt, days: 1 };
      return Promise.resolve((options) => world.attempt('readBaseline', input, options));
    },
  });

  const codec = (limits?: Partial<DataKeyLimits>) => {
    const writing = new KmsSource(world.clients.kms, world.keyArn);
    const context = encryptionContext('default');
    return new EncryptionCodec(new DataKeys({ writing, reading: [], context, limits }));
  };
  const payload = defaultPayloadConverter.toPayload('hola');

  /** A worker starts with a data key; here it is for one payload, so that the next one needs another. */
  const encryption = (): Scenario => ({
    service: 'KMS',
    operation: 'GenerateDataKey',
    caller: { codec: 'encrypts' },
    prepare: async () => {
      const worker = codec({ mostUses: 1 });
      await worker.encode([payload]);
      return (options) => world.attemptOutside(() => worker.encode([payload]), options);
    },
  });

  /** A payload that another worker or a client encrypted. */
  const decryption = (): Scenario => ({
    service: 'KMS',
    operation: 'Decrypt',
    caller: { codec: 'decrypts' },
    prepare: async () => {
      const encrypted = await codec().encode([payload]);
      return (options) => world.attemptOutside(() => codec().decode(encrypted), options);
    },
  });

  /** A job's failure becomes that of the activity which follows it; here its steps are called without a process. */
  const discoverJob: Caller = { activity: 'discoverCategories', group: 'jobs' };
  /** Repeats what may heal at once. */
  const pauses = { firstDelayMs: 1, longestDelayMs: 1, wait: (delayMs: number) => delay(delayMs) };

  const embedding = (): Scenario => ({
    service: 'Bedrock',
    operation: 'InvokeModel',
    caller: discoverJob,
    prepare: () => {
      const { bedrock } = world.clients;
      const embedder = createEmbedder('bedrock:amazon.titan-embed-text-v2:0', 1, { bedrock, pauses });
      return Promise.resolve((options) => world.attemptOutside(() => embedder.embed(['hola']), options));
    },
  });

  const naming = (): Scenario => ({
    service: 'Bedrock',
    operation: 'Converse',
    caller: discoverJob,
    prepare: () => {
      const settings = {
        engine: 'bedrock',
        modelId: 'amazon.nova-lite-v1:0',
        usdPerMillionInputTokens: 1,
        usdPerMillionOutputTokens: 1,
        budgetUsd: 1,
      } as const;
      const proposals = [{ id: 'p-1', terms: ['wifi'], representatives: ['hay wifi'] }];
      const style = { language: 'es', intents: [] };
      const name = () =>
        suggestWithModel(proposals, style, settings, { client: world.clients.bedrock, pauses });
      return Promise.resolve((options) => world.attemptOutside(name, options));
    },
  });

  return [
    ...models(['ListBots', 'ListBotAliases', 'DescribeBotAlias', 'ListBotLocales'], 'resolveBot', () =>
      Promise.resolve({ target }),
    ),
    ...models(['DescribeBot'], 'resolveBot', () =>
      Promise.resolve({ target: { ...target, bot: bot.botId } }),
    ),
    ...models(['CreateExport', 'DescribeExport', archiveDownload], 'readBotDraft', () =>
      Promise.resolve({ bot, outputUri: folder() }),
    ),
    ...models(
      ['CreateUploadUrl', archiveUpload, 'StartImport', 'DescribeImport', 'ListIntents'],
      'importBotArchive',
      () => Promise.resolve({ bot, archive: draft.archive, runName: `run ${++run}` }),
    ),
    ...models(['DescribeBotLocale', 'BuildBotLocale'], 'buildBotLocale', async () => ({
      bot,
      runName: `run ${++run}`,
      imported: await importedNow(world, bot),
    })),
    ...models(['ListBotVersions', 'CreateBotVersion'], 'createBotVersion', () =>
      Promise.resolve({ bot, description: `run ${++run}` }),
    ),
    ...models(['DescribeBotVersion'], 'createBotVersion', async () => {
      const input = { bot, description: 'made before' };
      await done(() => world.attempt('createBotVersion', input));
      return input;
    }),
    ...models(['CreateBotAlias'], 'pointEvaluationAliases', async () => {
      await deleteEvaluationAliases(world, bot);
      return { bot, championVersion: '1', challengerVersion: '1' };
    }),
    ...models(['UpdateBotAlias'], 'restoreAlias', changedAlias),
    runtime('RecognizeText'),
    runtime('DeleteSession'),
    metrics(),
    batch('ListJobs'),
    batch('SubmitJob'),
    batch('DescribeJobs'),
    batch('TerminateJob'),
    ingest('ListObjectsV2'),
    ingest('GetObject'),
    ingest('PutObject'),
    earlierJob('HeadObject'),
    beginningJob('DeleteObject'),
    notify(),
    embedding(),
    naming(),
    encryption(),
    decryption(),
  ];
}

/** An effect whose answer was lost may still be under way: Lex would refuse the next call for it. */
async function settled(world: FaultWorld, { botId, localeId }: BotReference): Promise<void> {
  const { lexModels } = world.clients;
  for (let tries = 0; tries < 500; tries++) {
    const draft = await lexModels.send(
      new DescribeBotLocaleCommand({ botId, botVersion: 'DRAFT', localeId }),
    );
    const { botVersionSummaries } = await lexModels.send(new ListBotVersionsCommand({ botId }));
    const { botAliasSummaries } = await lexModels.send(new ListBotAliasesCommand({ botId }));
    const statuses = [
      draft.botLocaleStatus,
      ...botVersionSummaries!.map(({ botStatus }) => botStatus),
      ...botAliasSummaries!.map(({ botAliasStatus }) => botAliasStatus),
    ];
    if (!statuses.some((status) => /ing$/.test(status!))) return;
    await delay(20);
  }
  throw new Error('The bot does not come to rest.');
}

/** DRAFT as an import would have left it. */
export async function importedNow(
  world: FaultWorld,
  bot: BotReference,
): Promise<Pick<ImportedArchive, 'builtBeforeMs' | 'folderUri'>> {
  const { lastBuildSubmittedDateTime } = await world.clients.lexModels.send(
    new DescribeBotLocaleCommand({ botId: bot.botId, botVersion: 'DRAFT', localeId: bot.localeId }),
  );
  return { builtBeforeMs: lastBuildSubmittedDateTime?.getTime() ?? 0, folderUri: world.uri('imported/') };
}

export function batchJob(
  cycle: number,
  cycleUri: string,
  jobDefinition = 'ciclo-jobs',
): Parameters<Activities['prepareUtterances']>[0] {
  return {
    pipeline: 'faults',
    cycle,
    cycleUri,
    engine: 'batch',
    batch: { jobQueue: 'ciclo', jobDefinition },
    objectsUri: `${cycleUri}objects.jsonl`,
    carriedOverUri: null,
    parameters: { localeId: 'es_ES', lowConfidence: 0.6 },
  };
}

export function notification(topicArn: string, cycleUri: string): Parameters<Activities['notify']>[0] {
  return {
    kind: 'failed',
    pipeline: 'faults',
    cycle: 1,
    language: 'es',
    topicArn,
    cycleUri,
    stage: 'train',
    message: 'La prueba falla.',
  };
}

/** Deletes the aliases that the evaluation makes, and waits until they are gone. */
export async function deleteEvaluationAliases(world: FaultWorld, { botId }: BotReference): Promise<void> {
  const { lexModels } = world.clients;
  for (;;) {
    const { botAliasSummaries = [] } = await lexModels.send(new ListBotAliasesCommand({ botId }));
    const left = botAliasSummaries.filter((alias) => alias.botAliasName?.startsWith('ciclo-'));
    if (left.length === 0) return;
    for (const { botAliasId, botAliasStatus } of left) {
      if (botAliasStatus !== 'Available') continue;
      await lexModels.send(new DeleteBotAliasCommand({ botId, botAliasId, skipResourceInUseCheck: true }));
    }
    await delay(10);
  }
}
