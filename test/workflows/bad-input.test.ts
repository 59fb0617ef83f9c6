import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { S3Client } from '@aws-sdk/client-s3';
import { WorkflowFailedError, type WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { createIngestActivities } from '../../src/activities/ingest';
import { rootCause } from '../../src/commands/follow';
import { describeResult } from '../../src/commands/result';
import { openObjectStore } from '../../src/platform/storage/object-store';
import { cycleStatusQuery, type retrain } from '../../src/workflows/retrain';
import { assertDocumented } from '../support/bad-input/page';
import { timeSkippingEnvironment } from '../support/servers';
import { withWorker } from '../support/workflow-worker';
import { configuration, mockActivities } from './mock-activities';

describe('a cycle and bad input', function () {
  this.timeout(120_000);
  let environment: TestWorkflowEnvironment;
  before(async () => {
    environment = await timeSkippingEnvironment();
  });

  /** Runs a cycle that reads its logs from an S3 that gives this answer to everything. */
  async function cycleOn<T>(
    answer: { status: number; body: string },
    body: (handle: WorkflowHandle<typeof retrain>, mocks: ReturnType<typeof mockActivities>) => Promise<T>,
  ): Promise<T> {
    const server = createServer((request, response) => {
      request.resume();
      response.writeHead(request.method === 'PUT' ? 200 : answer.status, {
        'content-type': 'application/xml',
      });
      response.end(request.method === 'PUT' ? '' : answer.body);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const s3 = new S3Client({
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      region: 'eu-west-1',
      forcePathStyle: true,
      maxAttempts: 1,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
    const mocks = mockActivities(createIngestActivities({ store: openObjectStore({ s3 }) }));
    try {
      return await withWorker(environment, mocks.activities, async (taskQueue) => {
        const pipeline = `bad-${randomUUID()}`;
        const handle = await environment.client.workflow.start<typeof retrain>('retrain', {
          workflowId: `retrain/${pipeline}`,
          taskQueue,
          args: [{ pipeline, trigger: 'manual' }],
        });
        return body(handle, mocks);
      });
    } finally {
      s3.destroy();
      server.close();
    }
  }

  it('says that there is nothing below the prefix, and where to look', async () => {
    const listing =
      '<ListBucketResult><KeyCount>0</KeyCount><IsTruncated>false</IsTruncated></ListBucketResult>';
    const result = await cycleOn({ status: 200, body: listing }, (handle) => handle.result());
    assert.equal(result.outcome, 'skipped');
    const printed = await describeResult(result, configuration, openObjectStore(), '');
    assertDocumented('empty-prefix', printed, { [result.pipeline]: 'cafe', 's3://test/': 's3://my-bucket/' });
  });

  /** A failed cycle's message: on the command line, in the stage, in the notification; told after one attempt. */
  async function failureOf(code: string, words: string): Promise<string> {
    const body = `<Error><Code>${code}</Code><Message>${words}</Message><RequestId>R1</RequestId></Error>`;
    return cycleOn({ status: code === 'AccessDenied' ? 403 : 400, body }, async (handle, mocks) => {
      const failure: unknown = await handle.result().catch((error: unknown) => error);
      assert.ok(failure instanceof WorkflowFailedError, String(failure));
      const { message } = rootCause(failure);
      const { stages } = await handle.query(cycleStatusQuery);
      assert.deepEqual([stages[0]?.state, stages[0]?.failure], ['failed', message]);
      const told = mocks.calls.find(({ name }) => name === 'notify')?.input;
      assert.deepEqual([told?.['kind'], told?.['stage'], told?.['message']], ['failed', 'ingest', message]);
      assert.deepEqual(mocks.names(), ['openCycle', 'listNewLogs', 'notify']);
      return message;
    });
  }

  it('says that the credentials expired', async () => {
    const message = await failureOf('ExpiredToken', 'The provided token has expired.');
    assertDocumented('expired-credentials', message, { 's3://test/': 's3://my-bucket/' });
  });

  it('says that the bucket refuses access', async () => {
    const message = await failureOf('AccessDenied', 'Access Denied');
    assertDocumented('bucket-refused', message, { 's3://test/': 's3://my-bucket/' });
  });
});
