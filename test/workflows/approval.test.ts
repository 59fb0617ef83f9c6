import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { WorkflowUpdateFailedError, type WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { ReviewConfiguration } from '../../src/domain/pipeline';
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

describe('review: approval by more than one person', function () {
  this.timeout(120_000);
  let environment: TestWorkflowEnvironment;
  before(async () => {
    environment = await timeSkippingEnvironment();
  });

  async function reviewing<T>(
    roles: Partial<ReviewConfiguration>,
    body: (handle: WorkflowHandle<typeof review>, mocks: ReturnType<typeof mockActivities>) => Promise<T>,
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
      configuration: { ...configuration.review, ...roles },
    };
    const mocks = mockActivities();
    return withWorker(environment, mocks.activities, async (taskQueue) => {
      const handle = await environment.client.workflow.start<typeof review>('review', {
        workflowId: `review/${randomUUID()}`,
        taskQueue,
        args: [input],
      });
      return body(handle, mocks);
    });
  }
  const decide = (handle: WorkflowHandle<typeof review>, author: string, proposal = 'p-1') =>
    handle.executeUpdate(decideUpdate, { args: [{ action: 'accept', proposal, author }] });
  const approve = (handle: WorkflowHandle<typeof review>, author: string) =>
    handle.executeUpdate(finishUpdate, { args: [{ author }] });
  const refused = (expected: RegExp) => (error: unknown) => {
    assert.ok(error instanceof WorkflowUpdateFailedError, String(error));
    assert.match(error.cause?.message ?? '', expected);
    return true;
  };

  it('goes on only when a second person has approved', async () => {
    const result = await reviewing({ approvals: 2 }, async (handle) => {
      await decide(handle, 'ana');
      const view = await approve(handle, 'ana');
      assert.equal(view.finished, false);
      assert.equal(view.approvalsMissing, 1);
      await assert.rejects(approve(handle, ' ANA'), refused(/approved already.*somebody else/));
      const done = await approve(handle, 'luis');
      assert.equal(done.finished, true);
      return handle.result();
    });
    assert.equal(result.outcome, 'finished');
    assert.deepEqual(
      result.approvals.map(({ author }) => author),
      ['ana', 'luis'],
    );
    assert.equal(result.decisions?.rows, 1);
  });

  it('withdraws approvals when a decision changes', async () => {
    const result = await reviewing({ approvals: 2 }, async (handle) => {
      await decide(handle, 'ana');
      await approve(handle, 'luis');
      const changed = await decide(handle, 'ana', 'e-Saludar');
      await assert.rejects(
        handle.executeUpdate(finishUpdate, { args: [{ author: 'luis', decisions: 1 }] }),
        refused(/There are 2 decisions now, and you have seen 1/),
      );
      assert.deepEqual(changed.approvals, []);
      assert.equal(changed.approvalsMissing, 2);
      assert.equal((await approve(handle, 'ana')).finished, false);
      assert.equal((await approve(handle, 'luis')).finished, true);
      return handle.result();
    });
    assert.deepEqual(
      result.approvals.map(({ author }) => author),
      ['ana', 'luis'],
    );
  });

  it('keeps an approval when a decision is refused', () =>
    reviewing({ approvals: 2 }, async (handle) => {
      await approve(handle, 'luis');
      await assert.rejects(decide(handle, 'ana', 'p-99'), refused(/no proposal/));
      assert.equal((await handle.query(reviewStateQuery)).approvals.length, 1);
      assert.equal((await approve(handle, 'ana')).finished, true);
      await handle.result();
    }));

  it('lets reviewers decide and approvers approve, by update and by signal', async () => {
    const roles = { reviewers: ['ana'], approvers: ['marta'] };
    const result = await reviewing(roles, async (handle, mocks) => {
      await assert.rejects(decide(handle, 'luis'), refused(/"luis" may not decide.*ana/));
      await handle.signal(decideSignal, { action: 'accept', proposal: 'p-1', author: 'luis' });
      await handle.signal(decideSignal, { action: 'accept', proposal: 'p-1', author: 'ana' });
      await assert.rejects(approve(handle, 'ana'), refused(/"ana" may not approve.*marta/));
      await handle.signal(finishSignal, { author: 'ana' });
      const view = await handle.query(reviewStateQuery);
      assert.equal(view.finished, false);
      assert.deepEqual(view.approversRemaining, ['marta']);
      assert.deepEqual(
        view.refusedSignals.map((reason) => reason.split('.')[0]),
        ['"luis" may not decide here', '"ana" may not approve here'],
      );
      await handle.signal(finishSignal, { author: 'Marta' });
      const ended = await handle.result();
      assert.deepEqual(
        mocks.decisions().map(({ author }) => author),
        ['ana'],
      );
      return ended;
    });
    assert.deepEqual(
      result.approvals.map(({ author }) => author),
      ['Marta'],
    );
  });

  it('uses nothing that was not approved when time is up', async () => {
    const result = await reviewing({ approvals: 2 }, async (handle) => {
      await decide(handle, 'ana');
      await approve(handle, 'ana');
      return handle.result();
    });
    assert.equal(result.outcome, 'deadline-proceed');
    assert.equal(result.decisions, null);
    assert.deepEqual(result.approvals, []);
  });

  it('notes every decision and approval in the audit trail before it ends', async () => {
    await reviewing({ approvals: 2 }, async (handle, mocks) => {
      await decide(handle, 'ana');
      await approve(handle, 'ana');
      await approve(handle, 'luis');
      await handle.result();
      const [noted, ...more] = mocks.calls.filter(({ name }) => name === 'recordAudit');
      assert.deepEqual(more, []);
      assert.equal(noted?.input['pipeline'], 'test');
      const records = noted?.input['records'] as { id: string; event: { kind: string; author?: string } }[];
      assert.deepEqual(
        records.map(({ event }) => [event.kind, event.author]),
        [
          ['decision', 'ana'],
          ['approval', 'ana'],
          ['approval', 'luis'],
          ['review-finished', undefined],
        ],
      );
      assert.ok(records.every(({ id }) => id.startsWith(`${handle.workflowId}/`)));
    });
  });

  it('tells people at once that an approval is missing, and by whom', async () => {
    await reviewing({ approvals: 2, approvers: ['ana', 'luis'] }, async (handle, mocks) => {
      await decide(handle, 'carla');
      await approve(handle, 'ana');
      const told = () =>
        mocks.calls.filter(({ name }) => name === 'notify').map(({ input }) => input['approvals']);
      while (told().length < 2) await new Promise((resolve) => setTimeout(resolve, 50));
      assert.deepEqual(told().slice(0, 2), [
        { given: [], missing: 2, remaining: ['ana', 'luis'] },
        { given: ['ana'], missing: 1, remaining: ['luis'] },
      ]);
      await approve(handle, 'luis');
      await handle.result();
    });
  });
});
