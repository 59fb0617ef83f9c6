import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { AuditRecord } from '../../../src/domain/audit';
import type { FaultEffect } from '../../../src/local/aws/faults/fault-plan';
import { AuditTrail } from '../../../src/platform/registry/audit-trail';
import { ModelRegistry } from '../../../src/platform/registry/model-registry';
import { artifact } from '../../workflows/mock-activities';
import {
  type Activities,
  type AttemptEnd,
  type AttemptOptions,
  type FaultWorld,
  namedFailure,
} from './fault-world';
import { batchJob, deleteEvaluationAliases, type Furniture, importedNow, notification } from './scenarios';

/** How an answer gets lost after its call had its effect. */
export const losses: { name: string; effect: FaultEffect }[] = [
  { name: 'connection reset', effect: { kind: 'reset', moment: 'after-effect' } },
  { name: 'answer cut short', effect: { kind: 'truncated' } },
];

/** A call whose answer is lost. */
export interface LostAnswer {
  /** As the page names it. */
  operation: string;
  /** What the page says of the next attempt; `check` is what makes it true. */
  then: string;
  check: (world: FaultWorld, furniture: Furniture, effect: FaultEffect) => Promise<void>;
}

/** How the attempt after the one whose answer is lost ends. */
async function twoAttempts<Name extends keyof Activities>(
  world: FaultWorld,
  lost: { operation: string; effect: FaultEffect; passes?: number },
  name: Name,
  input: Parameters<Activities[Name]>[0],
  again: AttemptOptions = {},
): Promise<AttemptEnd> {
  world.faults.inject(lost.operation, lost.effect, 1, lost.passes);
  const first = await world.attempt(name, input);
  world.faults.clear();
  // Until the clients know that the connection is broken.
  await delay(50);
  assert.equal(namedFailure(first)?.type, 'ServiceUnavailableError', JSON.stringify(first));
  return world.attempt(name, input, { ...again, resume: true });
}

/** What the next attempt gives. */
async function resultOf<T>(attempt: Promise<AttemptEnd>): Promise<T> {
  const end = await attempt;
  assert.equal(end.kind, 'done', JSON.stringify(end));
  return (end as { result: T }).result;
}

/** Counts what the stand-in was asked to change while something is done. */
async function changesDuring(
  world: FaultWorld,
  operations: string[],
  action: () => Promise<unknown>,
): Promise<number[]> {
  const count = () => operations.map((operation) => world.changes(operation).length);
  const before = count();
  await action();
  return count().map((after, index) => after - before[index]!);
}

let runs = 0;

