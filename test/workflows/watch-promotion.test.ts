import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { SupersededError } from '../../src/domain/errors';
import { watchWorkflowId, type Traffic, type WatchStatus } from '../../src/domain/watch';
import { AccessDeniedError, ServiceUnavailableError } from '../../src/platform/aws/errors';
import type { rollback } from '../../src/workflows/rollback';
import type { watchPromotion, WatchInput } from '../../src/workflows/watch-promotion';
import { endWatchSignal } from '../../src/workflows/watch-signals';
import { timeSkippingEnvironment } from '../support/servers';
import { withWorker } from '../support/workflow-worker';
import { bot, configuration, mockActivities } from './mock-activities';

const hourMs = 3_600_000;
const minuteMs = 60_000;
const championTraffic = { requests: 5000, missed: 750, errors: 5 };
/** Shares of the champion, and twice its misses. */
const fine: Traffic = { requests: 400, missed: 60, errors: 0 };
const bad: Traffic = { requests: 400, missed: 120, errors: 0 };

describe('watchPromotion: the live alias after a switch', function () {
  this.timeout(120_000);
  let environment: TestWorkflowEnvironment;
  before(async () => {
    environment = await timeSkippingEnvironment();
  });

  type Mocks = ReturnType<typeof mockActivities>;
  type Overrides = NonNullable<Parameters<typeof mockActivities>[0]>;

  /** A world in which version 2 went live on the alias; `traffic` answers each look. */
  function world(traffic: (until: number) => Traffic | Promise<Traffic>, overrides: Overrides = {}) {
    const alias = { version: '2' };
    const mocks = mockActivities({
      resolveBot: () => Promise.resolve({ ...bot, liveVersion: alias.version }),
      readBaseline: () =>
        Promise.resolve({
          ...championTraffic,
          from: '2026-11-01T00:00:00.000Z',
          until: '2026-11-15T00:00:00.000Z',
          dispersion: { missed: 1, errors: 1 },
        }),
      readTraffic: async ({ until }: { until: string }) => ({
        liveVersion: alias.version,
        traffic: await traffic(Date.parse(until)),
      }),
      switchAlias: ({ version }: { version: string }) => {
        alias.version = version;
        return Promise.resolve();
      },
      ...overrides,
    });
    return { mocks, alias };
  }

  async function inputFor(pipeline: string): Promise<WatchInput> {
    const liveAt = new Date(await environment.currentTimeMs()).toISOString();
    return {
      pipeline,
      modelVersion: 2,
      previousModelVersion: 1,
      bot,
      botVersion: '2',
      previousVersion: '1',
      switchedAt: liveAt,
      liveAt,
      watch: configuration.watch,
      storeUri: 's3://test/store/',
      cycle: 1,
      cycleUri: 's3://test/store/cycles/0001/',
      language: 'es',
      topicArn: configuration.notify.topicArn,
    };
  }

  function start(taskQueue: string, input: WatchInput) {
    return environment.client.workflow.start<typeof watchPromotion>('watchPromotion', {
      workflowId: watchWorkflowId(input.pipeline, input.modelVersion),
      taskQueue,
      args: [input],
    });
  }

  async function watch(
    mocks: Mocks,
    during: (handle: WorkflowHandle<typeof watchPromotion>) => Promise<void> = () => Promise.resolve(),
    input?: WatchInput,
  ): Promise<WatchStatus> {
    const wanted = input ?? (await inputFor(`watch-${randomUUID()}`));
    return withWorker(environment, mocks.activities, async (taskQueue) => {
      const handle = await start(taskQueue, wanted);
      await during(handle);
      return handle.result();
    });
  }

  const looksOf = (mocks: Mocks) => mocks.calls.filter(({ name }) => name === 'readTraffic');
  const recorded = (mocks: Mocks) =>
    mocks.calls
      .filter(({ name }) => name === 'recordWatch')
      .map(({ input }) => input['status'] as WatchStatus);

  it('looks every fifteen minutes for a day and finds that the version holds', async () => {
    const { mocks } = world(() => fine);
    const result = await watch(mocks);
    assert.deepEqual([result.verdict, result.looks], ['held', 96]);
    const looks = looksOf(mocks).map(({ input }) => Date.parse(String(input['until'])));
    const since = Date.parse(result.since);
    assert.deepEqual([looks[0]! - since, looks.at(-1)! - since], [15 * minuteMs, 24 * hourMs]);
    assert.deepEqual(mocks.notifications(), ['watch-ended']);
    assert.deepEqual(recorded(mocks), [result]);
    assert.ok(!mocks.names().includes('switchAlias'));
    assert.equal(mocks.calls.filter(({ name }) => name === 'readBaseline').length, 1);
  });

  it('takes the version back once, at the look that shows it, and tells why', async () => {
    let since = 0;
    const { mocks, alias } = world((until) => (until - since >= 2 * hourMs ? bad : fine));
    const pipeline = `worse-${randomUUID()}`;
    const input = await inputFor(pipeline);
    since = Date.parse(input.liveAt) + 5 * minuteMs;
    const result = await watch(mocks, undefined, input);
    assert.equal(result.verdict, 'rolled-back');
    assert.ok(result.looks === 8 || result.looks === 9, `${result.looks} looks`);
    assert.equal(alias.version, '1');
    const planned = mocks.calls.find(({ name }) => name === 'planRollback')?.input;
    assert.deepEqual(planned, { pipeline, modelVersion: 1, onlyFrom: 2 });
    assert.equal(mocks.names().filter((name) => name === 'switchAlias').length, 1);
    assert.deepEqual(mocks.notifications(), ['rolled-back-by-watch']);
    const told = mocks.calls.find(({ name }) => name === 'notify')?.input['watch'] as WatchStatus;
    assert.equal(told.assessment?.findings[0]?.worse, true);
    const description = await environment.client.workflow.getHandle(`watch/${pipeline}/v2`).describe();
    assert.deepEqual(description.searchAttributes['CicloVerdict'], ['rolled-back']);
    assert.deepEqual(description.searchAttributes['CicloStage'], ['watch']);
  });

  it('says at the end that there were too few requests to tell', async () => {
    const { mocks } = world(() => ({ requests: 40, missed: 40, errors: 0 }));
    const result = await watch(mocks);
    assert.deepEqual([result.verdict, result.assessment?.enough], ['not-enough-requests', false]);
    assert.deepEqual(mocks.notifications(), ['watch-ended']);
  });

  it('ends when the alias points elsewhere, however that came', async () => {
    const { mocks, alias } = world(() => {
      alias.version = '7';
      return bad;
    });
    alias.version = '7';
    const result = await watch(mocks);
    assert.deepEqual([result.verdict, result.note], ['superseded', 'Alias live points to version 7.']);
    assert.deepEqual(mocks.notifications(), []);
    assert.deepEqual(recorded(mocks), [result]);
  });

  it('ends when a person stops it, and leaves the alias alone', async () => {
    const { mocks } = world(() => fine);
    const result = await watch(mocks, (handle) =>
      handle.signal(endWatchSignal, { verdict: 'stopped', note: 'By ana.' }),
    );
    assert.deepEqual([result.verdict, result.note, mocks.notifications()], ['stopped', 'By ana.', []]);
  });

  it('ends when a person rolls back, at once', async () => {
    const { mocks } = world(() => fine);
    const pipeline = `manual-${randomUUID()}`;
    const input = await inputFor(pipeline);
    const result = await withWorker(environment, mocks.activities, async (taskQueue) => {
      const handle = await start(taskQueue, input);
      await environment.client.workflow.execute<typeof rollback>('rollback', {
        workflowId: `rollback/${pipeline}`,
        taskQueue,
        args: [{ pipeline, author: 'ana', reason: null, modelVersion: null }],
      });
      return handle.result();
    });
    assert.deepEqual([result.verdict, result.note], ['superseded', 'ana rolled it back.']);
    assert.deepEqual(mocks.notifications(), ['rolled-back']);
  });

  it('does not roll back what somebody else has rolled back in the same moment', async () => {
    const { mocks } = world(() => bad, {
      planRollback: () => Promise.reject(new SupersededError('Model v1 is live by now, not v2.', {})),
    });
    const result = await watch(mocks);
    assert.deepEqual([result.verdict, result.note], ['superseded', 'Model v1 is live by now, not v2.']);
    assert.ok(!mocks.names().includes('switchAlias'));
  });

  it('waits for another rollback that runs, then starts its own', async () => {
    const { mocks } = world(() => bad);
    const pipeline = `busy-${randomUUID()}`;
    const input = await inputFor(pipeline);
    const result = await withWorker(environment, mocks.activities, async (taskQueue) => {
      // Something else under the rollback's id, for about 50 minutes; the look that shows it comes after 25.
      await environment.client.workflow.start<typeof watchPromotion>('watchPromotion', {
        workflowId: `rollback/${pipeline}`,
        taskQueue,
        args: [{ ...input, botVersion: '9', watch: { ...input.watch, everyMinutes: 40 } }],
      });
      return (await start(taskQueue, input)).result();
    });
    assert.equal(result.verdict, 'rolled-back');
    assert.equal(mocks.names().filter((name) => name === 'switchAlias').length, 1);
  });

  it('says so when the rollback fails: the worse version is still live', async () => {
    const { mocks } = world(() => bad, {
      switchAlias: () => Promise.reject(new AccessDeniedError('UpdateBotAlias failed: AccessDenied.')),
    });
    const result = await watch(mocks);
    assert.deepEqual(
      [result.verdict, result.note],
      ['rollback-failed', 'UpdateBotAlias failed: AccessDenied.'],
    );
    assert.deepEqual(mocks.notifications(), ['watch-ended']);
  });

  it('goes on after CloudWatch failed for hours', async () => {
    let failures = 0;
    const { mocks } = world(() => {
      if (++failures <= 20) throw new ServiceUnavailableError('GetMetricData failed.', {}, false);
      return fine;
    });
    const result = await watch(mocks);
    assert.equal(result.verdict, 'held');
    // 10 s, 20 s, … and then every ten minutes: 20 failures take 2.5 hours, whose looks are not made up for.
    assert.ok(result.looks > 80 && result.looks < 90, `${result.looks} looks`);
  });

  it('gives up after six hours without CloudWatch and says that nobody watches', async () => {
    const { mocks } = world(() => {
      throw new ServiceUnavailableError('GetMetricData failed.', {}, false);
    });
    const input = await inputFor(`without-metrics-${randomUUID()}`);
    const result = await watch(mocks, undefined, input);
    assert.deepEqual([result.verdict, result.note], ['not-watched', 'GetMetricData failed.']);
    assert.equal(looksOf(mocks).length, 41);
    const hours = (Date.parse(result.endedAt!) - Date.parse(input.liveAt)) / hourMs;
    assert.ok(hours > 5.5 && hours < 7.5, `${hours} hours`);
    assert.deepEqual(mocks.notifications(), ['watch-ended']);
  });

  it('says at once when it may not read the metrics', async () => {
    const { mocks } = world(() => {
      throw new AccessDeniedError('GetMetricData failed: AccessDenied.');
    });
    const result = await watch(mocks);
    assert.equal(result.verdict, 'not-watched');
    assert.equal(looksOf(mocks).length, 1);
  });

  it('looks at all of the traffic at once after hours without a worker', async () => {
    const { mocks } = world(() => fine);
    const liveAt = new Date((await environment.currentTimeMs()) - 20 * hourMs).toISOString();
    const input = { ...(await inputFor(`away-${randomUUID()}`)), liveAt, switchedAt: liveAt };
    const result = await watch(mocks, undefined, input);
    const first = Date.parse(String(looksOf(mocks)[0]?.input['until']));
    assert.ok(first - Date.parse(liveAt) > 19.5 * hourMs, 'one look for all that was missed');
    assert.equal(result.verdict, 'held');
    assert.ok(result.looks >= 16 && result.looks <= 19, `${result.looks} looks`);
  });
});
