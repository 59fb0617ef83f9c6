import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateKeyCommand, type KMSClient } from '@aws-sdk/client-kms';
import { Client } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import {
  bundleWorkflowCode,
  DefaultLogger,
  Worker,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';
import { ServiceError } from '../../../src/local/aws/errors';
import { FaultPlan } from '../../../src/local/aws/faults/fault-plan';
import { type LocalAws, startLocalAws } from '../../../src/local/aws/start';
import { createKmsClient } from '../../../src/platform/aws/clients';
import { DataKeys } from '../../../src/platform/encryption/data-keys';
import { KmsSource } from '../../../src/platform/encryption/kms-source';
import { EncryptionCodec } from '../../../src/platform/encryption/payload-codec';
import { encryptionContext } from '../../../src/platform/encryption/settings';
// Quiet logs.
import '../../support/workflow-worker';
import { withEnvironment } from '../../support/environment';
import { localEnvironment } from '../../support/servers';
import type { echo } from './fixtures/echo';
import type { WorkerSpec } from './fixtures/worker';

const failureConverterPath = require.resolve('../../../src/platform/encryption/failure-converter');
const denied = new ServiceError('AccessDeniedException', 400, 'Made by a test.');
const unavailable = new ServiceError('KMSInternalException', 500, 'Made by a test.');

describe('a workflow task while KMS fails', function () {
  this.timeout(120_000);
  const faults = new FaultPlan();
  let environment: TestWorkflowEnvironment;
  let workflowBundle: WorkflowBundleWithSourceMap;
  let folder: string;
  let aws: LocalAws;
  let kms: KMSClient;
  let keyArn: string;

  before(async () => {
    environment = await localEnvironment();
    folder = await mkdtemp(join(tmpdir(), 'ciclo-workflow-task-'));
    aws = await startLocalAws({ stateDirectory: join(folder, 'aws'), faults });
    workflowBundle = await bundleWorkflowCode({
      workflowsPath: join(__dirname, 'fixtures', 'echo.ts'),
      failureConverterPath,
      logger: new DefaultLogger('WARN'),
    });
  });
  after(async () => {
    await aws.stop();
    await rm(folder, { recursive: true });
  });

  /** Runs something with the endpoint and the credentials of the stand-in, and a new key. */
  const withKms = (action: () => Promise<void>) =>
    withEnvironment(
      { AWS_ENDPOINT_URL: aws.endpoint, AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' },
      async () => {
        kms = createKmsClient('eu-west-1');
        keyArn = (await kms.send(new CreateKeyCommand({}))).KeyMetadata!.Arn!;
        try {
          await action();
        } finally {
          faults.clear();
          kms.destroy();
        }
      },
    );

  /** What one process encrypts and decrypts with. */
  function dataConverter() {
    const writing = new KmsSource(kms, keyArn);
    const dataKeys = new DataKeys({ writing, reading: [], context: encryptionContext('default') });
    return { payloadCodecs: [new EncryptionCodec(dataKeys)], failureConverterPath };
  }

  async function createWorker(taskQueue: string): Promise<Worker> {
    const converter = dataConverter();
    await converter.payloadCodecs[0]!.check();
    return Worker.create({
      connection: environment.nativeConnection,
      namespace: environment.namespace,
      taskQueue,
      workflowBundle,
      dataConverter: converter,
    });
  }

  function start(taskQueue: string) {
    const client = new Client({
      connection: environment.connection,
      namespace: environment.namespace,
      dataConverter: dataConverter(),
    });
    return client.workflow.start<typeof echo>('echo', {
      workflowId: `echo-${randomUUID()}`,
      taskQueue,
      args: ['hola'],
    });
  }

  for (const error of [denied, unavailable]) {
    it(`fails when its payloads cannot be decrypted, and the workflow goes on afterwards (${error.type})`, () =>
      withKms(async () => {
        const taskQueue = randomUUID();
        const worker = await createWorker(taskQueue);
        faults.inject('Decrypt', { kind: 'error', error }, 1);
        const handle = await start(taskQueue);
        assert.equal(await worker.runUntil(handle.result()), 'hola');
        const { events } = await handle.fetchHistory();
        const failed = events!.filter((event) => event.workflowTaskFailedEventAttributes);
        assert.equal(failed.length, 1);
      }));
  }

  it('ends the process of a worker that can encrypt nothing any more; another worker goes on', () =>
    withKms(async () => {
      const taskQueue = randomUUID();
      const specPath = join(folder, 'worker.json');
      const spec: WorkerSpec = {
        address: environment.address,
        namespace: environment.namespace ?? 'default',
        taskQueue,
        codePath: join(folder, 'workflows.js'),
        failureConverterPath,
        keyArn,
      };
      await writeFile(spec.codePath, workflowBundle.code);
      await writeFile(specPath, JSON.stringify(spec));
      const handle = await start(taskQueue);
      // Its first data key the worker still gets.
      faults.inject('GenerateDataKey', { kind: 'error', error: denied }, Infinity, 1);
      const worker = spawn(process.execPath, [
        '--import',
        'tsx',
        join(__dirname, 'fixtures', 'worker.ts'),
        specPath,
      ]);
      let said = '';
      worker.stderr.on('data', (chunk) => (said += String(chunk)));
      try {
        const [code] = (await once(worker, 'exit', { signal: AbortSignal.timeout(60_000) })) as [number];
        assert.equal(code, 1, said);
      } finally {
        worker.kill('SIGKILL');
      }
      assert.match(said, /GenerateDataKey \(KMS key arn:.*\) failed: AccessDeniedException/);
      faults.clear();
      const next = await createWorker(taskQueue);
      assert.equal(await next.runUntil(handle.result()), 'hola');
    }));
});