export const lostAnswers: LostAnswer[] = [
  {
    operation: 'CreateUploadUrl',
    then: 'another upload address, one import; the first address expires unused',
    async check(world, { bot, draft }, effect) {
      const input = { bot, archive: draft.archive, runName: `lost ${++runs}` };
      const changes = await changesDuring(world, ['CreateUploadUrl', 'StartImport'], () =>
        resultOf(twoAttempts(world, { operation: 'CreateUploadUrl', effect }, 'importBotArchive', input)),
      );
      assert.deepEqual(changes, [2, 1]);
    },
  },
  {
    operation: 'StartImport',
    then: 'one import: the next attempt waits for the one that was started',
    async check(world, { bot, draft }, effect) {
      const input = { bot, archive: draft.archive, runName: `lost ${++runs}` };
      const changes = await changesDuring(world, ['CreateUploadUrl', 'StartImport'], () =>
        resultOf(twoAttempts(world, { operation: 'StartImport', effect }, 'importBotArchive', input)),
      );
      assert.deepEqual(changes, [1, 1]);
    },
  },
  {
    operation: 'BuildBotLocale',
    then: 'one build',
    async check(world, { bot }, effect) {
      const input = { bot, runName: `lost ${++runs}`, imported: await importedNow(world, bot) };
      const changes = await changesDuring(world, ['BuildBotLocale'], () =>
        resultOf(twoAttempts(world, { operation: 'BuildBotLocale', effect }, 'buildBotLocale', input)),
      );
      assert.deepEqual(changes, [1]);
    },
  },
  {
    operation: 'CreateBotVersion',
    then: 'one version, found by its description',
    async check(world, { bot }, effect) {
      const input = { bot, description: `lost ${++runs}` };
      const lost = { operation: 'CreateBotVersion', effect };
      let version: string | undefined;
      const changes = await changesDuring(world, ['CreateBotVersion'], async () => {
        ({ version } = await resultOf<{ version: string }>(
          twoAttempts(world, lost, 'createBotVersion', input),
        ));
      });
      assert.deepEqual(changes, [1]);
      assert.equal(world.changes('CreateBotVersion').at(-1)!.keys.botVersion, version);
    },
  },
  {
    operation: 'CreateBotAlias',
    then: 'one alias of each name',
    async check(world, { bot }, effect) {
      await deleteEvaluationAliases(world, bot);
      const input = { bot, championVersion: '1', challengerVersion: '1' };
      const lost = { operation: 'CreateBotAlias', effect };
      const changes = await changesDuring(world, ['CreateBotAlias', 'UpdateBotAlias'], () =>
        resultOf(twoAttempts(world, lost, 'pointEvaluationAliases', input)),
      );
      assert.deepEqual(changes, [2, 0]);
      const names = world.changes('CreateBotAlias').map(({ keys }) => keys.botAliasName);
      assert.deepEqual(names.slice(-2), ['ciclo-champion', 'ciclo-challenger']);
    },
  },
  {
    operation: 'UpdateBotAlias',
    then: 'one update: an alias that is as it should be is left alone',
    async check(world, { changedAlias }, effect) {
      const lost = { operation: 'UpdateBotAlias', effect };
      const input = await changedAlias();
      const changes = await changesDuring(world, ['UpdateBotAlias'], () =>
        resultOf(twoAttempts(world, lost, 'restoreAlias', input)),
      );
      assert.deepEqual(changes, [1]);
    },
  },
  {
    operation: 'SubmitJob',
    then: 'one job: the next attempt follows it',
    async check(world, _furniture, effect) {
      const job = batchJob(++runs, world.uri(`lost/job-${runs}/`));
      const changes = await changesDuring(world, ['SubmitJob', 'TerminateJob'], () =>
        // The job would never end; the next attempt is cancelled once it follows it, and so ends it.
        twoAttempts(world, { operation: 'SubmitJob', effect }, 'prepareUtterances', job, {
          cancelOnHeartbeat: true,
        }),
      );
      assert.deepEqual(changes, [1, 1]);
      const [submitted, terminated] = ['SubmitJob', 'TerminateJob'].map(
        (operation) => world.changes(operation).at(-1)!.keys.jobId,
      );
      assert.equal(terminated, submitted);
    },
  },
  {
    operation: 'Publish to a FIFO topic',
    then: 'one message: the deduplication id is the same',
    async check(world, _furniture, effect) {
      const messages = await published(world, world.fifoTopicArn, effect);
      assert.equal(messages.length, 1);
    },
  },
  {
    operation: 'Publish to a standard topic',
    then: 'the message again, with the same `notificationId` and `possibleRepeat`: told twice is better than not told',
    async check(world, _furniture, effect) {
      const messages = await published(world, world.topicArn, effect);
      assert.equal(messages.length, 2);
      const [first, second] = messages.map(({ attributes }) => attributes);
      assert.deepEqual(second, { ...first, possibleRepeat: 'true' });
    },
  },
  {
    operation: 'PutObject, the number of a cycle',
    then: 'the same number for the same run of the workflow',
    async check(world, _furniture, effect) {
      const pipeline = `lost-${++runs}`;
      const run = { pipeline, trigger: 'manual' as const, runId: 'run-1' };
      const lost = { operation: 'PutObject', effect };
      const opened = await resultOf<{ number: number }>(twoAttempts(world, lost, 'openCycle', run));
      assert.equal(opened.number, 1);
      const next = world.attempt('openCycle', { ...run, runId: 'run-2' });
      assert.equal((await resultOf<{ number: number }>(next)).number, 2);
    },
  },
  {
    operation: 'PutObject, an entry of the audit trail',
    then: 'each entry once, in an unbroken chain',
    async check(world, _furniture, effect) {
      for (const passes of records.keys()) {
        const pipeline = `lost-${++runs}`;
        const lost = { operation: 'PutObject', effect, passes };
        await resultOf(twoAttempts(world, lost, 'recordAudit', { pipeline, records }));
        const trail = new AuditTrail(world.store, world.pipelineUri(pipeline), pipeline);
        const { entries, problems } = await trail.verify();
        assert.deepEqual({ entries, problems }, { entries: records.length, problems: [] });
      }
    },
  },
  {
    operation: 'PutObject, every object of a registered model',
    then: 'one model, as if nothing had happened',
    async check(world, { bot }, effect) {
      const registering = (pipeline: string) => ({
        pipeline,
        storeUri: world.pipelineUri(pipeline),
        cycle: 1,
        bot,
        championVersion: '1',
        challengerVersion: '2',
        archive: artifact('archive'),
        dataset: artifact('dataset'),
      });
      const undisturbed = `lost-${++runs}`;
      const before = world.faults.effects('PutObject');
      await resultOf(world.attempt('registerChallenger', registering(undisturbed)));
      const writes = world.faults.effects('PutObject') - before;
      assert.ok(writes >= 5, 'two models, their states, the pointer and the configuration');
      const expected = await registered(world, undisturbed);
      assert.deepEqual(
        expected.map(({ version, state }) => `v${version} ${state}`),
        ['v1 live', 'v2 candidate'],
      );
      for (let passes = 0; passes < writes; passes++) {
        const pipeline = `lost-${++runs}`;
        const lost = { operation: 'PutObject', effect, passes };
        await resultOf(twoAttempts(world, lost, 'registerChallenger', registering(pipeline)));
        assert.deepEqual(await registered(world, pipeline), expected, `write ${passes + 1}`);
      }
    },
  },
];

const records: AuditRecord[] = ['ana', 'berta'].map((author) => ({
  id: `approval-${author}`,
  at: '2026-11-21T12:00:00.000Z',
  event: { kind: 'approval', cycle: 1, author, decisions: 3 },
}));

/** The messages of one notification whose answer is lost. */
async function published(world: FaultWorld, topicArn: string, effect: FaultEffect) {
  const input = { ...notification(topicArn, world.s3Uri(`lost/notify-${++runs}/`)), cycle: runs };
  const before = world.messages().length;
  await resultOf(twoAttempts(world, { operation: 'Publish', effect }, 'notify', input));
  return world.messages().slice(before);
}

/** The models of a pipeline without their times, and where `latest` points. */
async function registered(world: FaultWorld, pipeline: string) {
  const registry = new ModelRegistry(world.store, world.pipelineUri(pipeline));
  const latest = await registry.latest();
  return (await registry.list()).map(({ model, state, history }) => ({
    version: model.version,
    botVersion: model.target.botVersion,
    state,
    steps: history.length,
    isLatest: latest?.model.version === model.version,
  }));
}
