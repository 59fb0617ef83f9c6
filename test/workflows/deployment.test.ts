import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DefaultLogger, Worker, bundleWorkflowCode } from '@temporalio/worker';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { reviewWorkflowId } from '../../src/domain/cycle';
import {
  deploymentName,
  describeDeployment,
  makeCurrent,
  makeCurrentIfFirst,
  newestBuild,
  ramp,
} from '../../src/platform/worker-deployment';
import { cycleStatusQuery, type retrain } from '../../src/workflows/retrain';
import { decideUpdate, finishUpdate } from '../../src/workflows/review';
import { searchAttributes } from '../../src/workflows/search-attributes';
import { onceThere } from '../support/once-there';
import { localEnvironment } from '../support/servers';
import { workflowBundle } from '../support/workflow-worker';
import { mockActivities } from './mock-activities';

const projectFolder = join(__dirname, '..', '..');

describe('deployment of another build', function () {
  this.timeout(120_000);
  let environment: TestWorkflowEnvironment;
  const taskQueue = `deployment-${randomUUID()}`;
  const stops: (() => Promise<void>)[] = [];

  before(async () => {
    environment = await localEnvironment(searchAttributes);
  });
  after(async () => {
    for (const stop of stops) await stop();
  });

  /** A worker of a build; ended by what it returns. */
  async function startBuild(buildId: string, code: { code: string }, activities: object) {
    const worker = await Worker.create({
      connection: environment.nativeConnection,
      namespace: environment.namespace,
      taskQueue,
      workflowBundle: code,
      activities,
      stickyQueueScheduleToStartTimeout: '1 second',
      workerDeploymentOptions: {
        version: { deploymentName, buildId },
        useWorkerVersioning: true,
        defaultVersioningBehavior: 'AUTO_UPGRADE',
      },
    });
    const running = worker.run();
    const stop = async () => {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await running;
    };
    stops.push(stop);
    return stop;
  }

  it('carries a cycle that waits in review over to code that was changed', async () => {
    const { client } = environment;
    const mocks = mockActivities();
    const stopOld = await startBuild('old', await workflowBundle(), mocks.activities);
    assert.equal(await makeCurrentIfFirst(client, 'old'), true, 'the first build gets work at once');
    const pipeline = `deployed-${randomUUID()}`;
    const handle = await client.workflow.start<typeof retrain>('retrain', {
      workflowId: `retrain/${pipeline}`,
      taskQueue,
      args: [{ pipeline, trigger: 'manual' }],
    });
    while ((await handle.query(cycleStatusQuery)).waitingForReview === null) await sleep(50);

    await startBuild('new', await changedWorkflows(), mocks.activities);
    assert.equal(await makeCurrentIfFirst(client, 'new'), false, 'a later build waits to be deployed');
    assert.deepEqual(await states(), { new: 'inactive 0', old: 'current 100' });
    assert.equal(await newestBuild(client), 'new');
    await ramp(client, 'new', 25);
    assert.deepEqual(await states(), { new: 'ramping 25', old: 'current 75' });
    await makeCurrent(client, 'new');
    await stopOld();

    const review = client.workflow.getHandle(reviewWorkflowId(pipeline, 1));
    await onceThere(() =>
      review.executeUpdate(decideUpdate, { args: [{ action: 'accept-all', author: 'ana' }] }),
    );
    await review.executeUpdate(finishUpdate, { args: [{ author: 'ana' }] });
    const result = await handle.result();
    assert.equal(result.outcome, 'promoted');
    assert.equal(result.reason.en, 'Decided by changed code.');
    assert.ok(mocks.names().includes('planRollback'), 'a step that the old code does not have');
    const { versioningInfo } = (await handle.describe()).raw.workflowExecutionInfo!;
    assert.equal(versioningInfo?.deploymentVersion?.buildId, 'new');
  });

  it('says which builds poll when the wanted one does not', async () => {
    await assert.rejects(
      makeCurrent(environment.client, 'nowhere', { pollerTimeoutMs: 300 }),
      /No worker of build nowhere polls Temporal\. Start one, or choose a build that does: .*new/,
    );
  });

  async function states() {
    const builds = await describeDeployment(environment.client);
    return Object.fromEntries(
      (builds ?? []).map(({ buildId, state, sharePercent }) => [buildId, `${state} ${sharePercent}`]),
    );
  }
});

/** Today's workflows with one more activity and other words in the gate: what a later version may look like. */
async function changedWorkflows() {
  const folder = await mkdtemp(join(tmpdir(), 'ciclo-changed-workflows-'));
  try {
    await symlink(join(projectFolder, 'node_modules'), join(folder, 'node_modules'));
    for (const room of ['workflows', 'domain', 'activities'])
      await cp(join(projectFolder, 'src', room), join(folder, room), { recursive: true });
    const gate = join(folder, 'workflows', 'stages', 'gate.ts');
    const code = await readFile(gate, 'utf8');
    const changed = code.replace(
      /value: decision,/,
      "value: { ...decision, reason: { en: 'Decided by changed code.', es: 'Otro código.' } },",
    );
    const longer = changed.replace(
      'const decision = await',
      "await quick.planRollback({ pipeline: 'test', modelVersion: null });\n    const decision = await",
    );
    assert.notEqual(changed, code);
    assert.notEqual(longer, changed);
    await writeFile(gate, longer);
    return await bundleWorkflowCode({
      workflowsPath: join(folder, 'workflows', 'index.ts'),
      logger: new DefaultLogger('WARN'),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
