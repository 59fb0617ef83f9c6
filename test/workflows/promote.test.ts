import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { WorkflowFailedError } from '@temporalio/client';
import { rootCause } from '../../src/commands/follow';
import { NotFoundError, OutsideWorkFailedError } from '../../src/domain/errors';
import type { promote } from '../../src/workflows/promote';
import { timeSkippingEnvironment } from '../support/servers';
import { withWorker } from '../support/workflow-worker';
import { mockActivities } from './mock-activities';

type Calls = ReturnType<typeof mockActivities>['calls'];

/** Names of the activities in their order; what goes into the audit trail by what it tells. */
const steps = (calls: Calls) =>
  calls.map(({ name, input }) => {
    if (name !== 'recordAudit') return name;
    const [record] = input['records'] as { event: { kind: string; author: string | null } }[];
    return `${record!.event.kind} by ${record!.event.author}`;
  });

describe('promote', function () {
  this.timeout(120_000);

  async function promoted(author?: string): Promise<Calls> {
    const environment = await timeSkippingEnvironment();
    const mocks = mockActivities();
    await withWorker(environment, mocks.activities, (taskQueue) =>
      environment.client.workflow.execute<typeof promote>('promote', {
        workflowId: `promote/${randomUUID()}`,
        taskQueue,
        args: [{ pipeline: 'test', modelVersion: 2, ...(author && { author }) }],
      }),
    );
    return mocks.calls;
  }

  it('notes in the audit trail what it is about to do before the alias is touched, and that it is live', async () => {
    assert.deepEqual(steps(await promoted('ana')), [
      'planPromotion',
      'resolveBot',
      'promotion-started by ana',
      'approveModel',
      'saveAlias',
      'switchAlias',
      'smokeTest',
      'promoted by ana',
      'markModelLive',
    ]);
  });

  it('has no author where a cycle promotes', async () => {
    assert.ok(steps(await promoted()).includes('promoted by null'));
  });
});

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
    return { message: rootCause(failure).message, names: mocks.names(), steps: steps(mocks.calls) };
  }

  it('withdraws the approval although the alias was deleted meanwhile', async () => {
    const gone = () => Promise.reject(new NotFoundError('The alias live does not exist any more.'));
    const { message, names } = await failing({ switchAlias: gone, restoreAlias: gone });
    assert.equal(message, 'The alias live does not exist any more.');
    assert.deepEqual(names.slice(-3), ['switchAlias', 'restoreAlias', 'withdrawApproval']);
  });

  it('puts the alias back first, then the approval, and notes it once both are done', async () => {
    const failed = await failing({
      smokeTest: () => Promise.reject(new OutsideWorkFailedError('The live alias answers wrongly.')),
    });
    assert.deepEqual(failed.steps.slice(2), [
      'promotion-started by null',
      'approveModel',
      'saveAlias',
      'switchAlias',
      'smokeTest',
      'restoreAlias',
      'withdrawApproval',
      'promotion-withdrawn by null',
    ]);
    assert.equal(failed.message, 'The live alias answers wrongly.');
  });

  it('touches nothing where the audit trail cannot be written', async () => {
    const failed = await failing({
      recordAudit: () => Promise.reject(new NotFoundError('The bucket is gone.')),
    });
    assert.deepEqual(failed.names, ['planPromotion', 'resolveBot']);
    assert.equal(failed.message, 'The bucket is gone.');
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
