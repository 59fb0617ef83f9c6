import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import {
  BatchClient,
  CreateComputeEnvironmentCommand,
  CreateJobQueueCommand,
  ListJobsCommand,
  RegisterJobDefinitionCommand,
} from '@aws-sdk/client-batch';
import { Context, heartbeat, sleep } from '@temporalio/activity';
import { WorkflowFailedError, type WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { createDataJobActivities } from '../../src/activities/data-jobs';
import type { ActivityDependencies } from '../../src/activities/dependencies';
import { promoteWorkflowId, reviewWorkflowId, type StageName } from '../../src/domain/cycle';
import { type LocalAws, startLocalAws } from '../../src/local/aws/start';
import { createEngine } from '../../src/platform/engines';
import { openObjectStore } from '../../src/platform/storage/object-store';
import type { retrain } from '../../src/workflows/retrain';
import { decideUpdate, finishUpdate } from '../../src/workflows/review';
import { searchAttributes } from '../../src/workflows/search-attributes';
import { isAlive } from '../local/aws/stand-in';
import { onceThere } from '../support/once-there';
import { localEnvironment } from '../support/servers';
import { withWorker } from '../support/workflow-worker';
import { type Activities, configuration, mockActivities } from './mock-activities';

const jobEntry = join(__dirname, '..', 'platform', 'engines', 'fixtures', 'job.ts');
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

/** The activity that works while a cycle is in the stage; in a review nothing does, it waits for a person. */
const workOf: Record<StageName, keyof Activities | null> = {
  ingest: 'listNewLogs',
  prepare: 'prepareUtterances',
  discover: 'discoverCategories',
  review: null,
  dataset: 'buildDataset',
  train: 'importBotArchive',
  evaluate: 'askModel',
  gate: 'decideGate',
  promote: 'smokeTest',
  notify: 'completeCycle',
};

const stages = Object.keys(workOf) as StageName[];
/** So many cycles run at once, which is quicker than one after another. */
const atOnce = 3;
const endings = ['cancel', 'terminate'] as const;
type Ending = (typeof endings)[number];

const endWith = (handle: WorkflowHandle, ending: Ending): Promise<unknown> =>
  ending === 'cancel' ? handle.cancel() : handle.terminate('a test');

describe('a cycle that is cancelled or terminated', function () {
  this.timeout(120_000);
  let environment: TestWorkflowEnvironment;
  let taskQueue: string;
  let worker: Promise<void>;
  let stopWorker: () => void;
  /** One worker serves all cycles; each pipeline has activities of its own. */
  const activitiesOf = new Map<string, object>();

  before(async () => {
    environment = await localEnvironment(searchAttributes);
    const names = Object.keys({ ...mockActivities().activities, ...dataJobs('') });
    const shared = Object.fromEntries(
      names.map((name) => [
        name,
        (input: unknown) => {
          const [, pipeline = ''] = Context.current().info.workflowExecution!.workflowId.split('/');
          const own = activitiesOf.get(pipeline) as Record<string, (given: unknown) => Promise<unknown>>;
          return own[name]!(input);
        },
      ]),
    );
    const stopped = new Promise<void>((resolve) => (stopWorker = resolve));
    await new Promise<void>((resolve, reject) => {
      worker = withWorker(environment, shared, (queue) => {
        taskQueue = queue;
        resolve();
        return stopped;
      });
      worker.catch(reject);
    });
  });
  after(async () => {
    stopWorker();
    await worker;
  });

  function start(pipeline: string): Promise<WorkflowHandle<typeof retrain>> {
    return environment.client.workflow.start<typeof retrain>('retrain', {
      workflowId: `retrain/${pipeline}`,
      taskQueue,
      args: [{ pipeline, trigger: 'manual' }],
    });
  }

  /** Waits until people have been told of so many reviews. */
  function reviewsToldOf(mocks: ReturnType<typeof mockActivities>, count: number): Promise<void> {
    const told = () => mocks.notifications().filter((kind) => kind === 'waiting-for-review').length;
    return until(() => Promise.resolve(told() === count));
  }

  async function approve(pipeline: string): Promise<void> {
    const review = environment.client.workflow.getHandle(reviewWorkflowId(pipeline, 1));
    await onceThere(() =>
      review.executeUpdate(decideUpdate, { args: [{ action: 'accept-all', author: 'ana' }] }),
    );
    await review.executeUpdate(finishUpdate, { args: [{ author: 'ana' }] });
  }

  /** Ends a cycle while it is in the stage, and runs another one. */
  async function endIn(stage: StageName, ending: Ending): Promise<void> {
    const pipeline = `${stage}-${randomUUID().slice(0, 8)}`;
    const activity = workOf[stage];
    let isFirst = true;
    let reached = false;
    const usual = mockActivities();
    const mocks = mockActivities(
      activity === null
        ? {}
        : {
            [activity]: async (input: never) => {
              if (!isFirst) return (usual.activities[activity] as (one: never) => Promise<unknown>)(input);
              reached = true;
              for (;;) {
                heartbeat();
                await sleep(100);
              }
            },
          },
    );
    activitiesOf.set(pipeline, mocks.activities);
    const first = await start(pipeline);
    const begunReviews = stages.indexOf(stage) >= stages.indexOf('review') ? 1 : 0;
    if (begunReviews === 1) await reviewsToldOf(mocks, 1);
    if (stage !== 'review') {
      if (begunReviews === 1) await approve(pipeline);
      await until(() => Promise.resolve(reached));
    }
    await endWith(first, ending);
    await assert.rejects(first.result(), WorkflowFailedError, stage);
    if (stage === 'review') await untilOver(reviewWorkflowId(pipeline, 1));
    if (stage === 'promote') {
      await untilOver(promoteWorkflowId(pipeline, 2));
      const undone = mocks.names().filter((name) => /^(restore|withdraw)/.test(name));
      assert.deepEqual(undone, ['restoreAlias', 'withdrawApproval']);
    } else {
      assert.equal(mocks.names().includes('switchAlias'), stage === 'notify', stage);
    }
    isFirst = false;
    const second = await start(pipeline);
    await reviewsToldOf(mocks, begunReviews + 1);
    await approve(pipeline);
    assert.equal((await second.result()).outcome, 'promoted', stage);
  }

  for (const ending of endings) {
    for (let from = 0; from < stages.length; from += atOnce) {
      const some = stages.slice(from, from + atOnce);
      it(`leaves nothing behind in the stages ${some.join(', ')}, and the next one ends right (${ending})`, () =>
        Promise.all(some.map((stage) => endIn(stage, ending))));
    }
  }

  const store = openObjectStore();
  let batch: BatchClient;

  /** The real activity; its specification is replaced by one that lets the fixture's job hang. */
  function dataJobs(cycleUri: string) {
    const hanging = {
      ...store,
      readText: (uri: string) => store.readText(uri),
      write: (uri: string, body: Buffer | string) =>
        store.write(uri, uri.endsWith('spec.json') ? hang(cycleUri) : body),
      list: (uri: string) => store.list(uri),
      exists: (uri: string) => store.exists(uri),
      delete: (uri: string) => store.delete(uri),
    };
    return createDataJobActivities({
      store: hanging,
      workerEngine: createEngine('worker', { store, entry: jobEntry }),
      batchEngine: (place: { jobQueue: string; jobDefinition: string }) =>
        createEngine('batch', { store, client: batch, pollMs: { first: 50, longest: 200 }, ...place }),
    } as unknown as ActivityDependencies);
  }

  const hang = (cycleUri: string) => JSON.stringify({ outputUri: `${cycleUri}prepare/`, behaviour: 'hang' });

  describe('in a data job', () => {
    let aws: LocalAws;
    let folder: string;
    const entry = [process.execPath, ...process.execArgv, jobEntry];

    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'ciclo-termination-'));
      aws = await startLocalAws({
        stateDirectory: join(folder, 'aws'),
        images: { 'ciclo-jobs': entry },
        killGraceMs: 500,
      });
      batch = new BatchClient({ endpoint: aws.endpoint, region: 'eu-west-1', maxAttempts: 1, credentials });
      await batch.send(
        new CreateComputeEnvironmentCommand({
          computeEnvironmentName: 'ciclo',
          type: 'MANAGED',
          state: 'ENABLED',
        }),
      );
      await batch.send(
        new CreateJobQueueCommand({
          jobQueueName: 'ciclo',
          priority: 1,
          computeEnvironmentOrder: [{ order: 1, computeEnvironment: 'ciclo' }],
        }),
      );
      await batch.send(
        new RegisterJobDefinitionCommand({
          jobDefinitionName: 'ciclo-jobs',
          type: 'container',
          containerProperties: { image: 'ciclo-jobs' },
        }),
      );
    });
    after(async () => {
      batch.destroy();
      await aws.stop();
      await rm(folder, { recursive: true });
    });

    async function pidsIn(cycleFolder: string): Promise<number[]> {
      const names = await readdir(join(cycleFolder, 'prepare')).catch(() => []);
      return names.flatMap((name) => /^(?:started|grandchild)-(\d+)$/.exec(name)?.slice(1) ?? []).map(Number);
    }

    async function running(): Promise<string[]> {
      const { jobSummaryList = [] } = await batch.send(
        new ListJobsCommand({ jobQueue: 'ciclo', filters: [{ name: 'JOB_NAME', values: ['ciclo-*'] }] }),
      );
      return jobSummaryList
        .filter(({ status }) => status !== 'SUCCEEDED' && status !== 'FAILED')
        .map(({ jobName }) => jobName!);
    }

    for (const ending of endings) {
      it(`ends the job's processes on both engines (${ending})`, () =>
        Promise.all([endJob('worker', ending), endJob('batch', ending)]));
    }

    async function endJob(engine: 'worker' | 'batch', ending: Ending): Promise<void> {
      const pipeline = `${ending}-${engine}-${randomUUID().slice(0, 8)}`;
      const cycleFolder = join(folder, pipeline, 'cycles', '0001');
      const cycleUri = `${pathToFileURL(cycleFolder).href}/`;
      const mocks = mockActivities({
        openCycle: () =>
          Promise.resolve({
            number: 1,
            uri: cycleUri,
            configuration: {
              ...configuration,
              name: pipeline,
              prepare: { ...configuration.prepare, engine },
              engines: { batch: { jobQueue: 'ciclo', jobDefinition: 'ciclo-jobs' } },
            },
            state: { ledgerUri: null, categoryMapUri: null, carriedOverUri: null, goldenSetUri: null },
          }),
      });
      activitiesOf.set(pipeline, { ...mocks.activities, ...dataJobs(cycleUri) });
      const handle = await start(pipeline);
      await until(async () => (await pidsIn(cycleFolder)).length === 2);
      const pids = await pidsIn(cycleFolder);
      await endWith(handle, ending);
      await assert.rejects(handle.result(), WorkflowFailedError);
      await until(() => Promise.resolve(!pids.some(isAlive)));
      await until(async () => !(await running()).some((name) => name.includes(pipeline)));
    }
  });

  /** Waits for a workflow's end. */
  async function untilOver(workflowId: string): Promise<void> {
    await until(async () => {
      const { status } = await environment.client.workflow.getHandle(workflowId).describe();
      return status.name !== 'RUNNING';
    });
  }
});

async function until(isSo: () => Promise<boolean>, timeoutMs = 60_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await isSo())) {
    if (Date.now() > deadline) assert.fail(`Not so after ${timeoutMs} ms: ${isSo.toString()}`);
    await delay(50);
  }
}
