import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { DefaultLogger, Runtime, Worker, type WorkerOptions } from '@temporalio/worker';
import { createActivities } from './activities';
import { FailureInterceptor } from './activities/failures';
import { CicloError } from './domain/errors';
import {
  createBatchClient,
  createCloudWatchClient,
  createLexModelsClient,
  createLexRuntimeClient,
  createS3Client,
  createSnsClient,
} from './platform/aws/clients';
import { readCodeVersion } from './platform/code-version';
import { findPipelineFile, parsePipelineFile } from './platform/configuration';
import { encryptionIsOn } from './platform/encryption/settings';
import { endProcess } from './platform/end-process';
import { createEngine } from './platform/engines';
import { ensureSearchAttributes } from './platform/search-attributes';
import { openObjectStore } from './platform/storage/object-store';
import { connectClient, taskQueue } from './platform/temporal';
import { connectWorker } from './platform/temporal-worker';
import { deploymentName, makeCurrent, makeCurrentIfFirst } from './platform/worker-deployment';
import { workflowBundlePath } from './workflow-bundle';
import { searchAttributes } from './workflows/search-attributes';

/** How the worker runs, apart from where it connects to; the same for tests and production. */
export const workerSettings = {
  taskQueue,
  maxConcurrentActivityTaskExecutions: 20,
  maxCachedWorkflows: 200,
  /** What an attempt has noted reaches Temporal this soon: a crash right after it loses nothing. */
  maxHeartbeatThrottleInterval: '2 seconds',
  /** After a crash, the next worker is asked this soon instead of the one that is gone. */
  stickyQueueScheduleToStartTimeout: '2 seconds',
  /** Time for activities to note where they are. */
  shutdownGraceTime: '5 seconds',
  shutdownForceTime: '15 seconds',
  interceptors: { activity: [() => ({ inbound: new FailureInterceptor() })] },
} satisfies WorkerOptions;

const deployAgainMs = 2_000;

/** `package.json` lies beside `dist/`. */
const { version } = JSON.parse(readFileSync(join(__dirname, '..', 'package.json'), 'utf8')) as {
  version: string;
};

async function main(): Promise<void> {
  Runtime.install({ logger: new DefaultLogger('INFO'), shutdownSignals: ['SIGINT', 'SIGTERM'] });
  const codePath = workflowBundlePath(encryptionIsOn());
  if (!existsSync(codePath)) {
    throw new CicloError('The workflows are not bundled. Run "npm run build" first.');
  }
  const client = await connectClient();
  await ensureSearchAttributes(client.connection, client.options.namespace, searchAttributes);
  const { connection, namespace, dataConverter } = await connectWorker();
  const codeVersion = await readCodeVersion(__dirname, version);
  const store = openObjectStore({ s3: createS3Client() });
  const batchClient = createBatchClient();
  const worker = await Worker.create({
    ...workerSettings,
    connection,
    namespace,
    dataConverter,
    workflowBundle: { codePath },
    workerDeploymentOptions: {
      version: { deploymentName, buildId: codeVersion },
      useWorkerVersioning: true,
      // A cycle waits for weeks: it goes on with the code of its time, whose changes replays of saved histories guard.
      defaultVersioningBehavior: 'AUTO_UPGRADE',
    },
    activities: createActivities({
      store,
      lexModels: createLexModelsClient(),
      lexRuntime: createLexRuntimeClient(),
      sns: createSnsClient(),
      cloudWatch: createCloudWatchClient(),
      loadPipeline: async (name) => parsePipelineFile(await findPipelineFile(name)),
      consoleUrl: process.env['CICLO_CONSOLE_URL']?.replace(/\/+$/, '') || undefined,
      codeVersion,
      workerEngine: createEngine('worker', { store }),
      batchEngine: (batch) => createEngine('batch', { store, client: batchClient, ...batch }),
    }),
  });
  try {
    await Promise.all([worker.run(), deploy(worker, client, codeVersion)]);
  } finally {
    await client.connection.close();
    await connection.close();
  }
}

/** Gives this build its work: the first build at once, a later one when `CICLO_DEPLOY=now` says so, else by hand. */
async function deploy(worker: Worker, client: Client, buildId: string): Promise<void> {
  const send = process.env['CICLO_DEPLOY'] === 'now' ? makeCurrent : makeCurrentIfFirst;
  for (;;) {
    try {
      await send(client, buildId);
      return;
    } catch (error) {
      if (worker.getState() !== 'RUNNING') return;
      Runtime.instance().logger.warn('The build could not be deployed yet; trying again.', {
        buildId,
        error,
      });
      await sleep(deployAgainMs);
    }
  }
}

if (require.main === module) {
  main().catch(endProcess);
}
