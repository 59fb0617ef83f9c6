import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CancelJobCommand,
  CreateComputeEnvironmentCommand,
  CreateJobQueueCommand,
  DescribeJobDefinitionsCommand,
  DescribeJobQueuesCommand,
  DescribeJobsCommand,
  type JobDetail,
  ListJobsCommand,
  RegisterJobDefinitionCommand,
  SubmitJobCommand,
  type SubmitJobCommandInput,
  TerminateJobCommand,
} from '@aws-sdk/client-batch';
import { commandOf, parseImage } from '../../../../src/local/aws/batch/images';
import { failureOf, isAlive, startStandIn, type StandIn, until } from '../stand-in';

describe('local Batch', function () {
  this.timeout(30_000);
  let aws: StandIn;
  before(async () => {
    // The image stands for Node: a job's command is a script and its arguments.
    aws = await startStandIn({
      images: { 'registry.example/node': [process.execPath, '-e'] },
      minimumTimeoutSeconds: 1,
      killGraceMs: 300,
    });
    await aws.batch.send(
      new CreateComputeEnvironmentCommand({ computeEnvironmentName: 'local', type: 'MANAGED' }),
    );
    const computeEnvironmentOrder = [{ order: 1, computeEnvironment: 'local' }];
    await aws.batch.send(
      new CreateJobQueueCommand({ jobQueueName: 'jobs', priority: 1, computeEnvironmentOrder }),
    );
    await aws.batch.send(
      new RegisterJobDefinitionCommand({
        jobDefinitionName: 'node',
        type: 'container',
        containerProperties: {
          image: 'registry.example/node:1.2',
          command: ['console.log("default")'],
          environment: [{ name: 'COLOUR', value: 'green' }],
        },
      }),
    );
  });
  after(() => aws.close());

  const submit = async (script: string, more: Partial<SubmitJobCommandInput> = {}) => {
    const { containerOverrides, ...rest } = more;
    const { jobId } = await aws.batch.send(
      new SubmitJobCommand({
        jobName: 'job',
        jobQueue: 'jobs',
        jobDefinition: 'node',
        containerOverrides: { command: [script], ...containerOverrides },
        ...rest,
      }),
    );
    return jobId!;
  };
  const describe_ = async (jobId: string): Promise<JobDetail> =>
    (await aws.batch.send(new DescribeJobsCommand({ jobs: [jobId] }))).jobs![0]!;
  const ended = (jobId: string) =>
    until(
      () => describe_(jobId),
      ({ status }) => status === 'SUCCEEDED' || status === 'FAILED',
    );
  const running = (jobId: string) =>
    until(
      () => describe_(jobId),
      ({ status }) => status === 'RUNNING',
    );
  const logOf = ({ container }: JobDetail) =>
    readFileSync(join(aws.stateDirectory, 'batch', 'logs', `${container!.logStreamName}.log`), 'utf8');
  const forever = 'setInterval(() => {}, 1000)';

  it('runs a job with its command and environment, and keeps what it prints', async () => {
    const job = await ended(
      await submit(
        'console.log(process.env.COLOUR, process.env.SIZE, process.env.AWS_BATCH_JOB_ID, process.argv[1])',
        {
          containerOverrides: {
            command: [
              'console.log(process.env.COLOUR, process.env.SIZE, process.env.AWS_BATCH_JQ_NAME, process.argv[1])',
              'Ref::word',
            ],
            environment: [
              { name: 'COLOUR', value: 'red' },
              { name: 'SIZE', value: 'small' },
            ],
          },
          parameters: { word: 'hello' },
        },
      ),
    );
    assert.deepEqual([job.status, job.container!.exitCode], ['SUCCEEDED', 0]);
    assert.equal(logOf(job), 'red small jobs hello\n');
    assert.ok(job.createdAt! <= job.startedAt! && job.startedAt! <= job.stoppedAt!);
    assert.equal(job.attempts!.length, 1);
  });

  it('fails a job by its exit code, after as many attempts as it may have', async () => {
    const job = await ended(await submit('process.exit(7)', { retryStrategy: { attempts: 3 } }));
    assert.deepEqual([job.status, job.container!.exitCode], ['FAILED', 7]);
    assert.equal(job.statusReason, 'Essential container in task exited');
    assert.deepEqual(
      job.attempts!.map(({ container }) => container!.exitCode),
      [7, 7, 7],
    );
  });

  it('does not repeat what evaluateOnExit says is final', async () => {
    const retryStrategy = { attempts: 3, evaluateOnExit: [{ onExitCode: '2', action: 'EXIT' as const }] };
    assert.equal((await ended(await submit('process.exit(2)', { retryStrategy }))).attempts!.length, 1);
    assert.equal((await ended(await submit('process.exit(1)', { retryStrategy }))).attempts!.length, 3);
  });

  it('succeeds on a later attempt', async () => {
    const script = 'process.exit(process.env.AWS_BATCH_JOB_ATTEMPT === "2" ? 0 : 1)';
    const job = await ended(await submit(script, { retryStrategy: { attempts: 3 } }));
    assert.deepEqual([job.status, job.attempts!.length], ['SUCCEEDED', 2]);
  });

  it('runs array jobs: each child knows its index, one failure fails the whole', async () => {
    const script =
      'console.log(process.env.AWS_BATCH_JOB_ARRAY_INDEX); process.exit(process.env.AWS_BATCH_JOB_ARRAY_INDEX === "2" ? 1 : 0)';
    const jobId = await submit(script, { arrayProperties: { size: 4 } });
    const job = await ended(jobId);
    assert.equal(job.status, 'FAILED');
    assert.deepEqual(job.arrayProperties, { size: 4, statusSummary: { SUCCEEDED: 3, FAILED: 1 } });
    const children = await aws.batch.send(new ListJobsCommand({ arrayJobId: jobId, jobStatus: 'SUCCEEDED' }));
    assert.deepEqual(
      children.jobSummaryList!.map((child) => child.arrayProperties!.index),
      [0, 1, 3],
    );
    const last = await describe_(`${jobId}:3`);
    assert.equal(logOf(last), '3\n');
    const whole = await ended(await submit('0', { arrayProperties: { size: 2 } }));
    assert.equal(whole.status, 'SUCCEEDED');
  });

  it('terminates a running job with everything that it has started', async () => {
    const marker = join(aws.stateDirectory, 'grandchild.pid');
    const script = `const { spawn } = require('node:child_process');
      const child = spawn(process.execPath, ['-e', ${JSON.stringify(forever)}], { stdio: 'ignore' });
      require('node:fs').writeFileSync(${JSON.stringify(marker)}, String(child.pid));
      process.on('SIGTERM', () => {});
      ${forever}`;
    const jobId = await submit(script);
    await running(jobId);
    await until(() => Promise.resolve(existsSync(marker)), Boolean);
    const grandchild = Number(readFileSync(marker, 'utf8'));
    assert.ok(isAlive(grandchild));
    await aws.batch.send(new TerminateJobCommand({ jobId, reason: 'the cycle was cancelled' }));
    const job = await ended(jobId);
    assert.deepEqual(
      [job.status, job.statusReason, job.isTerminated],
      ['FAILED', 'the cycle was cancelled', true],
    );
    assert.equal(job.container!.exitCode, 137, 'it would not listen to SIGTERM');
    await until(
      () => Promise.resolve(isAlive(grandchild)),
      (alive) => !alive,
    );
  });

  it('ends an attempt that takes too long', async () => {
    const job = await ended(await submit(forever, { timeout: { attemptDurationSeconds: 1 } }));
    assert.deepEqual([job.status, job.statusReason], ['FAILED', 'Job attempt duration exceeded timeout']);
  });

  it('runs two at once and lets the others wait; a waiting one can be cancelled', async () => {
    const jobs = [await submit(forever), await submit(forever), await submit(forever)];
    await running(jobs[0]!);
    await running(jobs[1]!);
    assert.equal((await describe_(jobs[2]!)).status, 'RUNNABLE');
    await aws.batch.send(new CancelJobCommand({ jobId: jobs[2], reason: 'no longer needed' }));
    const cancelled = await ended(jobs[2]!);
    assert.deepEqual(
      [cancelled.status, cancelled.statusReason, cancelled.isCancelled, cancelled.startedAt],
      ['FAILED', 'no longer needed', true, undefined],
    );
    await aws.batch.send(new CancelJobCommand({ jobId: jobs[0], reason: 'too late' }));
    assert.equal((await describe_(jobs[0]!)).status, 'RUNNING', 'CancelJob leaves what runs');
    for (const jobId of jobs.slice(0, 2))
      await aws.batch.send(new TerminateJobCommand({ jobId, reason: 'done' }));
    await Promise.all(jobs.map(ended));
  });

  it('holds a job until those it depends on have succeeded', async () => {
    const first = await submit('0');
    const second = await submit('0', { dependsOn: [{ jobId: first }] });
    assert.equal((await ended(second)).status, 'SUCCEEDED');
    assert.ok((await describe_(first)).stoppedAt! <= (await describe_(second)).startedAt!);
    const failing = await submit('process.exit(1)');
    const never = await ended(await submit('0', { dependsOn: [{ jobId: failing }] }));
    assert.deepEqual([never.status, never.statusReason], ['FAILED', 'Dependent Job failed']);
  });

  it('finds jobs by name and by status', async () => {
    const jobId = await submit('0', { jobName: 'retrain-cafe-0007-discover' });
    await ended(jobId);
    const byName = await aws.batch.send(
      new ListJobsCommand({ jobQueue: 'jobs', filters: [{ name: 'JOB_NAME', values: ['retrain-cafe-*'] }] }),
    );
    assert.deepEqual(
      byName.jobSummaryList!.map((job) => [job.jobId, job.status, job.container!.exitCode]),
      [[jobId, 'SUCCEEDED', 0]],
    );
    const failed = await aws.batch.send(new ListJobsCommand({ jobQueue: 'jobs', jobStatus: 'FAILED' }));
    assert.ok(failed.jobSummaryList!.length > 0);
    assert.ok(failed.jobSummaryList!.every(({ status }) => status === 'FAILED'));
    assert.deepEqual((await aws.batch.send(new ListJobsCommand({ jobQueue: 'jobs' }))).jobSummaryList, []);
  });

  it('fails a job whose image stands for nothing, or whose command cannot be started', async () => {
    const register = (jobDefinitionName: string, image: string) =>
      aws.batch.send(
        new RegisterJobDefinitionCommand({
          jobDefinitionName,
          type: 'container',
          containerProperties: { image },
        }),
      );
    await register('stranger', 'registry.example/stranger:1');
    const stranger = await ended(await submit('0', { jobDefinition: 'stranger' }));
    assert.equal(stranger.status, 'FAILED');
    assert.match(stranger.container!.reason!, /^CannotPullContainerError/);
  });

  it('numbers the revisions of a job definition', async () => {
    const register = (image: string) =>
      aws.batch.send(
        new RegisterJobDefinitionCommand({
          jobDefinitionName: 'twice',
          type: 'container',
          containerProperties: { image },
        }),
      );
    assert.equal((await register('a')).revision, 1);
    assert.match((await register('b')).jobDefinitionArn!, /job-definition\/twice:2$/);
    const { jobDefinitions } = await aws.batch.send(
      new DescribeJobDefinitionsCommand({ jobDefinitionName: 'twice' }),
    );
    assert.deepEqual(
      jobDefinitions!.map(({ revision, containerProperties }) => [revision, containerProperties!.image]),
      [
        [2, 'b'],
        [1, 'a'],
      ],
    );
  });

  it('refuses what Batch would refuse', async () => {
    for (const bad of [
      { jobQueue: 'nowhere' },
      { jobDefinition: 'nothing' },
      { jobDefinition: 'node:99' },
      { jobName: 'with space' },
      { arrayProperties: { size: 1 } },
      { retryStrategy: { attempts: 11 } },
      { timeout: { attemptDurationSeconds: 0 } },
    ]) {
      const failure = await failureOf(submit('0', bad));
      assert.deepEqual([failure.name, failure.$metadata!.httpStatusCode], ['ClientException', 400]);
    }
    const unnamed = await failureOf(submit('0', { jobName: undefined }));
    assert.deepEqual([unnamed.name, unnamed.message], ['ClientException', 'input.jobName is required.']);
    const { jobQueues } = await aws.batch.send(new DescribeJobQueuesCommand({ jobQueues: ['jobs'] }));
    assert.deepEqual([jobQueues![0]!.state, jobQueues![0]!.status], ['ENABLED', 'VALID']);
  });
});

describe('images', () => {
  const images = { 'ciclo-jobs': ['node', 'main.js'], 'r/x:1': ['one'] };

  it('are found with or without tag and digest', () => {
    assert.deepEqual(commandOf(images, 'ciclo-jobs'), ['node', 'main.js']);
    assert.deepEqual(commandOf(images, 'ciclo-jobs:latest'), ['node', 'main.js']);
    assert.deepEqual(commandOf(images, 'ciclo-jobs@sha256:0123'), ['node', 'main.js']);
    assert.deepEqual(commandOf(images, 'r/x:1'), ['one']);
    assert.equal(commandOf(images, 'r/x:2'), null);
    assert.equal(commandOf(images, 'localhost:5000/other'), null);
  });

  it('are read from the command line', () => {
    assert.deepEqual(parseImage('a/b:1=node,--flag=x,main.js'), ['a/b:1', ['node', '--flag=x', 'main.js']]);
    assert.throws(() => parseImage('nothing'), /NAME=command/);
    assert.throws(() => parseImage('nothing='), /NAME=command/);
  });
});
