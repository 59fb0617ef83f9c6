import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { WorkflowUpdateFailedError, type WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { InvalidInputError } from '../../src/domain/errors';
import {
  decideSignal,
  decideUpdate,
  finishSignal,
  finishUpdate,
  reviewStateQuery,
  type review,
  type ReviewInput,
} from '../../src/workflows/review';
import { timeSkippingEnvironment } from '../support/servers';
import { withWorker } from '../support/workflow-worker';
import { artifact, configuration, mockActivities, proposals } from './mock-activities';

const author = 'ana';

describe('review: waiting for a person', function () {
  this.timeout(60_000);
  let environment: TestWorkflowEnvironment;
  before(async () => {
    environment = await timeSkippingEnvironment();
  });

  async function reviewing<T>(
    body: (handle: WorkflowHandle<typeof review>) => Promise<T>,
    overrides: Parameters<typeof mockActivities>[0] = {},
  ): Promise<T> {
    const input: ReviewInput = {
      pipeline: 'test',
      cycle: 1,
      language: 'es',
      topicArn: configuration.notify.topicArn,
      cycleUri: 's3://test/',
      proposals,
      existingIntents: ['Saludar', 'PedirCafe'],
      discovery: artifact('discovery'),
      utterances: artifact('utterances'),
      configuration: configuration.review,
    };
    return withWorker(environment, mockActivities(overrides).activities, async (taskQueue) => {
      const handle = await environment.client.workflow.start<typeof review>('review', {
        workflowId: `review/${randomUUID()}`,
        taskQueue,
        args: [input],
      });
      return body(handle);
    });
  }

  const refused = (expected: RegExp) => (error: unknown) => {
    assert.ok(error instanceof WorkflowUpdateFailedError, String(error));
    assert.match(error.cause?.message ?? '', expected);
    return true;
  };

  it('takes decisions by update and tells the sender what stands', async () => {
    const result = await reviewing(async (handle) => {
      const view = await handle.executeUpdate(decideUpdate, {
        args: [{ action: 'accept', proposal: 'p-1', name: 'Wifi', author }],
      });
      assert.deepEqual(
        view.proposals.map(({ id, status, category }) => [id, status, category]),
        [
          ['p-1', 'accepted', 'Wifi'],
          ['e-Saludar', 'open', null],
        ],
      );
      await handle.executeUpdate(decideUpdate, {
        args: [{ action: 'reject', proposal: 'e-Saludar', reason: 'noise', author }],
      });
      await handle.executeUpdate(finishUpdate, { args: [{ author }] });
      return handle.result();
    });
    assert.equal(result.outcome, 'finished');
    assert.deepEqual(
      result.events.map(({ number, action, author: by, reason }) => [number, action, by, reason]),
      [
        [1, 'accept', 'ana', undefined],
        [2, 'reject', 'ana', 'noise'],
      ],
    );
    assert.ok(result.events.every((event) => !Number.isNaN(Date.parse(event.at))));
  });

  it('refuses what makes no sense, and stores nothing of it', async () => {
    await reviewing(async (handle) => {
      await assert.rejects(
        handle.executeUpdate(decideUpdate, { args: [{ action: 'accept', proposal: 'p-7', author }] }),
        refused(/no proposal "p-7"/),
      );
      await assert.rejects(
        handle.executeUpdate(finishUpdate, { args: [{ author: '' }] }),
        refused(/needs an author/),
      );
      assert.deepEqual((await handle.query(reviewStateQuery)).events, []);
      await handle.executeUpdate(finishUpdate, { args: [{ author }] });
    });
  });

  it('takes the same by signal, and shows what it could not follow', async () => {
    const result = await reviewing(async (handle) => {
      await handle.signal(decideSignal, { action: 'rename', proposal: 'e-Saludar', name: 'Hola', author });
      await handle.signal(decideSignal, { action: 'accept', proposal: 'p-7', author });
      await handle.signal(decideSignal, { action: 'accept-all', author });
      await handle.signal(finishSignal, {} as { author: string });
      const { refusedSignals } = await handle.query(reviewStateQuery);
      assert.equal(refusedSignals.length, 2);
      assert.match(String(refusedSignals[0]), /no proposal "p-7"/);
      await handle.signal(finishSignal, { author });
      return handle.result();
    });
    assert.deepEqual(
      result.events.map((event) => event.action),
      ['rename', 'accept-all'],
    );
  });

  it('splits only members that belong there, and counts what leaves with them', async () => {
    const split = {
      action: 'split',
      proposal: 'p-1',
      members: ['a', 'b'],
      name: 'ClaveWifi',
      author,
    } as const;
    await reviewing(async (handle) => {
      const view = await handle.executeUpdate(decideUpdate, {
        args: [{ ...split, members: [...split.members] }],
      });
      assert.deepEqual(
        view.proposals
          .filter((one) => one.id.startsWith('p-1'))
          .map(({ id, size, interactions }) => [id, size, interactions]),
        [
          ['p-1', 8, 93],
          ['p-1.1', 2, 7],
        ],
      );
      await handle.executeUpdate(finishUpdate, { args: [{ author }] });
    });
    await reviewing(
      async (handle) => {
        await assert.rejects(
          handle.executeUpdate(decideUpdate, { args: [{ ...split, members: [...split.members] }] }),
          WorkflowUpdateFailedError,
        );
        assert.deepEqual((await handle.query(reviewStateQuery)).events, []);
        await handle.executeUpdate(finishUpdate, { args: [{ author }] });
      },
      {
        resolveSplit: () =>
          Promise.reject(new InvalidInputError('2 of the phrases do not belong there.', {})),
      },
    );
  });

  it('keeps what was decided when the deadline passes', async () => {
    const result = await reviewing(async (handle) => {
      await handle.executeUpdate(decideUpdate, { args: [{ action: 'accept', proposal: 'p-1', author }] });
      return handle.result();
    });
    assert.equal(result.outcome, 'deadline-proceed');
    assert.equal(result.events.length, 1);
  });
});
