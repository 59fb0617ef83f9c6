import { setTimeout as delay } from 'node:timers/promises';
import {
  DeleteBotAliasCommand,
  DescribeBotLocaleCommand,
  ListBotAliasesCommand,
} from '@aws-sdk/client-lex-models-v2';
import type { BotReference, BotDraft } from '../../../src/activities/targets/lex';
import type { ImportedArchive } from '../../../src/activities/targets/lex/import-archive';
import type { Artifact } from '../../../src/domain/artifact';
import { archiveDownload, archiveUpload } from '../../../src/local/aws/faults/protocols';
import type { ActivityGroup } from '../../../src/workflows/activity-options';
import { target } from '../targets/lex/lex-fixture';
import type { Activities, AttemptEnd, AttemptOptions, FaultWorld } from './fault-world';

export type ServiceName = 'Lex models' | 'Lex runtime' | 'Batch' | 'S3' | 'SNS';

/** One operation of AWS, in the activity that calls it. */
export interface Scenario {
  service: ServiceName;
  operation: string;
  activity: keyof Activities;
  group: ActivityGroup;
  /** Makes input for one attempt, and gives what runs it. */
  prepare(): Promise<(options: AttemptOptions) => Promise<AttemptEnd>>;
}

export const packageOf: Record<ServiceName, string> = {
  'Lex models': '@aws-sdk/client-lex-models-v2',
  'Lex runtime': '@aws-sdk/client-lex-runtime-v2',
  Batch: '@aws-sdk/client-batch',
  S3: '@aws-sdk/client-s3',
  SNS: '@aws-sdk/client-sns',
};

/** What the scenarios work on: a bot whose DRAFT can be read, imported and built. */
export interface Furniture {
  bot: BotReference;
  draft: BotDraft;
  items: Artifact;
}

async function done<T>(attempt: Promise<AttemptEnd>): Promise<T> {
  const end = await attempt;
  if (end.kind !== 'done') throw new Error(`The scenarios cannot be set up: ${JSON.stringify(end)}`);
  return end.result as T;
}

export async function furnish(world: FaultWorld): Promise<Furniture> {
  const bot = await done<BotReference>(world.attempt('resolveBot', { target }));
  const draft = await done<BotDraft>(world.attempt('readBotDraft', { bot, outputUri: world.uri('draft/') }));
  const line = JSON.stringify({ id: 'i-1', text: 'hola', expected: 'Saludar', source: 'golden' });
  const about = { rows: 1, schemaVersion: 1 };
  const items = await world.store.putArtifact(world.uri('items.jsonl'), `${line}\n`, about);
  await world.store.write(world.s3Uri('faults/ledger.jsonl'), `${ledgerLine}\n`);
  return { bot, draft, items };
}

const ledgerLine = JSON.stringify({ uri: 's3://logs/1.json', etag: 'e', bytes: 100 });

/** Every operation that the worker calls. */
export function scenarios(world: FaultWorld, { bot, draft, items }: Furniture): Scenario[] {
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
      activity,
      group: 'lex',
      prepare: async () => {
        const given = await input();
        return (options) => world.attempt(activity, given, options);
      },
    }));

  const runtime = (operation: string): Scenario => ({
    service: 'Lex runtime',
    operation,
    activity: 'askModel',
    group: 'modelQuestions',
    prepare: () => {
      const place = { bot, aliasId: bot.aliasId, items, model: 'champion' as const };
      const input = { ...place, concurrency: 1, outputUri: folder() };
      return Promise.resolve((options) => world.attempt('askModel', input, options));
    },
  });

  const batch = (operation: string, service: ServiceName = 'Batch'): Scenario => ({
    service,
    operation,
    activity: 'prepareUtterances',
    group: 'jobs',
    prepare: () => {
      const cycleUri = service === 'S3' ? world.s3Uri(`faults/job-${++run}/`) : folder();
      // A job is told to stop only when its activity is cancelled.
      const cancelOnHeartbeat = operation === 'TerminateJob';
      return Promise.resolve((options) =>
        world.attempt('prepareUtterances', batchJob(++run, cycleUri), { ...options, cancelOnHeartbeat }),
      );
    },
  });

  /** A job that an earlier attempt brought to its end: what it left is looked for. */
  const earlierJob = (operation: string): Scenario => ({
    ...batch(operation, 'S3'),
    prepare: async () => {
      const job = batchJob(++run, world.s3Uri(`faults/job-${run}/`), 'ciclo-done');
      await world.attempt('prepareUtterances', job);
      return (options) => world.attempt('prepareUtterances', job, options);
    },
  });

  const ingest = (operation: string): Scenario => ({
    service: 'S3',
    operation,
    activity: 'listNewLogs',
    group: 'quick',
    prepare: () => {
      const uri = (path: string) => world.s3Uri(`faults/${path}`);
      const input = { logsUri: uri('logs/'), ledgerUri: uri('ledger.jsonl'), cycleUri: uri('cycle/') };
      return Promise.resolve((options) => world.attempt('listNewLogs', input, options));
    },
  });

  const notify = (): Scenario => ({
    service: 'SNS',
    operation: 'Publish',
    activity: 'notify',
    group: 'quick',
    prepare: () => {
      const input = notification(world.topicArn, world.s3Uri(`faults/notify/${++run}/`));
      return Promise.resolve((options) => world.attempt('notify', input, options));
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
      await done(world.attempt('createBotVersion', input));
      return input;
    }),
    ...models(['CreateBotAlias'], 'pointEvaluationAliases', async () => {
      await deleteEvaluationAliases(world, bot);
      return { bot, championVersion: '1', challengerVersion: '1' };
    }),
    ...models(['UpdateBotAlias'], 'restoreAlias', async () => {
      const snapshotUri = `${folder()}alias.json`;
      await done(world.attempt('saveAlias', { bot, version: 'none', snapshotUri }));
      const saved = JSON.parse(await world.store.readText(snapshotUri)) as object;
      // An alias that is as it was saved is left alone.
      const changed = JSON.stringify({ ...saved, description: `as in ${snapshotUri}` });
      const about = { rows: 1, schemaVersion: 1 };
      return { bot, snapshot: await world.store.putArtifact(snapshotUri, changed, about) };
    }),
    runtime('RecognizeText'),
    runtime('DeleteSession'),
    batch('ListJobs'),
    batch('SubmitJob'),
    batch('DescribeJobs'),
    batch('TerminateJob'),
    ingest('ListObjectsV2'),
    ingest('GetObject'),
    ingest('PutObject'),
    earlierJob('HeadObject'),
    batch('DeleteObject', 'S3'),
    notify(),
  ];
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
