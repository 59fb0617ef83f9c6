import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Client, WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { NoWorkerError } from '../../src/operations/answered-by-worker';
import { findReview, finishReview, listReview, sendDecision } from '../../src/operations/reviews';
import { reviewWorkflowId } from '../../src/domain/cycle';
import { CicloError, NotFoundError } from '../../src/domain/errors';
import { openObjectStore } from '../../src/platform/storage/object-store';
import {
  decideSignal,
  reviewDecisionsQuery,
  reviewStateQuery,
  type review,
  type ReviewInput,
} from '../../src/workflows/review';
import { searchAttributes } from '../../src/workflows/search-attributes';
import { assertDocumented } from '../support/bad-input/page';
import { localEnvironment } from '../support/servers';
import { withWorker } from '../support/workflow-worker';
import { artifact, configuration, mockActivities, proposals } from '../workflows/mock-activities';

const author = 'ana';
const accept = { action: 'accept', proposal: 'p-1', author } as const;

describe('answering a review from the command line', function () {
  this.timeout(120_000);
  let environment: TestWorkflowEnvironment;
  let client: Client;
  before(async () => {
    environment = await localEnvironment(searchAttributes);
    client = environment.client;
  });

  async function start(
    pipeline: string,
    taskQueue: string,
    changes: Partial<ReviewInput['configuration']> = {},
  ): Promise<WorkflowHandle<typeof review>> {
    const input: ReviewInput = {
      pipeline,
      cycle: 3,
      language: 'es',
      topicArn: configuration.notify.topicArn,
      cycleUri: 's3://test/',
      proposals,
      existingIntents: ['Saludar', 'PedirCafe'],
      discovery: artifact('discovery'),
      utterances: artifact('utterances'),
      configuration: { ...configuration.review, ...changes },
    };
    return client.workflow.start<typeof review>('review', {
      workflowId: reviewWorkflowId(pipeline, 3),
      taskQueue,
      args: [input],
    });
  }

  /** What the command line prints. */
  async function refusal(call: Promise<unknown>): Promise<string> {
    try {
      await call;
    } catch (error) {
      assert.ok(error instanceof CicloError, String(error));
      return error.message;
    }
    return assert.fail('It was taken.');
  }

  const named = () => `cafe-${randomUUID().slice(0, 8)}`;
  const worker = <T>(body: (taskQueue: string) => Promise<T>) =>
    withWorker(environment, mockActivities().activities, body);

  it('refuses an unknown proposal, and a name that differs from an intent by case', async () => {
    const pipeline = named();
    await worker(async (taskQueue) => {
      const handle = await start(pipeline, taskQueue);
      const unknown = await refusal(sendDecision(client, handle.workflowId, { ...accept, proposal: 'p-99' }));
      const byCase = await refusal(sendDecision(client, handle.workflowId, { ...accept, name: 'pedirCAFE' }));
      assert.deepEqual(await handle.query(reviewDecisionsQuery, 0), []);
      await handle.terminate();
      assertDocumented('unknown-proposal', unknown);
      assertDocumented('names-by-case', byCase);
    });
  });

  it('refuses what comes after the end, by update and by the command to finish', async () => {
    const pipeline = named();
    await worker(async (taskQueue) => {
      const { workflowId } = await start(pipeline, taskQueue);
      await sendDecision(client, workflowId, accept);
      await finishReview(client, workflowId, author);
      const result = await client.workflow.getHandle<typeof review>(workflowId).result();
      assert.deepEqual([result.outcome, result.decisions?.rows], ['finished', 1]);
      const message = await refusal(sendDecision(client, workflowId, { ...accept, name: 'Other' }));
      assert.equal(await refusal(finishReview(client, workflowId, author)), message);
      assertDocumented('answered-twice', message, { [pipeline]: 'cafe' });
    });
  });

  it('refuses what comes after the deadline', async () => {
    const pipeline = named();
    await worker(async (taskQueue) => {
      const handle = await start(pipeline, taskQueue, { deadlineHours: 1 / 3600 });
      assert.equal((await handle.result()).outcome, 'deadline-proceed');
      const { deadline } = await handle.query(reviewStateQuery);
      const message = await refusal(sendDecision(client, handle.workflowId, accept));
      assertDocumented('after-deadline', message, {
        [pipeline]: 'cafe',
        [deadline]: '2026-11-22T12:00:00.000Z',
      });
    });
  });

  it('says that no worker answers; a signal waits for one', async () => {
    const pipeline = named();
    const taskQueue = `test-${randomUUID()}`;
    const handle = await start(pipeline, taskQueue);
    const begun = performance.now();
    const message = await refusal(sendDecision(client, handle.workflowId, accept));
    const waitedMs = performance.now() - begun;
    assert.ok(waitedMs > 14_000 && waitedMs < 25_000, `${waitedMs} ms`);
    await assert.rejects(listReview(client, openObjectStore(), handle.workflowId), (error) => {
      assert.ok(
        error instanceof NoWorkerError,
        String(error) + JSON.stringify(error) + String((error as Error).cause),
      );
      assert.equal(error.permanent, false);
      return error.message === message;
    });
    assertDocumented('worker-down', message, { [pipeline]: 'cafe' });

    await handle.signal(decideSignal, { ...accept, name: 'PorSenal' });
    await withWorker(
      environment,
      mockActivities().activities,
      async () => {
        for (let tries = 0; tries < 100; tries++) {
          const events = await handle.query(reviewDecisionsQuery, 0);
          if (
            events.some(
              ({ action, ...event }) => action === 'accept' && 'name' in event && event.name === 'PorSenal',
            )
          )
            return;
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
        assert.fail('The signal was lost.');
      },
      taskQueue,
    );
    await handle.terminate();
  });

  it('says where there is no review', async () => {
    await assert.rejects(findReview(client, 'nobody'), NotFoundError);
    const message = await refusal(sendDecision(client, reviewWorkflowId('nobody', 7), accept));
    assert.equal(
      message,
      'There is no review review/nobody/0007. See "npx ciclo status nobody" for the cycle that waits for one.',
    );
  });
});
