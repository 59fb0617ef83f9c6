import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  type Client,
  WorkflowFailedError,
  type WorkflowHandle,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import { DefaultLogger, Worker, bundleWorkflowCode } from '@temporalio/worker';
import { rootCause } from '../../src/commands/follow';
import { FailureInterceptor } from '../../src/activities/failures';
import { reviewWorkflowId } from '../../src/domain/cycle';
import { InvalidInputError } from '../../src/domain/errors';
import { resolveBinary } from '../../src/local/binaries/resolve';
import { type CodecServer, startCodecServer } from '../../src/platform/encryption/codec-server';
import { createKeyFile } from '../../src/platform/encryption/key-file';
import { EncryptionKeyError } from '../../src/platform/encryption/key-source';
import { createPayloadCodec } from '../../src/platform/encryption/settings';
import { connectClient } from '../../src/platform/temporal';
import { connectWorker } from '../../src/platform/temporal-worker';
import {
  decideUpdate,
  finishUpdate,
  reviewDecisionsQuery,
  reviewStateQuery,
} from '../../src/workflows/review';
import type { retrain } from '../../src/workflows/retrain';
import { searchAttributes } from '../../src/workflows/search-attributes';
import { withEnvironment } from '../support/environment';
import { localEnvironment } from '../support/servers';
import '../support/workflow-worker';
import { mockActivities } from './mock-activities';

