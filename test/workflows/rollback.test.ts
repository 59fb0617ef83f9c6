import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { rollback } from '../../src/workflows/rollback';
import { timeSkippingEnvironment } from '../support/servers';
import { withWorker } from '../support/workflow-worker';
import { mockActivities } from './mock-activities';

describe('rollback: back to an earlier model', () => {
  it('saves the alias, switches it and tells people', async () => {
    const environment = await timeSkippingEnvironment();
    const mocks = mockActivities({
      resolveBot: () =>
        Promise.resolve({
          botId: 'B',
          botName: 'TestBot',
          aliasId: 'A',
          aliasName: 'live',
          localeId: 'es_ES',
          liveVersion: '2',
        }),
    });
    const result = await withWorker(environment, mocks.activities, (taskQueue) =>
      environment.client.workflow.execute<typeof rollback>('rollback', {
        workflowId: `rollback/${randomUUID()}`,
        taskQueue,
        args: [{ pipeline: 'test', author: 'ana', reason: 'complaints', modelVersion: null }],
      }),
    );
    assert.deepEqual(result, {
      fromModelVersion: 2,
      toModelVersion: 1,
      botVersionBefore: '2',
      botVersionAfter: '1',
    });
    assert.deepEqual(mocks.names(), [
      'planRollback',
      'resolveBot',
      'saveAlias',
      'switchAlias',
      'markModelLive',
      'notify',
    ]);
    assert.equal(mocks.calls.find((call) => call.name === 'switchAlias')?.input['version'], '1');
    assert.equal(mocks.calls.at(-1)?.input['author'], 'ana');
  });
});
