import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DefaultLogger, Runtime, Worker, type WorkerOptions } from '@temporalio/worker';
import { createActivities } from './activities';
import { FailureInterceptor } from './activities/failures';
import { CicloError } from './domain/errors';
import {
  createBatchClient,
  createLexModelsClient,
  createLexRuntimeClient,
  createS3Client,
  createSnsClient,
} from './platform/aws/clients';
import { findPipelineFile, parsePipelineFile } from './platform/configuration';
import { encryptionIsOn } from './platform/encryption/settings';
import { createEngine } from './platform/engines';
import { ensureSearchAttributes } from './platform/search-attributes';
import { openObjectStore } from './platform/storage/object-store';
import { connectClient, taskQueue } from './platform/temporal';
import { connectWorker } from './platform/temporal-worker';
import { workflowBundlePath } from './workflow-bundle';
import { searchAttributes } from './workflows/search-attributes';

/** How the worker runs, apart from where it connects to; the same for tests and production. */
export const workerSettings = {
  taskQueue,
  maxConcurrentActivityTaskExecutions: 20,
  maxCachedWorkflows: 200,
  /** After a crash, the next worker is asked this soon instead of the one that is gone. */
  stickyQueueScheduleToStartTimeout: '2 seconds',
  /** Time for activities to note where they are. */
  shutdownGraceTime: '5 seconds',
  shutdownForceTime: '15 seconds',
  interceptors: { activity: [() => ({ inbound: new FailureInterceptor() })] },
} satisfies WorkerOptions;

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
  await client.connection.close();
  const { connection, namespace, dataConverter } = await connectWorker();
  const store = openObjectStore({ s3: createS3Client() });
  const batchClient = createBatchClient();
  const worker = await Worker.create({
    ...workerSettings,
    connection,
    namespace,
    dataConverter,
    workflowBundle: { codePath },
    activities: createActivities({
      store,
      lexModels: createLexModelsClient(),
      lexRuntime: createLexRuntimeClient(),
      sns: createSnsClient(),
      loadPipeline: async (name) => parsePipelineFile(await findPipelineFile(name)),
      codeVersion: version,
      workerEngine: createEngine('worker', { store }),
      batchEngine: (batch) => createEngine('batch', { store, client: batchClient, ...batch }),
    }),
  });
  try {
    await worker.run();
  } finally {
    await connection.close();
  }
}

if (require.main === module) {
  main().catch((error: unknown) => {
    console.error(error instanceof CicloError ? error.message : error);
    process.exitCode = 1;
  });
}
