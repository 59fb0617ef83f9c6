import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { WorkflowUpdateFailedError, type WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { InvalidInputError, messageOfFailure } from '../../src/domain/errors';
import { foldReview, proposalObjections, type Decision } from '../../src/domain/review';
import {
  decideSignal,
  decideUpdate,
  finishSignal,
  finishUpdate,
  reviewDecisionsQuery,
  reviewStateQuery,
  type review,
  type ReviewInput,
} from '../../src/workflows/review';
import type { PayloadLimit } from '../support/payload-limit';
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
    body: (
      handle: WorkflowHandle<typeof review>,
      mocks: ReturnType<typeof mockActivities>,
      payloads: PayloadLimit,
    ) => Promise<T>,
    overrides: Parameters<typeof mockActivities>[0] = {},
    changes: Partial<ReviewInput> = {},
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
      ...changes,
    };
    const mocks = mockActivities(overrides);
    return withWorker(environment, mocks.activities, async (taskQueue, payloads) => {
      const handle = await environment.client.workflow.start<typeof review>('review', {
        workflowId: `review/${randomUUID()}`,
        taskQueue,
        args: [input],
      });
      const value = await body(handle, mocks, payloads);
      // What is left unfinished without a worker would keep the environment from skipping time.
      await handle.result();
      return value;
    });
  }

  const refused = (expected: RegExp, inSpanish?: RegExp | null) => (error: unknown) => {
    assert.ok(error instanceof WorkflowUpdateFailedError, String(error));
    assert.ok(error.cause instanceof ApplicationFailure, String(error.cause));
    assert.equal(error.cause.type, 'InvalidDecision');
    assert.match(error.cause.message, expected);
    const message = messageOfFailure(error.cause);
    if (inSpanish === null) assert.equal(typeof message, 'string');
    if (inSpanish) assert.match(typeof message === 'string' ? '' : message.es, inSpanish);
    return true;
  };

  it('takes decisions by update, tells the sender how it stands, and leaves them as an artifact', async () => {
    await reviewing(async (handle, mocks) => {
      const standing = await handle.executeUpdate(decideUpdate, {
        args: [{ action: 'accept', proposal: 'p-1', name: 'Wifi', author }],
      });
      assert.deepEqual([standing.decisions, standing.open, standing.finished], [1, 1, false]);
      await handle.executeUpdate(decideUpdate, {
        args: [{ action: 'reject', proposal: 'e-Saludar', reason: 'noise', author }],
      });
      const asked = await handle.query(reviewDecisionsQuery, 0);
      await handle.executeUpdate(finishUpdate, { args: [{ author }] });
      const result = await handle.result();
      assert.equal(result.outcome, 'finished');
      assert.deepEqual(result.decisions, artifact('decisions-2', 2));
      assert.deepEqual(
        mocks.decisions().map(({ number, action, author: by, reason }) => [number, action, by, reason]),
        [
          [1, 'accept', 'ana', undefined],
          [2, 'reject', 'ana', 'noise'],
        ],
      );
      assert.deepEqual(mocks.decisions(), asked);
      assert.ok(asked.every((event) => !Number.isNaN(Date.parse(event.at))));
    });
  });

  it('refuses what makes no sense, and stores nothing of it', async () => {
    await reviewing(async (handle) => {
      await assert.rejects(
        handle.executeUpdate(decideUpdate, { args: [{ action: 'accept', proposal: 'p-7', author }] }),
        refused(/no proposal "p-7"/, /^Esa propuesta \(p-7\) no está en la revisión/),
      );
      await assert.rejects(
        handle.executeUpdate(finishUpdate, { args: [{ author: '' }] }),
        refused(/needs an author/, /hace falta un autor/),
      );
      assert.deepEqual(await handle.query(reviewDecisionsQuery, 0), []);
      await handle.executeUpdate(finishUpdate, { args: [{ author }] });
    });
  });

  it('takes the same by signal, and shows what it could not follow', async () => {
    await reviewing(async (handle, mocks) => {
      await handle.signal(decideSignal, { action: 'rename', proposal: 'p-1', name: 'Wifi', author });
      await handle.signal(decideSignal, { action: 'accept', proposal: 'p-7', author });
      await handle.signal(decideSignal, { action: 'accept-all', author });
      await handle.signal(finishSignal, {} as { author: string });
      const { refusedSignals } = await handle.query(reviewStateQuery);
      assert.deepEqual(refusedSignals.map((reason) => reason.split('.')[0]).sort(), [
        'There is no proposal "p-7"',
        'To finish needs an author: {"author":"ana"}',
      ]);
      await handle.signal(finishSignal, { author });
      await handle.result();
      assert.deepEqual(
        mocks.decisions().map((event) => event.action),
        ['rename', 'accept-all'],
      );
    });
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
      await handle.executeUpdate(decideUpdate, { args: [{ ...split, members: [...split.members] }] });
      assert.deepEqual(
        foldReview(proposals, await handle.query(reviewDecisionsQuery, 0))
          .proposals.filter((one) => one.id.startsWith('p-1'))
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
          refused(/^2 of the phrases do not belong there\.$/, null),
        );
        assert.deepEqual(await handle.query(reviewDecisionsQuery, 0), []);
        await handle.executeUpdate(finishUpdate, { args: [{ author }] });
      },
      {
        resolveSplit: () =>
          Promise.reject(new InvalidInputError('2 of the phrases do not belong there.', {})),
      },
    );
    const [first] = foldReview(proposals, []).proposals;
    await reviewing(
      async (handle) => {
        await assert.rejects(
          handle.executeUpdate(decideUpdate, { args: [{ ...split, members: [...split.members] }] }),
          refused(
            /^2 of the phrases do not belong to "\w+" \(p-1\): a, b\./,
            /^2 de las frases ya no pertenecen a «\w+»/,
          ),
        );
        await handle.executeUpdate(finishUpdate, { args: [{ author }] });
      },
      {
        resolveSplit: () =>
          Promise.reject(
            new InvalidInputError(proposalObjections.notItsPhrases([...split.members], first!, [first!])),
          ),
      },
    );
  });

  it('says in both languages why it refuses an update, and of a signal in English', async () => {
    await reviewing(async (handle) => {
      const decide = (decision: Decision) => handle.executeUpdate(decideUpdate, { args: [decision] });
      await decide({ action: 'reject', proposal: 'p-1', author: 'luis' });
      const rename = { action: 'rename', proposal: 'p-1', name: 'Wifi', author } as const;
      await assert.rejects(
        decide(rename),
        refused(/^"\w+" \(p-1\) is rejected already: /, /^La propuesta «\w+» ya está rechazada: /),
      );
      await handle.signal(decideSignal, rename);
      const { refusedSignals } = await handle.query(reviewStateQuery);
      assert.match(refusedSignals.join(), /^"\w+" \(p-1\) is rejected already: /);
      await assert.rejects(
        handle.executeUpdate(finishUpdate, { args: [{ author, decisions: 0 }] }),
        refused(
          /^There is 1 decision now, and you have seen 0\./,
          /^Ahora hay 1 decisión, y usted ha visto 0\./,
        ),
      );
      await handle.executeUpdate(finishUpdate, { args: [{ author }] });
    });
  });

  it('keeps what was decided when the deadline passes', async () => {
    const result = await reviewing(async (handle) => {
      await handle.executeUpdate(decideUpdate, { args: [{ action: 'accept', proposal: 'p-1', author }] });
      return handle.result();
    });
    assert.equal(result.outcome, 'deadline-proceed');
    assert.equal(result.decisions?.rows, 1);
  });
});
