import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { WatchConfiguration } from '../../src/domain/pipeline';
import { watchWorkflowId } from '../../src/domain/watch';
import type { promote } from '../../src/workflows/promote';
import { searchAttributes } from '../../src/workflows/search-attributes';
import type { watchPromotion } from '../../src/workflows/watch-promotion';
import { endWatchSignal, watchStatusQuery } from '../../src/workflows/watch-signals';
import { localEnvironment } from '../support/servers';
import { withWorker } from '../support/workflow-worker';
import { configuration, mockActivities, promotionPlan } from './mock-activities';

describe('the watch that a promotion starts', function () {
  this.timeout(60_000);
  let environment: TestWorkflowEnvironment;
  // Its clock does not run ahead: a watch that goes on for a day is still there to be asked.
  before(async () => {
    environment = await localEnvironment(searchAttributes);
  });

  function mocksWith(watch: WatchConfiguration) {
    return mockActivities({
      planPromotion: ({ modelVersion }: { modelVersion: number }) =>
        Promise.resolve({
          ...promotionPlan,
          watch,
          botVersion: String(modelVersion),
          liveModelVersion: modelVersion - 1,
        }),
      saveAlias: ({ version }: { version: string }) =>
        Promise.resolve({ snapshot: promotionPlan.items, previousVersion: String(Number(version) - 1) }),
    });
  }

  const promoteModel = (taskQueue: string, pipeline: string, modelVersion: number) =>
    environment.client.workflow.execute<typeof promote>('promote', {
      workflowId: `promote/${pipeline}/v${modelVersion}`,
      taskQueue,
      args: [{ pipeline, modelVersion }],
    });

  const watchOver = (pipeline: string, modelVersion: number) =>
    environment.client.workflow.getHandle<typeof watchPromotion>(watchWorkflowId(pipeline, modelVersion));

  it('goes on when the promotion is over, and ends the one over the model before', async () => {
    const mocks = mocksWith(configuration.watch);
    const pipeline = `promoted-${randomUUID()}`;
    await withWorker(environment, mocks.activities, async (taskQueue) => {
      const began = Date.now();
      await promoteModel(taskQueue, pipeline, 2);
      const first = await watchOver(pipeline, 2).query(watchStatusQuery);
      assert.deepEqual(
        [first.verdict, first.looks, first.aliasName, first.botVersion, first.previousVersion],
        [null, 0, 'live', '2', '1'],
      );
      // Whole periods of five minutes, of which the first that began after the switch may be left out.
      const waitedMinutes = (Date.parse(first.since) - began) / 60_000;
      assert.ok(waitedMinutes >= 5 && waitedMinutes <= 10.5, `${waitedMinutes} minutes`);
      assert.equal(Date.parse(first.until) - Date.parse(first.since), 24 * 3_600_000);

      await promoteModel(taskQueue, pipeline, 3);
      const ended = await watchOver(pipeline, 2).result();
      assert.deepEqual([ended.verdict, ended.note], ['superseded', 'Model v3 went live.']);
      const second = await watchOver(pipeline, 3).query(watchStatusQuery);
      assert.deepEqual([second.verdict, second.botVersion, second.previousVersion], [null, '3', '2']);
      await watchOver(pipeline, 3).signal(endWatchSignal, { verdict: 'stopped', note: 'The test is over.' });
      assert.equal((await watchOver(pipeline, 3).result()).verdict, 'stopped');
    });
    assert.deepEqual(mocks.notifications(), []);
  });

  it('is none where the pipeline turns it off, and ends the one over the model before all the same', async () => {
    const pipeline = `off-${randomUUID()}`;
    const mocks = mocksWith(configuration.watch);
    await withWorker(environment, mocks.activities, (taskQueue) => promoteModel(taskQueue, pipeline, 2));
    const without = mocksWith({ ...configuration.watch, hours: 0 });
    await withWorker(environment, without.activities, async (taskQueue) => {
      await promoteModel(taskQueue, pipeline, 3);
      await assert.rejects(watchOver(pipeline, 3).describe(), { name: 'WorkflowNotFoundError' });
    });
    const description = await watchOver(pipeline, 2).describe();
    await withWorker(
      environment,
      without.activities,
      async () => {
        assert.equal((await watchOver(pipeline, 2).result()).verdict, 'superseded');
      },
      description.taskQueue,
    );
  });
});
