import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time';
import { Worker } from '@temporalio/worker';
import { runChecks } from '../../src/doctor/check';
import { temporalCheck, type TemporalCheckOptions } from '../../src/doctor/machine/temporal';
import { scheduleCheck } from '../../src/doctor/pipeline/schedule';
import type { PipelineConfiguration } from '../../src/domain/pipeline';
import { parsePipelineFile } from '../../src/platform/configuration';
import { applySchedule, scheduleId } from '../../src/platform/schedule';
import { connectionError, taskQueue } from '../../src/platform/temporal';
import { deploymentName, makeCurrentIfFirst } from '../../src/platform/worker-deployment';
import { ensureSearchAttributes } from '../../src/platform/search-attributes';
import { searchAttributes } from '../../src/workflows/search-attributes';
import { localEnvironment } from '../support/servers';
import { workflowBundle } from '../support/workflow-worker';
import { told } from './doctor-world';

const signal = new AbortController().signal;

describe('the doctor on Temporal', function () {
  this.timeout(180_000);
  let client: Client;
  const look = async (change: Partial<TemporalCheckOptions> = {}): Promise<string[]> => {
    const check = temporalCheck({
      client: () => Promise.resolve(client),
      searchAttributes,
      isNothingChosen: false,
      ownBuild: () => Promise.resolve('build-1'),
      ...change,
    });
    return told((await runChecks([check], { limitMs: 20_000, signal }))[0]!.findings);
  };
  /** A namespace of its own: others may have workers. */
  const namespace = `doctor-${randomUUID().slice(0, 8)}`;
  before(async () => {
    const { connection } = await localEnvironment(searchAttributes);
    await connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: msToTs('1 day'),
    });
    client = new Client({ connection, namespace });
    // The server looks for new namespaces every second or so.
    while ((await look())[0]!.startsWith('broken')) await sleep(200);
  });

  it('finds namespace, search attributes and workers', async () => {
    assert.deepEqual(await look(), [
      `fine: Temporal answers; namespace "${namespace}" exists.`,
      `broken: Search attributes are missing: ${searchAttributes.map(({ name }) => name).join(', ')}.`,
      'broken: No worker polls the task queue "ciclo".',
    ]);
    await ensureSearchAttributes(client.connection, namespace, searchAttributes);
    assert.equal((await look())[1], 'fine: All 5 search attributes are registered.');
    const environment = await localEnvironment(searchAttributes);
    const worker = await Worker.create({
      connection: environment.nativeConnection,
      namespace,
      taskQueue,
      workflowBundle: await workflowBundle(),
      workerDeploymentOptions: {
        version: { deploymentName, buildId: 'build-1' },
        useWorkerVersioning: true,
        defaultVersioningBehavior: 'AUTO_UPGRADE',
      },
    });
    await worker.runUntil(async () => {
      await makeCurrentIfFirst(client, 'build-1');
      assert.equal((await look())[2], 'fine: 1 worker polls, of build build-1, which takes all new work.');
      const other = await look({ ownBuild: () => Promise.resolve('build-2') });
      assert.match(other[2]!, /^warning: .*The code here is build build-2\./);
    });
  });

  it('says that a namespace is missing, with the command that makes it', async () => {
    const elsewhere = new Client({ connection: client.connection, namespace: 'nowhere' });
    const check = temporalCheck({
      client: () => Promise.resolve(elsewhere),
      searchAttributes,
      isNothingChosen: false,
      ownBuild: () => Promise.resolve(null),
    });
    const { findings } = (await runChecks([check], { limitMs: 20_000, signal }))[0]!;
    assert.deepEqual(told(findings), ['broken: Temporal has no namespace "nowhere".']);
    assert.deepEqual(findings[0]!.commands, ['temporal operator namespace create --namespace nowhere']);
  });

  it('takes a server that is not there for a fault where one is named, and only there', async () => {
    const refused = () => Promise.reject(connectionError(new Error('refused'), '127.0.0.1:9', 'default'));
    assert.match(
      (await look({ client: refused }))[0]!,
      /^broken: No Temporal server answers at 127\.0\.0\.1:9/,
    );
    assert.deepEqual(await look({ client: refused, isNothingChosen: true }), [
      'warning: No Temporal server runs at 127.0.0.1:9 yet.',
    ]);
  });

  it('compares the schedule with the pipeline file', async () => {
    const file = await parsePipelineFile('pipelines/cafe.yaml');
    const configuration: PipelineConfiguration = { ...file, name: `doctor-${randomUUID().slice(0, 8)}` };
    const { name } = configuration;
    const told1 = async (one: PipelineConfiguration) => {
      const check = scheduleCheck(() => Promise.resolve(client), one);
      return told((await runChecks([check], { limitMs: 20_000, signal }))[0]!.findings);
    };
    assert.deepEqual(await told1(configuration), [`warning: The schedule of ${name} is not applied.`]);
    await applySchedule(client, configuration, new Date());
    assert.match(
      (await told1(configuration))[0]!,
      /^fine: The schedule is applied; the next cycle starts at 20/,
    );
    const handle = client.schedule.getHandle(scheduleId(name));
    await handle.pause('the budget');
    const changed = { ...configuration, schedule: { ...configuration.schedule, pauseOnFailure: false } };
    assert.deepEqual(await told1(changed), [
      `warning: The schedule of ${name} is paused (the budget).`,
      'warning: The schedule differs from the pipeline file: pause on failure.',
    ]);
    await handle.delete();
  });
});
