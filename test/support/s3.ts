import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { resolveBinary } from '../../src/local/binaries/resolve';
import { type ObjectStorageAccess, startObjectStorage } from '../../src/local/object-storage';

export const testBucket = 'ciclo-test';

/** An S3 for the tests of one file, with one bucket; use prefixes of your own in it. */
export interface TestS3 {
  access: ObjectStorageAccess;
  /** Tries once, as Ciclo's own clients do. */
  client: S3Client;
  stop(): Promise<void>;
}

/** Starts a real S3 server on 127.0.0.1 with its data in a temporary folder. */
export async function startTestS3(): Promise<TestS3> {
  const { path: executable } = await resolveBinary('weed', {
    report: (line) => void process.stderr.write(`${line}\n`),
  });
  const stateFolder = await mkdtemp(join(tmpdir(), 'ciclo-s3-'));
  const storage = await startObjectStorage({ executable, stateFolder });
  const client = new S3Client({
    endpoint: storage.endpoint,
    region: 'us-east-1',
    maxAttempts: 1,
    credentials: { accessKeyId: storage.accessKeyId, secretAccessKey: storage.secretAccessKey },
  });
  await client.send(new CreateBucketCommand({ Bucket: testBucket }));
  return {
    access: storage,
    client,
    stop: async () => {
      client.destroy();
      await storage.stop();
      await rm(stateFolder, { recursive: true, force: true });
    },
  };
}
