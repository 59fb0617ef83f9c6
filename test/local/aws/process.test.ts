import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  CreateComputeEnvironmentCommand,
  CreateJobQueueCommand,
  DescribeJobsCommand,
  RegisterJobDefinitionCommand,
  SubmitJobCommand,
} from '@aws-sdk/client-batch';
import {
  BuildBotLocaleCommand,
  CreateUploadUrlCommand,
  DescribeBotAliasCommand,
  DescribeBotLocaleCommand,
  DescribeImportCommand,
  StartImportCommand,
} from '@aws-sdk/client-lex-models-v2';
import { RecognizeTextCommand } from '@aws-sdk/client-lex-runtime-v2';
import {
  archiveFiles,
  localeId,
  localeSpecification,
  makeAlias,
  makeBot,
  makeVersion,
  smallBot,
  zipOf,
} from './lex/bots';
import { clientsOf, isAlive, type StandIn, temporaryDirectory, until } from './stand-in';

describe('the local AWS as a process of its own', function () {
  this.timeout(60_000);
  const stateDirectory = temporaryDirectory();
  let child: ChildProcess;
  let aws: StandIn;

  const start = async (...flags: string[]) => {
    const main = join(__dirname, '../../../src/local/aws/main.ts');
    const image = `node=${process.execPath},-e`;
    const command = ['--import', 'tsx', main, '--state', stateDirectory, '--image', image, ...flags];
    child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'], env: quiet });
    let printed = '';
    for await (const chunk of child.stdout!) {
      printed += String(chunk);
      if (printed.includes('\n')) break;
    }
    const endpoint = /listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(printed)?.[1];
    assert.ok(endpoint, printed);
    aws = { endpoint, stateDirectory, ...clientsOf(endpoint) } as StandIn;
  };
  const end = async (signal: NodeJS.Signals) => {
    for (const client of [aws.models, aws.runtime, aws.batch, aws.sns]) client.destroy();
    const ended = once(child, 'exit');
    child.kill(signal);
    return (await ended) as [code: number | null, signal: string | null];
  };
  const quiet = { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };
  const upload = async () => {
    const { importId, uploadUrl } = await aws.models.send(new CreateUploadUrlCommand({}));
    const more = { ...smallBot, Despedirse: { utterances: ['adiós', 'hasta luego'] } };
    await fetch(uploadUrl!, { method: 'PUT', body: Buffer.from(zipOf(archiveFiles(more, false))) });
    return importId!;
  };

  after(async () => {
    await end('SIGTERM');
    rmSync(stateDirectory, { recursive: true, force: true });
  });

  it('goes on after kill -9: bots answer, imports and builds are brought to their end', async () => {
    await start('--import-ms', '1', '--build-ms', '1');
    const botId = await makeBot(aws, 'Duradero');
    const botAliasId = await makeAlias(aws, botId, 'live', await makeVersion(aws, botId));
    await end('SIGKILL');

    await start('--import-ms', '60000');
    const say = (text: string) =>
      aws.runtime.send(new RecognizeTextCommand({ botId, botAliasId, localeId, sessionId: 'some', text }));
    assert.equal((await say('hola, buenas')).interpretations![0]!.intent!.name, 'Saludar');
    const { botAliasLocaleSettings } = await aws.models.send(
      new DescribeBotAliasCommand({ botId, botAliasId }),
    );
    assert.deepEqual(botAliasLocaleSettings, { [localeId]: { enabled: true } });
    const importId = await upload();
    const resourceSpecification = localeSpecification(botId);
    await aws.models.send(
      new StartImportCommand({ importId, resourceSpecification, mergeStrategy: 'Overwrite' }),
    );
    await end('SIGKILL');

    await start('--import-ms', '1', '--build-ms', '60000');
    await until(
      () => aws.models.send(new DescribeImportCommand({ importId })),
      ({ importStatus }) => importStatus === 'Completed',
    );
    const draft = { botId, botVersion: 'DRAFT', localeId };
    await aws.models.send(new BuildBotLocaleCommand(draft));
    await end('SIGKILL');

    await start('--build-ms', '1');
    const built = await until(
      () => aws.models.send(new DescribeBotLocaleCommand(draft)),
      ({ botLocaleStatus }) => botLocaleStatus !== 'Building',
    );
    assert.deepEqual([built.botLocaleStatus, built.intentsCount], ['Built', 5]);
    assert.equal((await say('hola')).interpretations![0]!.intent!.name, 'Saludar');
  });

  it('fails the jobs that ran when it was killed, kills what is left of them, and runs those that waited', async () => {
    await aws.batch.send(
      new CreateComputeEnvironmentCommand({ computeEnvironmentName: 'local', type: 'MANAGED' }),
    );
    const computeEnvironmentOrder = [{ order: 1, computeEnvironment: 'local' }];
    await aws.batch.send(
      new CreateJobQueueCommand({ jobQueueName: 'jobs', priority: 1, computeEnvironmentOrder }),
    );
    const containerProperties = { image: 'node' };
    await aws.batch.send(
      new RegisterJobDefinitionCommand({ jobDefinitionName: 'node', type: 'container', containerProperties }),
    );
    const submit = async (script: string) => {
      const job = { jobName: 'job', jobQueue: 'jobs', jobDefinition: 'node' };
      const containerOverrides = { command: [script] };
      return (await aws.batch.send(new SubmitJobCommand({ ...job, containerOverrides }))).jobId!;
    };
    const sentinel = join(stateDirectory, 'pid');
    const forever = `require('fs').appendFileSync(${JSON.stringify(sentinel)}, process.pid + '\\n'); setInterval(() => {}, 1000)`;
    const running = [await submit(forever), await submit(forever)];
    const waiting = await submit('process.exit(0)');
    const statuses = async (jobs: string[]) =>
      (await aws.batch.send(new DescribeJobsCommand({ jobs }))).jobs!.map(({ status }) => status);
    await until(
      () => statuses([...running, waiting]),
      (now) => now.join() === 'RUNNING,RUNNING,RUNNABLE',
    );
    const pids = await until(
      () => Promise.resolve(existsSync(sentinel) ? readFileSync(sentinel, 'utf8').trim().split('\n') : []),
      (lines) => lines.length === 2,
    );
    await end('SIGKILL');

    await start();
    const { jobs } = await aws.batch.send(new DescribeJobsCommand({ jobs: running }));
    for (const job of jobs!) {
      assert.equal(job.status, 'FAILED');
      assert.match(job.statusReason!, /^Host terminated/);
    }
    for (const pid of pids) {
      await until(
        () => Promise.resolve(isAlive(Number(pid))),
        (alive) => !alive,
      );
    }
    await until(
      () => statuses([waiting]),
      ([status]) => status === 'SUCCEEDED',
    );
  });

  it('ends with its jobs on SIGTERM', async () => {
    const containerOverrides = { command: ['setInterval(() => {}, 1000)'] };
    const job = { jobName: 'job', jobQueue: 'jobs', jobDefinition: 'node', containerOverrides };
    const { jobId } = await aws.batch.send(new SubmitJobCommand(job));
    const describeJob = async () =>
      (await aws.batch.send(new DescribeJobsCommand({ jobs: [jobId!] }))).jobs![0]!;
    await until(describeJob, ({ status }) => status === 'RUNNING');
    assert.deepEqual(await end('SIGTERM'), [0, null]);
    await start();
    const { status, statusReason } = await describeJob();
    assert.deepEqual([status, statusReason], ['FAILED', 'Host terminated: the local AWS was stopped.']);
  });

  it('says what is wrong with its flags', async () => {
    const main = join(__dirname, '../../../src/local/aws/main.ts');
    const wrong = spawn(
      process.execPath,
      ['--import', 'tsx', main, '--state', stateDirectory, '--image', 'x'],
      {
        stdio: ['ignore', 'ignore', 'pipe'],
        env: quiet,
      },
    );
    let message = '';
    wrong.stderr.on('data', (chunk) => (message += String(chunk)));
    const [code] = (await once(wrong, 'close')) as [number];
    assert.equal(code, 1);
    assert.match(message, /--image wants NAME=command/);
  });
});
