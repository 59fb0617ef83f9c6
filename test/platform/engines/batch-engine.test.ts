import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import {
  BatchClient,
  CreateComputeEnvironmentCommand,
  CreateJobQueueCommand,
  DescribeJobsCommand,
  ListJobsCommand,
  RegisterJobDefinitionCommand,
} from '@aws-sdk/client-batch';
import { InvalidInputError, OutsideWorkFailedError } from '../../../src/domain/errors';
import { type LocalAws, startLocalAws } from '../../../src/local/aws/start';
import { ServiceUnavailableError } from '../../../src/platform/aws/errors';
import { createEngine } from '../../../src/platform/engines';
import type { JobState } from '../../../src/platform/engines/engine';
import { openObjectStore } from '../../../src/platform/storage/object-store';
import type { FixtureSpec } from './fixtures/job';

const entry = join(__dirname, 'fixtures', 'job.ts');

describe('batch engine', () => {
  const store = openObjectStore();
  const never = new AbortController().signal;
  let aws: LocalAws;
  let client: BatchClient;
  let awsFolder: string;
  let folder: string;
  let outputUri: string;
  let states: JobState[];
  let test = 0;
  let name: string;
  const onProgress = (state: JobState) => void states.push(state);

  before(async () => {
    awsFolder = await mkdtemp(join(tmpdir(), 'ciclo-aws-'));
    aws = await startLocalAws({
      stateDirectory: awsFolder,
      images: { 'ciclo-jobs': [process.execPath, ...process.execArgv, entry] },
      killGraceMs: 500,
    });
    client = new BatchClient({
      endpoint: aws.endpoint,
      region: 'eu-west-1',
      maxAttempts: 1,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
    await client.send(
      new CreateComputeEnvironmentCommand({
        computeEnvironmentName: 'ciclo',
        type: 'MANAGED',
        state: 'ENABLED',
      }),
    );
    await client.send(
      new CreateJobQueueCommand({
        jobQueueName: 'ciclo',
        priority: 1,
        computeEnvironmentOrder: [{ order: 1, computeEnvironment: 'ciclo' }],
      }),
    );
    await client.send(
      new RegisterJobDefinitionCommand({
        jobDefinitionName: 'ciclo-jobs',
        type: 'container',
        containerProperties: { image: 'ciclo-jobs' },
      }),
    );
  });
  after(async () => {
    client.destroy();
    await aws.stop();
    await rm(awsFolder, { recursive: true });
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ciclo-engine-'));
    outputUri = `${pathToFileURL(folder).href}/`;
    states = [];
    name = `ciclo-test-${++test}-discover`;
  });
  afterEach(() => rm(folder, { recursive: true }));

  const engine = (with_: BatchClient = client) =>
    createEngine('batch', {
      store,
      client: with_,
      jobQueue: 'ciclo',
      jobDefinition: 'ciclo-jobs',
      pollMs: { first: 50, longest: 200 },
    });

  async function request(behaviour: FixtureSpec['behaviour'], mark = 0) {
    const spec: FixtureSpec = { outputUri, behaviour, mark };
    await store.write(`${outputUri}spec.json`, JSON.stringify(spec));
    return { name, job: 'discover' as const, specUri: `${outputUri}spec.json` };
  }

  async function listed(): Promise<{ name: string; status: string }[]> {
    const { jobSummaryList } = await client.send(
      new ListJobsCommand({ jobQueue: 'ciclo', filters: [{ name: 'JOB_NAME', values: [`${name}*`] }] }),
    );
    return (jobSummaryList ?? [])
      .map((job) => ({ name: job.jobName ?? '', status: job.status ?? '' }))
      .sort((a, b) => a.name.localeCompare(b.name));
  }

  async function untilRunning(count = 1): Promise<void> {
    for (let tries = 0; tries < 800; tries++) {
      let started = 0;
      for await (const { uri } of store.list(`${outputUri}started-`)) if (uri !== '') started++;
      if (started >= count) return;
      await sleep(25);
    }
    assert.fail('the job does not start');
  }

  it('submits a job that really runs, and tells how it is getting on', async () => {
    await engine().run(await request('succeed'), { signal: never, onProgress });
    assert.deepEqual(JSON.parse(await store.readText(`${outputUri}result.json`)), { job: 'discover' });
    assert.equal(states.at(-1)?.status, 'SUCCEEDED');
    const id = states[0]?.externalId ?? '';
    const { jobs } = await client.send(new DescribeJobsCommand({ jobs: [id] }));
    assert.equal(jobs?.[0]?.jobName, name);
    assert.deepEqual(jobs?.[0]?.container?.command, ['discover', '--spec', `${outputUri}spec.json`]);
  });

  it('attaches to a job that runs, and to one that succeeded', async () => {
    const asked = await request('hang');
    const shutdown = new AbortController();
    const first = engine().run(asked, { signal: shutdown.signal, onProgress });
    await untilRunning();
    // As Temporal's worker does when it shuts down.
    shutdown.abort(Object.assign(new Error('WORKER_SHUTDOWN'), { name: 'CancelledFailure' }));
    await assert.rejects(first, /WORKER_SHUTDOWN/);

    const cancel = new AbortController();
    states = [];
    const second = engine().run(asked, { signal: cancel.signal, onProgress });
    while (!states.some((state) => state.progress !== undefined)) await sleep(25);
    assert.deepEqual(states.find((state) => state.progress)?.progress, {
      done: 3,
      total: 10,
      unit: 'utterances',
    });
    assert.deepEqual(await listed(), [{ name, status: 'RUNNING' }]);
    cancel.abort(Object.assign(new Error('CANCELLED'), { name: 'CancelledFailure' }));
    await assert.rejects(second, /CANCELLED/);
    assert.deepEqual(await listed(), [{ name, status: 'FAILED' }]);

    const other = await request('succeed');
    await engine().run(other, { signal: never, onProgress });
    await engine().run(other, { signal: never, onProgress });
    assert.deepEqual(await listed(), [
      { name, status: 'FAILED' },
      { name: `${name}-2`, status: 'SUCCEEDED' },
    ]);
  });

  it('runs again what succeeded when its result is gone, or when something else is asked for', async () => {
    await engine().run(await request('succeed'), { signal: never, onProgress });
    await store.delete(`${outputUri}result.json`);
    await engine().run(await request('succeed'), { signal: never, onProgress });
    assert.equal((await listed()).length, 2);
    await engine().run(await request('succeed', 1), { signal: never, onProgress });
    assert.deepEqual(
      (await listed()).map((job) => job.name),
      [name, `${name}-2`, `${name}-3`],
    );
  });

  it('stops a job that was asked for something else before it starts its own', async () => {
    const shutdown = new AbortController();
    const first = engine().run(await request('hang'), { signal: shutdown.signal, onProgress });
    await untilRunning();
    shutdown.abort(Object.assign(new Error('TIMED_OUT'), { name: 'CancelledFailure' }));
    await assert.rejects(first, /TIMED_OUT/);
    await engine().run(await request('succeed', 1), { signal: never, onProgress });
    assert.deepEqual(await listed(), [
      { name, status: 'FAILED' },
      { name: `${name}-2`, status: 'SUCCEEDED' },
    ]);
  });

  it('stops what a run that was terminated left, and nothing else', async () => {
    const shutdown = new AbortController();
    const gone = await request('hang');
    const first = engine().run(gone, { signal: shutdown.signal, onProgress });
    await untilRunning();
    shutdown.abort(Object.assign(new Error('WORKER_SHUTDOWN'), { name: 'CancelledFailure' }));
    await assert.rejects(first, /WORKER_SHUTDOWN/);
    const leftName = name;
    name = `${leftName}-next`;
    const next = async (isLeftOver: (specUri: string) => boolean) => ({
      ...(await request('succeed', 1)),
      leftovers: { namePrefix: 'ciclo-test-', isLeftOver },
    });
    await engine().run(await next(() => false), { signal: never, onProgress });
    const left = async () => (await listed()).find((job) => job.name === leftName)?.status;
    name = leftName;
    assert.equal(await left(), 'RUNNING');
    name = `${leftName}-after`;
    const after = await next((specUri) => specUri === gone.specUri);
    await engine().run(after, { signal: never, onProgress });
    name = leftName;
    assert.equal(await left(), 'FAILED');
  });

  it('tells a job again to end when the first words are lost', async () => {
    let lost = 0;
    const deaf = new BatchClient({
      endpoint: aws.endpoint,
      region: 'eu-west-1',
      maxAttempts: 1,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
    deaf.middlewareStack.add(
      (next, context) => (args) => {
        if (context.commandName === 'TerminateJobCommand' && lost++ < 3) {
          throw Object.assign(new Error('busy'), {
            name: 'TooManyRequestsException',
            $metadata: { httpStatusCode: 429 },
          });
        }
        return next(args);
      },
      { step: 'initialize' },
    );
    const cancel = new AbortController();
    const run = engine(deaf).run(await request('hang'), { signal: cancel.signal, onProgress });
    await untilRunning();
    cancel.abort(Object.assign(new Error('CANCELLED'), { name: 'CancelledFailure' }));
    await assert.rejects(run, /CANCELLED/);
    assert.equal(lost, 4);
    assert.deepEqual(await listed(), [{ name, status: 'FAILED' }]);
    deaf.destroy();
  });

  it('passes on what a job says of its failure, and submits again on the next try', async () => {
    await assert.rejects(
      engine().run(await request('fail'), { signal: never, onProgress }),
      (error: Error) => {
        assert.ok(error instanceof OutsideWorkFailedError);
        assert.equal(error.permanent, true);
        assert.match(error.message, /failed: InvalidInputError: Line 7 is no JSON\. Another try cannot help/);
        assert.equal(error.facts.exitCode, 2);
        return true;
      },
    );
    await assert.rejects(
      engine().run(await request('crash'), { signal: never, onProgress }),
      (error: Error) => {
        assert.ok(error instanceof OutsideWorkFailedError);
        assert.equal(error.permanent, false);
        assert.match(
          error.message,
          /failed on AWS Batch \(.+\) and left no failure\.json.*see Batch job .*log stream/,
        );
        return true;
      },
    );
    assert.equal((await listed()).length, 2);
  });

  it('names a job queue that does not exist', async () => {
    const lost = createEngine('batch', { store, client, jobQueue: 'nowhere', jobDefinition: 'ciclo-jobs' });
    await assert.rejects(
      lost.run(await request('succeed'), { signal: never, onProgress }),
      (error: Error) => {
        assert.ok(error instanceof InvalidInputError);
        assert.match(error.message, /^ListJobs \(job queue nowhere\) failed: ClientException: /);
        return true;
      },
    );
    await assert.rejects(
      engine().run({ ...(await request('succeed')), name: 'a job' }, { signal: never, onProgress }),
      /"a job" is no name for a Batch job/,
    );
  });

  it('goes on following through a few failed looks, and gives up after more', async () => {
    let failures = 3;
    const flaky = new BatchClient({
      endpoint: aws.endpoint,
      region: 'eu-west-1',
      maxAttempts: 1,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
    flaky.middlewareStack.add(
      (next, context) => (args) => {
        if (context.commandName === 'DescribeJobsCommand' && failures-- > 0) {
          throw Object.assign(new Error('busy'), {
            name: 'ServerException',
            $metadata: { httpStatusCode: 500 },
          });
        }
        return next(args);
      },
      { step: 'initialize' },
    );
    await engine(flaky).run(await request('succeed'), { signal: never, onProgress });
    failures = Infinity;
    name = `${name}-other`;
    await assert.rejects(
      engine(flaky).run(await request('succeed', 1), { signal: never, onProgress }),
      ServiceUnavailableError,
    );
    flaky.destroy();
  });
});
