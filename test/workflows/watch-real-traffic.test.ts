import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import {
  DeleteIntentCommand,
  DescribeBotAliasCommand,
  ListIntentsCommand,
  UpdateBotAliasCommand,
} from '@aws-sdk/client-lex-models-v2';
import { RecognizeTextCommand } from '@aws-sdk/client-lex-runtime-v2';
import { CreateTopicCommand } from '@aws-sdk/client-sns';
import { Context } from '@temporalio/activity';
import { defaultPayloadConverter } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { createActivities } from '../../src/activities';
import { askedItemsUri } from '../../src/activities/evaluation';
import { watchWorkflowId, type WatchStatus } from '../../src/domain/watch';
import { readPublishedMessages } from '../../src/local/aws/sns/service';
import { parsePipelineFile } from '../../src/platform/configuration';
import { createEngine } from '../../src/platform/engines';
import { AuditTrail } from '../../src/platform/registry/audit-trail';
import { cycleUri } from '../../src/platform/registry/cycles';
import { ModelRegistry } from '../../src/platform/registry/model-registry';
import { toJsonLines } from '../../src/platform/storage/json-lines';
import { openObjectStore, type ObjectStore } from '../../src/platform/storage/object-store';
import type { promote } from '../../src/workflows/promote';
import { searchAttributes } from '../../src/workflows/search-attributes';
import type { watchPromotion, WatchInput } from '../../src/workflows/watch-promotion';
import { watchStatusQuery } from '../../src/workflows/watch-signals';
import { aliasSettled, buildDraft, localeId, makeAlias, makeBot, makeVersion } from '../local/aws/lex/bots';
import { startStandIn, until, type StandIn } from '../local/aws/stand-in';
import { startTestS3, testBucket, type TestS3 } from '../support/s3';
import { localEnvironment } from '../support/servers';
import { withWorker } from '../support/workflow-worker';

const ciclo = join(__dirname, '../../dist/client.js');
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** What twenty people say: version 1 misses the plumber, version 2 the opening hours, which it has lost. */
const twentyPeople = [
  ...Array<string>(12).fill('hola'),
  ...Array<string>(6).fill('¿a qué hora abrís?'),
  ...Array<string>(2).fill('necesito un fontanero urgentemente'),
];

/** What an alias has beside its version. */
const settings = {
  description: 'What customers talk to.',
  botAliasLocaleSettings: {
    [localeId]: {
      enabled: true,
      codeHookSpecification: {
        lambdaCodeHook: {
          lambdaARN: 'arn:aws:lambda:eu-west-1:000000000000:function:cafe-orders',
          codeHookInterfaceVersion: '1.0',
        },
      },
    },
  },
  conversationLogSettings: {
    textLogSettings: [
      {
        enabled: true,
        destination: {
          cloudWatch: {
            cloudWatchLogGroupArn: 'arn:aws:logs:eu-west-1:000000000000:log-group:/lex/cafe',
            logPrefix: 'aws/lex/cafe/',
          },
        },
      },
    ],
  },
  sentimentAnalysisSettings: { detectSentiment: true },
};

