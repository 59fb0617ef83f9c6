import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';

import {
  CreateBucketCommand,
  GetObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';

import { resolveBinary } from '../../src/local/binaries/resolve';
import {
  findObjectStorage,
  startObjectStorage,
  type ObjectStorage,
  type ObjectStorageAccess,
} from '../../src/local/object-storage';

describe('the object storage', function () {
  this.timeout(300_000);
  let executable: string;
  let folder: string;
  let started: ObjectStorage[];
  let clients: S3Client[];

  before(async () => {
    executable = (await resolveBinary('weed', { report: console.error })).path;
  });
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'ciclo-storage-'));
    started = [];
    clients = [];
  });
  afterEach(async () => {
    clients.forEach((client) => client.destroy());
    await Promise.all(started.map((server) => server.stop()));
    await rm(folder, { recursive: true });
  });

  async function start(stateFolder = folder): Promise<ObjectStorage> {
    const storage = await startObjectStorage({ executable, stateFolder });
    started.push(storage);
    return storage;
  }
  function clientOf(access: ObjectStorageAccess): S3Client {
    const { endpoint, accessKeyId, secretAccessKey } = access;
    const client = new S3Client({
      endpoint,
      region: 'us-east-1',
      forcePathStyle: true,
      maxAttempts: 1,
      credentials: { accessKeyId, secretAccessKey },
    });
    clients.push(client);
    return client;
  }
  async function write(access: ObjectStorageAccess, count: number): Promise<void> {
    const client = clientOf(access);
    await client.send(new CreateBucketCommand({ Bucket: 'kept' }));
    for (let index = 0; index < count; index++) {
      await client.send(new PutObjectCommand({ Bucket: 'kept', Key: `a/${index}`, Body: `body ${index}` }));
    }
  }
  async function assertKept(access: ObjectStorageAccess, count: number): Promise<void> {
    const client = clientOf(access);
    const listed = await client.send(new ListObjectsV2Command({ Bucket: 'kept' }));
    assert.equal(listed.KeyCount, count);
    for (let index = 0; index < count; index++) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: 'kept', Key: `a/${index}` }));
      assert.equal(await Body!.transformToString(), `body ${index}`);
    }
    await client.send(new PutObjectCommand({ Bucket: 'kept', Key: 'b', Body: 'written after' }));
  }

  it('takes objects as soon as it is started, from those who hold its keys', async () => {
    const storage = await start();
    await write(storage, 3);
    await assertKept(storage, 3);
    await assert.rejects(
      clientOf(storage).send(new PutObjectCommand({ Bucket: 'missing', Key: 'a', Body: 'a' })),
      { name: 'NoSuchBucket' },
    );
    const stranger = clientOf({ ...storage, secretAccessKey: 'guessed' });
    await assert.rejects(stranger.send(new ListBucketsCommand({})), /SignatureDoesNotMatch|signature/i);
    assert.equal((await stat(path.join(folder, 'object-storage', 's3.json'))).mode & 0o077, 0);
  });

  it('lets exactly one of many writers create an object', async () => {
    const storage = await start();
    await write(storage, 0);
    const client = clientOf(storage);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 16 }, (_, index) =>
        client.send(
          new PutObjectCommand({ Bucket: 'kept', Key: 'lock', Body: String(index), IfNoneMatch: '*' }),
        ),
      ),
    );
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
  });

  it('keeps objects, keys and address from one start to the next', async () => {
    const first = await start();
    await write(first, 20);
    await first.stop();
    assert.equal(await findObjectStorage(folder), undefined);
    const s3Port = new URL(first.endpoint).port;
    const sockets = (await readdir('/tmp')).filter((name) => /^seaweedfs-.*\.sock$/.test(name));
    assert.ok(!sockets.some((name) => name.includes(`-${s3Port}.`)), 'it leaves litter behind');
    const second = await start();
    const access = ({ endpoint, accessKeyId, secretAccessKey }: ObjectStorageAccess) => ({
      endpoint,
      accessKeyId,
      secretAccessKey,
    });
    assert.deepEqual(access(second), access(first));
    assert.deepEqual(await findObjectStorage(folder), access(first));
    await assertKept(second, 20);
  });

  it('keeps objects when it is killed', async () => {
    const first = await start();
    await write(first, 20);
    process.kill(first.pid, 'SIGKILL');
    assert.equal(await first.ended, 'was ended by SIGKILL');
    await first.stop();
    await assertKept(await start(), 20);
  });

  it('keeps objects when all of its ports have changed', async () => {
    const first = await start();
    await write(first, 20);
    await first.stop();
    await rm(path.join(folder, 'object-storage', 'ports.json'));
    const second = await start();
    assert.notEqual(second.endpoint, first.endpoint);
    await assertKept(second, 20);
  });

  it('runs beside another one with data and keys of its own', async () => {
    const [left, right] = await Promise.all([
      start(path.join(folder, 'left')),
      start(path.join(folder, 'right')),
    ]);
    assert.notEqual(left.accessKeyId, right.accessKeyId);
    await write(left, 1);
    const { Buckets } = await clientOf(right).send(new ListBucketsCommand({}));
    assert.deepEqual(Buckets ?? [], []);
  });
});
