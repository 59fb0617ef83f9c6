import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { resolveBinary } from '../../src/local/binaries/resolve';
import { reviewWorkflowId } from '../../src/domain/cycle';
import type { retrain } from '../../src/workflows/retrain';
import type { scheduledCycle } from '../../src/workflows/scheduled-cycle';
import { searchAttributes } from '../../src/workflows/search-attributes';
import { localEnvironment } from '../support/servers';
import { withWorker } from '../support/workflow-worker';
import { mockActivities } from './mock-activities';

const run = promisify(execFile);

describe('a cycle on a real server, steered by the temporal command line', function () {
  this.timeout(120_000);
  let environment: TestWorkflowEnvironment;
  let temporalPath: string;
  before(async () => {
    environment = await localEnvironment(searchAttributes);
    temporalPath = (await resolveBinary('temporal')).path;
  });

  async function temporal(...command: string[]): Promise<string> {
    const { stdout } = await run(temporalPath, [
      ...command,
      '--address',
      environment.address,
      '--namespace',
      'default',
    ]);
    return stdout;
  }

  async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
    for (let attempt = 0; attempt < 200; attempt++) {
      if (await holds()) return;
      await sleep(100);
    }
    assert.fail(`${what} did not happen`);
  }

  const found = async (query: string) =>
    (JSON.parse(await temporal('workflow', 'list', '--query', query, '--output', 'json')) as unknown[])
      .length;

  it('is found by its search attributes while it waits, and goes on by signals', async () => {
    const pipeline = `cli-${randomUUID().slice(0, 8)}`;
    const mocks = mockActivities();
    await withWorker(environment, mocks.activities, async (taskQueue) => {
      const handle = await environment.client.workflow.start<typeof retrain>('retrain', {
        workflowId: `retrain/${pipeline}`,
        taskQueue,
        args: [{ pipeline, trigger: 'manual' }],
      });
      const waiting = `CicloPipeline = "${pipeline}" AND CicloWaitingForReview = true`;
      await until('waiting', async () => (await found(`${waiting} AND WorkflowType = "review"`)) === 1);
      assert.equal(
        await found(`CicloPipeline = "${pipeline}" AND CicloStage = "review" AND CicloCycle = 1`),
        2,
      );

      const review = reviewWorkflowId(pipeline, 1);
      const details = await temporal('workflow', 'metadata', '--workflow-id', review);
      assert.match(details, /Waiting for a person to validate 2 of 2 proposals/);
      assert.match(details, /temporal workflow signal --workflow-id review\//);

      const accept = JSON.stringify({ action: 'accept', proposal: 'p-1', author: 'ana' });
      await temporal('workflow', 'signal', '--workflow-id', review, '--name', 'decide', '--input', accept);
      const reject = JSON.stringify({
        action: 'reject',
        proposal: 'e-Saludar',
        author: 'ana',
        reason: 'small talk',
      });
      await temporal(
        'workflow',
        'update',
        'execute',
        '--workflow-id',
        review,
        '--name',
        'decide',
        '--input',
        reject,
      );
      await temporal(
        'workflow',
        'signal',
        '--workflow-id',
        review,
        '--name',
        'finish',
        '--input',
        '{"author":"ana"}',
      );
      assert.equal((await handle.result()).outcome, 'promoted');
      await until(
        'the verdict',
        async () => (await found(`CicloPipeline = "${pipeline}" AND CicloVerdict = "promoted"`)) === 1,
      );
    });
    assert.deepEqual(
      mocks.decisions().map((event) => event.action),
      ['accept', 'reject'],
    );
  });

  it('is never started twice: a scheduled cycle stands back from the one that runs', async () => {
    const pipeline = `twice-${randomUUID().slice(0, 8)}`;
    await withWorker(environment, mockActivities().activities, async (taskQueue) => {
      const running = await environment.client.workflow.start<typeof retrain>('retrain', {
        workflowId: `retrain/${pipeline}`,
        taskQueue,
        args: [{ pipeline, trigger: 'manual' }],
      });
      const result = await environment.client.workflow.execute<typeof scheduledCycle>('scheduledCycle', {
        workflowId: `scheduled/${pipeline}`,
        taskQueue,
        args: [{ pipeline, trigger: 'schedule' }],
      });
      assert.equal(result.outcome, 'skipped');
      assert.match(result.reason.en, /running already/);
      await running.cancel();
      await assert.rejects(running.result());
    });
  });

  it('ends as cancelled when it is cancelled in its review, and another one can follow', async () => {
    const pipeline = `cancel-${randomUUID().slice(0, 8)}`;
    await withWorker(environment, mockActivities().activities, async (taskQueue) => {
      for (let round = 0; round < 2; round++) {
        const handle = await environment.client.workflow.start<typeof retrain>('retrain', {
          workflowId: `retrain/${pipeline}`,
          taskQueue,
          args: [{ pipeline, trigger: 'manual' }],
        });
        await until(
          'the review',
          async () =>
            (await found(
              `WorkflowId = "${reviewWorkflowId(pipeline, 1)}" AND ExecutionStatus = "Running"`,
            )) === 1,
        );
        await handle.cancel();
        await assert.rejects(handle.result(), /cancel/i);
        assert.equal((await handle.describe()).status.name, 'CANCELLED');
      }
    });
  });
});