describe('the watch over real requests to the live alias', function () {
  this.timeout(180_000);
  const pipeline = `cafe-${randomUUID().slice(0, 8)}`;
  let environment: TestWorkflowEnvironment;
  let aws: StandIn;
  let s3: TestS3;
  let store: ObjectStore;
  let cloudWatch: CloudWatchClient;
  let folder: string;
  let file: string;
  let storeUri: string;
  let botId: string;
  let aliasId: string;
  /** The clock of the metrics. */
  let now = Date.now();

  before(async () => {
    environment = await localEnvironment(searchAttributes);
    aws = await startStandIn({ metricsNow: () => now });
    s3 = await startTestS3();
    store = openObjectStore({ s3: s3.client });
    cloudWatch = new CloudWatchClient({
      endpoint: aws.endpoint,
      region: 'eu-west-1',
      maxAttempts: 1,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    folder = await mkdtemp(join(tmpdir(), 'ciclo-watch-'));
    file = join(folder, `${pipeline}.yaml`);
    storeUri = `s3://${testBucket}/${pipeline}/`;
    const { TopicArn } = await aws.sns.send(new CreateTopicCommand({ Name: 'ciclo' }));
    await writeFile(
      file,
      [
        `name: ${pipeline}`,
        'target: { kind: lex, bot: Cafe, alias: live, localeId: es_ES }',
        `logs: { uri: s3://${testBucket}/logs/ }`,
        `store: { uri: ${storeUri} }`,
        `dataset: { goldenSetUri: s3://${testBucket}/golden.csv }`,
        `notify: { topicArn: "${TopicArn}" }`,
        '',
      ].join('\n'),
    );
    await makeModels();
  });
  after(async () => {
    cloudWatch.destroy();
    await aws.close();
    await s3.stop();
    await rm(folder, { recursive: true });
  });

  /** Version 1 is live with all of its settings; version 2, the candidate, has lost an intent. */
  async function makeModels(): Promise<void> {
    botId = await makeBot(aws, 'Cafe');
    const champion = await makeVersion(aws, botId);
    aliasId = await makeAlias(aws, botId, 'live', champion);
    await aws.models.send(
      new UpdateBotAliasCommand({
        botId,
        botAliasId: aliasId,
        botAliasName: 'live',
        botVersion: champion,
        ...settings,
      }),
    );
    await aliasSettled(aws, botId, aliasId);
    const draft = { botId, botVersion: 'DRAFT', localeId };
    const { intentSummaries = [] } = await aws.models.send(new ListIntentsCommand(draft));
    const { intentId } = intentSummaries.find(({ intentName }) => intentName === 'ConsultarHorario')!;
    await aws.models.send(new DeleteIntentCommand({ ...draft, intentId }));
    await buildDraft(aws, botId);
    const challenger = await makeVersion(aws, botId);
    assert.deepEqual([champion, challenger], ['1', '2']);

    const itemsOf = (rows: object[], name: string) =>
      store.putArtifact(`${cycleUri(storeUri, 1)}${name}.jsonl`, toJsonLines(rows), {
        rows: rows.length,
        schemaVersion: 1,
      });
    const items = await itemsOf(
      [
        { id: 'a', text: 'hola', intent: 'Saludar', set: 'golden' },
        { id: 'b', text: 'me apetece algo de beber', intent: 'PedirBebida', set: 'golden' },
      ],
      'items',
    );
    const answer = { confidence: 0.9, latencyMs: 10 };
    const predictions = await itemsOf(
      [
        { itemId: 'a', intent: 'Saludar', ...answer },
        { itemId: 'b', intent: 'PedirBebida', ...answer },
      ],
      'predictions',
    );
    await store.write(askedItemsUri(cycleUri(storeUri, 1)), JSON.stringify({ items, predictions }));
    const registry = new ModelRegistry(store, storeUri);
    const target = (botVersion: string) => ({ kind: 'lex' as const, botId, botVersion, localeId });
    await registry.adopt(target(champion));
    await registry.register(
      { cycle: 1, target: target(challenger), archive: items, dataset: items },
      'as the file says',
    );
  }

  const activities = () =>
    createActivities({
      store,
      lexModels: aws.models,
      lexRuntime: aws.runtime,
      sns: aws.sns,
      cloudWatch,
      loadPipeline: () => parsePipelineFile(file),
      codeVersion: 'test',
      workerEngine: createEngine('worker', { store }),
      batchEngine: () => createEngine('worker', { store }),
    });

  /** People talk to the live alias, each in a session of their own. */
  async function talk(atMs: number, timesTwenty: number): Promise<void> {
    now = atMs;
    for (const text of Array<string[]>(timesTwenty).fill(twentyPeople).flat()) {
      const sessionId = `person-${randomUUID()}`;
      await aws.runtime.send(
        new RecognizeTextCommand({ botId, botAliasId: aliasId, localeId, sessionId, text }),
      );
    }
  }

  async function liveAlias() {
    const alias = await aws.models.send(new DescribeBotAliasCommand({ botId, botAliasId: aliasId }));
    const { description, botAliasLocaleSettings, conversationLogSettings, sentimentAnalysisSettings } = alias;
    return {
      version: alias.botVersion,
      settings: { description, botAliasLocaleSettings, conversationLogSettings, sentimentAnalysisSettings },
    };
  }

  /** The command line, as a person calls it. */
  async function run(...command: string[]): Promise<{ code: number | null; out: string; err: string }> {
    const child = spawn(process.execPath, [ciclo, ...command], {
      cwd: folder,
      env: {
        ...process.env,
        NO_COLOR: '1',
        TEMPORAL_ADDRESS: environment.address,
        AWS_REGION: 'us-east-1',
        AWS_ENDPOINT_URL: s3.access.endpoint,
        AWS_ACCESS_KEY_ID: s3.access.accessKeyId,
        AWS_SECRET_ACCESS_KEY: s3.access.secretAccessKey,
      },
    });
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
    return { code: child.exitCode, out, err };
  }

  const watch = () =>
    environment.client.workflow.getHandle<typeof watchPromotion>(watchWorkflowId(pipeline, 2));
  const seen = (right: (status: WatchStatus) => boolean) =>
    until(() => watch().query(watchStatusQuery), right);

  /** What the promotion gave its watch, as if it had gone live twenty minutes ago, with looks every three seconds. */
  async function earlier(): Promise<WatchInput> {
    const { events } = await watch().fetchHistory();
    const [payload] = events![0]!.workflowExecutionStartedEventAttributes!.input!.payloads!;
    const input = defaultPayloadConverter.fromPayload<WatchInput>(payload!);
    const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * minuteMs).toISOString();
    return {
      ...input,
      switchedAt: minutesAgo(21),
      liveAt: minutesAgo(20),
      watch: { ...input.watch, hours: 1, everyMinutes: 1 / 20 },
    };
  }

  it('takes a worse version back, although its worker was stopped in the middle of a look', async () => {
    const real = activities();
    const taskQueue = await withWorker(environment, real, async (queue) => {
      await environment.client.workflow.execute<typeof promote>('promote', {
        workflowId: `promote/${pipeline}/v2`,
        taskQueue: queue,
        args: [{ pipeline, modelVersion: 2, author: 'ana' }],
      });
      const begun = await run('status', file);
      assert.match(
        begun.out,
        /Watch: Bot version 2 on alias live is watched from .*\n {2}No look was taken yet\./,
      );
      const stopped = await run('watch', file, '--stop', '--author', 'ana');
      assert.equal(stopped.out, 'Bot version 2 is no longer watched; it stays live.\n', stopped.err);
      assert.equal((await watch().result()).verdict, 'stopped');
      return queue;
    });
    assert.deepEqual(await liveAlias(), { version: '2', settings });
    const input = await earlier();

    // The champion's traffic belongs to the days before: the alias pointed to it until the promotion above.
    await aws.models.send(
      new UpdateBotAliasCommand({
        botId,
        botAliasId: aliasId,
        botAliasName: 'live',
        botVersion: '1',
        ...settings,
      }),
    );
    await aliasSettled(aws, botId, aliasId);
    const switchedMs = Date.parse(input.switchedAt);
    await talk(switchedMs - 5 * hourMs, 8);
    await talk(switchedMs - 3 * hourMs, 8);
    await aws.models.send(
      new UpdateBotAliasCommand({
        botId,
        botAliasId: aliasId,
        botAliasName: 'live',
        botVersion: '2',
        ...settings,
      }),
    );
    await aliasSettled(aws, botId, aliasId);

    const sinceMs = Math.ceil((Date.parse(input.liveAt) + 5 * minuteMs) / (5 * minuteMs)) * 5 * minuteMs;
    await talk(sinceMs + minuteMs, 3);
    let looks = 0;
    let reached = () => {};
    const secondLook = new Promise<void>((resolve) => (reached = resolve));
    const stuck: typeof real = {
      ...real,
      readTraffic: async (wanted) => {
        if (++looks < 2) return real.readTraffic(wanted);
        reached();
        await Context.current().cancelled;
        throw new Error('unreachable');
      },
    };
    await withWorker(
      environment,
      stuck,
      async () => {
        await environment.client.workflow.start<typeof watchPromotion>('watchPromotion', {
          workflowId: watchWorkflowId(pipeline, 2),
          taskQueue,
          args: [input],
        });
        const first = await seen((status) => status.looks === 1);
        assert.deepEqual(first.baseline && [first.baseline.requests, first.baseline.missed], [320, 32]);
        assert.deepEqual(first.assessment?.traffic, { requests: 60, missed: 18, errors: 0 });
        const shown = await run('watch', file);
        assert.match(
          shown.out,
          /fallback: 30\.0 % of 60 requests, before 10\.0 % of 320; .*Too few requests so far/s,
        );
        await secondLook;
      },
      taskQueue,
    );

    // Nobody watches: people go on talking, and a person who asks is told what is missing.
    const [unanswered] = await Promise.all([run('status', file), talk(sinceMs + 2 * minuteMs, 12)]);
    assert.match(
      unanswered.out,
      /Watch: it goes on, and no worker answers what it has seen\./,
      unanswered.err,
    );
    assert.equal((await liveAlias()).version, '2');

    const result = await withWorker(
      environment,
      real,
      async () => {
        const ended = await watch().result();
        const told = await run('watch', file);
        assert.match(
          told.out,
          /^Rolled back: worse than the version before\.\nfallback: 30\.0 % of 300 requests/,
        );
        const state = await run('status', file);
        assert.match(state.out, /v1 +live +bot version 1/);
        assert.match(state.out, /v2 +retired +bot version 2/);
        return ended;
      },
      taskQueue,
    );
    assert.equal(result.verdict, 'rolled-back');
    assert.equal(result.looks, 2);
    assert.deepEqual(result.assessment?.traffic, { requests: 300, missed: 90, errors: 0 });
    assert.deepEqual(await liveAlias(), { version: '1', settings });

    const registry = new ModelRegistry(store, storeUri);
    assert.equal((await registry.latest())?.model.version, 1);
    assert.deepEqual(
      (await registry.get(2)).history.map(({ state }) => state),
      ['candidate', 'approved', 'live', 'retired'],
    );
    assert.deepEqual(JSON.parse((await registry.readWatch(2))!), result);
    const trail = await new AuditTrail(store, storeUri, pipeline).entries();
    assert.deepEqual(
      trail.map(({ event }) => [event.kind, 'author' in event ? event.author : null]),
      [
        ['promotion-started', 'ana'],
        ['promoted', 'ana'],
        ['rollback-started', 'Ciclo'],
        ['rolled-back', 'Ciclo'],
      ],
    );
    const messages = readPublishedMessages(aws.stateDirectory);
    assert.equal(messages.length, 1);
    assert.match(messages[0]!.message, /Fallback: 30\.0 % of 300 requests, before 10\.0 % of 320/);
  });
});