const waiting = async (handle: WorkflowHandle) => {
  for (;;) {
    const status = await handle.query<{ waitingForReview: string | null }>('cycleStatus');
    if (status.waitingForReview !== null) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};

describe('a cycle with encryption on', function () {
  this.timeout(120_000);
  let folder: string;
  let address: string;
  let cli: string;
  let variables: Record<string, string | undefined>;
  let bundle: Awaited<ReturnType<typeof bundleWorkflowCode>>;
  let codecServer: CodecServer | undefined;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ciclo-encrypted-'));
    address = (await localEnvironment(searchAttributes)).address;
    cli = (await resolveBinary('temporal')).path;
    variables = {
      TEMPORAL_ADDRESS: address,
      TEMPORAL_NAMESPACE: undefined,
      TEMPORAL_API_KEY: undefined,
      TEMPORAL_PROFILE: undefined,
      TEMPORAL_CONFIG_FILE: join(folder, 'no.toml'),
      CICLO_ENCRYPTION_KEY: join(folder, 'ciclo.key'),
      CICLO_ENCRYPTION_OLD_KEYS: undefined,
    };
    await createKeyFile(join(folder, 'ciclo.key'), new Date());
    bundle = await bundleWorkflowCode({
      workflowsPath: join(__dirname, '../../src/workflows/index.ts'),
      failureConverterPath: join(__dirname, '../../src/platform/encryption/failure-converter.ts'),
      logger: new DefaultLogger('WARN'),
    });
  });
  after(async () => {
    await codecServer?.close();
    rmSync(folder, { recursive: true });
  });

  const temporal = async (...args: string[]) =>
    (
      await promisify(execFile)(cli, [...args, '--address', address], {
        maxBuffer: 64 * 1024 * 1024,
        env: { ...process.env, ...variables },
      })
    ).stdout;
  const history = (workflowId: string, ...more: string[]) =>
    temporal('workflow', 'show', '--workflow-id', workflowId, '--output', 'json', ...more);

  /** A worker and a client as the program makes them. */
  async function running<T>(
    overrides: Parameters<typeof mockActivities>[0],
    body: (client: Client, taskQueue: string) => Promise<T>,
  ): Promise<T> {
    return withEnvironment(variables, async () => {
      const taskQueue = `encrypted-${randomUUID()}`;
      const { connection, namespace, dataConverter } = await connectWorker();
      const client = await connectClient();
      try {
        const worker = await Worker.create({
          connection,
          namespace,
          dataConverter,
          taskQueue,
          workflowBundle: bundle,
          activities: mockActivities(overrides).activities,
          interceptors: { activity: [() => ({ inbound: new FailureInterceptor() })] },
        });
        return await worker.runUntil(() => body(client, taskQueue));
      } finally {
        await client.connection.close();
        await connection.close();
      }
    });
  }

  /** Every payload of a history as the server keeps it, with what is told beside them. */
  function leaks(raw: string, words: readonly string[]): string[] {
    const texts = [raw];
    JSON.parse(raw, (key, value: unknown) => {
      if (key === 'data' && typeof value === 'string')
        texts.push(Buffer.from(value, 'base64').toString('latin1'));
      return value;
    });
    return words.filter((word) => texts.some((text) => text.includes(word)));
  }

  it('keeps only ciphertext in the histories, which the codec server opens', async () => {
    const pipeline = `secret-${randomUUID().slice(0, 8)}`;
    const review = reviewWorkflowId(pipeline, 1);
    await running({}, async (client, taskQueue) => {
      const handle = await client.workflow.start<typeof retrain>('retrain', {
        workflowId: `retrain/${pipeline}`,
        taskQueue,
        args: [{ pipeline, trigger: 'manual' }],
        staticSummary: 'Summary of PreguntarWifi',
        staticDetails: 'Details of PreguntarWifi',
        memo: { note: 'Memo of PreguntarWifi' },
      });
      await waiting(handle);
      const reviewing = client.workflow.getHandle(review);
      await assert.rejects(
        reviewing.executeUpdate(decideUpdate, {
          args: [{ action: 'accept', proposal: 'p-ausente', author: 'Filomena' }],
        }),
        (error: Error) =>
          error instanceof WorkflowUpdateFailedError && /p-ausente/.test(String(error.cause?.message)),
      );
      await reviewing.executeUpdate(decideUpdate, {
        args: [{ action: 'accept-all', author: 'Filomena' }],
      });
      assert.equal((await reviewing.query(reviewDecisionsQuery, 0))[0]?.author, 'Filomena');
      const metadata = await temporal('workflow', 'metadata', '--workflow-id', review, '--output', 'json');
      assert.ok(!metadata.includes('PreguntarWifi'), 'the details of the review can be read');
      await reviewing.executeUpdate(finishUpdate, { args: [{ author: 'Filomena' }] });
      assert.equal((await handle.result()).outcome, 'promoted');
      codecServer = await startCodecServer({
        codec: createPayloadCodec('default'),
        namespace: 'default',
        host: '127.0.0.1',
        port: 0,
        corsOrigins: [],
        token: 'sesame',
      });
    });
    const words = ['PreguntarWifi', 'Filomena', 'Saludar', 'TestBot', 's3://test', 'promoted', 'json/plain'];
    for (const workflowId of [`retrain/${pipeline}`, review]) {
      const raw = await history(workflowId);
      assert.match(raw, new RegExp(Buffer.from('binary/encrypted').toString('base64')));
      // Search attributes are for the server to search: the verdict and the pipeline's name stay readable.
      const searchable = JSON.parse(raw, (key, value: unknown) =>
        key === 'searchAttributes' || key === 'indexedFields' ? undefined : value,
      ) as unknown;
      assert.deepEqual(leaks(JSON.stringify(searchable), words), []);
      const described = await temporal(
        'workflow',
        'describe',
        '--workflow-id',
        workflowId,
        '--output',
        'json',
      );
      assert.ok(!described.includes('PreguntarWifi'), described);
    }
    const decoded = await history(
      review,
      '--codec-endpoint',
      codecServer!.endpoint,
      '--codec-auth',
      'Bearer sesame',
    );
    assert.deepEqual(leaks(decoded, ['PreguntarWifi', 'Filomena', 'accept-all']), [
      'PreguntarWifi',
      'Filomena',
      'accept-all',
    ]);
  });

  it('hides what a failure says and where it happened, and tells its client', async () => {
    const pipeline = `fails-${randomUUID().slice(0, 8)}`;
    await running(
      { openCycle: () => Promise.reject(new InvalidInputError('The bucket of Filomena is empty.')) },
      async (client, taskQueue) => {
        await assert.rejects(
          client.workflow.execute<typeof retrain>('retrain', {
            workflowId: `retrain/${pipeline}`,
            taskQueue,
            args: [{ pipeline, trigger: 'manual' }],
          }),
          (error: Error) => {
            assert.ok(error instanceof WorkflowFailedError);
            assert.match(String(rootCause(error).message), /The bucket of Filomena is empty/);
            return true;
          },
        );
      },
    );
    const raw = await history(`retrain/${pipeline}`);
    assert.match(raw, /Encoded failure/);
    assert.deepEqual(leaks(raw, ['Filomena', 'mock-activities']), []);
  });

  it('tells a client without the key which one it needs', async () => {
    const pipeline = `keyless-${randomUUID().slice(0, 8)}`;
    await running({}, async (client, taskQueue) => {
      const handle = await client.workflow.start<typeof retrain>('retrain', {
        workflowId: `retrain/${pipeline}`,
        taskQueue,
        args: [{ pipeline, trigger: 'manual' }],
      });
      await waiting(handle);
      await withEnvironment({ CICLO_ENCRYPTION_KEY: undefined }, async () => {
        const keyless = await connectClient();
        try {
          await assert.rejects(
            keyless.workflow.getHandle(reviewWorkflowId(pipeline, 1)).query(reviewStateQuery),
            (error: Error) => {
              const found = [error, error.cause as Error].find((one) => one instanceof EncryptionKeyError);
              assert.match(String(found?.message), /no key is configured.*CICLO_ENCRYPTION_KEY/s);
              return true;
            },
          );
        } finally {
          await keyless.connection.close();
        }
      });
      await handle.terminate();
    });
  });
});
