import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { promote } from '../../src/workflows/promote';
import type { retrain } from '../../src/workflows/retrain';
import { timeSkippingEnvironment } from '../support/servers';
import { withWorker } from '../support/workflow-worker';
import { artifact, bot, configuration, mockActivities, promotionPlan } from './mock-activities';

/** A watch would outlive the worker, and the server's time would not be skipped for it. */
const unwatchedPlan = { ...promotionPlan, watch: undefined };

/** A cycle that begins with a model whose promotion was broken off, and has nothing else to do. */
function mocksAfter(liveVersion: string, plan: Promise<void> = Promise.resolve()) {
  return mockActivities({
    planPromotion: () => plan.then(() => unwatchedPlan),
    openCycle: ({ pipeline }: { pipeline: string }) =>
      Promise.resolve({
        number: 7,
        uri: 's3://test/store/cycles/0007/',
        configuration: { ...configuration, name: pipeline },
        brokenOffPromotion: 2,
        state: { ledgerUri: null, categoryMapUri: null, carriedOverUri: null, goldenSetUri: null },
      }),
    resolveBot: () => Promise.resolve({ ...bot, liveVersion }),
    listNewLogs: () => Promise.resolve({ objects: artifact('objects', 0), newBytes: 0, readBefore: 1 }),
  });
}

describe('a promotion that was terminated', function () {
  this.timeout(60_000);

  async function cycleAfter(mocks: ReturnType<typeof mockActivities>, endPromotion?: () => void) {
    const environment = await timeSkippingEnvironment();
    const pipeline = `broken-off-${randomUUID()}`;
    await withWorker(environment, mocks.activities, async (taskQueue) => {
      const { workflow } = environment.client;
      const running = endPromotion
        ? await workflow.start<typeof promote>('promote', {
            workflowId: `promote/${pipeline}/v2`,
            taskQueue,
            args: [{ pipeline, modelVersion: 2 }],
          })
        : null;
      const result = await workflow.execute<typeof retrain>('retrain', {
        workflowId: `retrain/${pipeline}`,
        taskQueue,
        args: [{ pipeline, trigger: 'manual' }],
      });
      assert.equal(result.outcome, 'skipped');
      assert.equal(mocks.names().includes('withdrawApproval'), running === null);
      endPromotion?.();
      await running?.result();
    });
  }

  it('is taken back by the next cycle: the alias, the approval, and the trail tells it', async () => {
    const mocks = mocksAfter('2');
    await cycleAfter(mocks);
    assert.deepEqual(mocks.names().slice(0, 7), [
      'openCycle',
      'planPromotion',
      'resolveBot',
      'findSavedAlias',
      'restoreAlias',
      'withdrawApproval',
      'listNewLogs',
    ]);
    const noted = mocks.calls.find(({ name }) => name === 'recordAudit');
    const [record] = noted?.input['records'] as { event: { kind: string } }[];
    assert.equal(record?.event.kind, 'promotion-withdrawn');
  });

  it('leaves an alias alone that was not switched yet, or that a person has switched since', async () => {
    const mocks = mocksAfter('1');
    await cycleAfter(mocks);
    assert.ok(!mocks.names().includes('restoreAlias'));
    assert.ok(mocks.names().includes('withdrawApproval'));
  });

  it('is left alone while it runs', async () => {
    let end = () => {};
    const ended = new Promise<void>((resolve) => (end = resolve));
    const mocks = mocksAfter('2', ended);
    await cycleAfter(mocks, end);
    assert.ok(mocks.names().includes('markModelLive'), 'the promotion goes on to its end');
  });
});
