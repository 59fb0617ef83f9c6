import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { WorkflowFailedError } from '@temporalio/client';
import { rootCause } from '../../src/commands/follow';
import { NotFoundError, OutsideWorkFailedError } from '../../src/domain/errors';
import type { promote } from '../../src/workflows/promote';
import { timeSkippingEnvironment } from '../support/servers';
import { withWorker } from '../support/workflow-worker';
import { mockActivities } from './mock-activities';

describe('promote: taking back what was done', function () {
  this.timeout(60_000);

  async function failing(overrides: Parameters<typeof mockActivities>[0]) {
    const environment = await timeSkippingEnvironment();
    const mocks = mockActivities(overrides);
    const failure: unknown = await withWorker(environment, mocks.activities, (taskQueue) =>
      environment.client.workflow.execute<typeof promote>('promote', {
        workflowId: `promote/${randomUUID()}`,
        taskQueue,
        args: [{ pipeline: 'test', modelVersion: 2 }],
      }),
    ).then(
      () => undefined,
      (error: unknown) => error,
    );
    assert.ok(failure instanceof WorkflowFailedError);
    return { message: rootCause(failure).message, names: mocks.names() };
  }

  it('withdraws the approval although the alias was deleted meanwhile', async () => {
    const gone = () => Promise.reject(new NotFoundError('The alias live does not exist any more.'));
    const { message, names } = await failing({ switchAlias: gone, restoreAlias: gone });
    assert.equal(message, 'The alias live does not exist any more.');
    assert.deepEqual(names.slice(-3), ['switchAlias', 'restoreAlias', 'withdrawApproval']);
  });

  it('says both what failed and what could not be put back', async () => {
    const { message, names } = await failing({
      smokeTest: () => Promise.reject(new OutsideWorkFailedError('The live alias answers wrongly.')),
      restoreAlias: () => Promise.reject(new NotFoundError('The alias live is gone.')),
    });
    assert.equal(
      message,
      'The live alias answers wrongly. Not everything could be put back: The alias live is gone. Look at the alias live in the Lex console.',
    );
    assert.equal(names.at(-1), 'withdrawApproval');
  });
});
