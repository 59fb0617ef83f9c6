import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { z } from 'zod';
import { ConflictError, InvalidInputError, NotFoundError } from '../../../src/domain/errors';
import { createS3Client } from '../../../src/platform/aws/clients';
import { AccessDeniedError, ServiceUnavailableError } from '../../../src/platform/aws/errors';
import { readJsonLines, toJsonLines } from '../../../src/platform/storage/json-lines';
import { type ObjectStore, openObjectStore } from '../../../src/platform/storage/object-store';
import { withEnvironment } from '../../support/environment';
import { freePort } from '../../support/free-port';
import { startTestS3, testBucket, type TestS3 } from '../../support/s3';
import { describeRegistry } from '../registry/registry-behaviour';

describe('object store on S3', () => {
  const base = `s3://${testBucket}/store/`;
  let s3: TestS3;
  let store: ObjectStore;
  before(async () => {
    s3 = await startTestS3();
    store = openObjectStore({ s3: s3.client });
  });
  after(() => s3.stop());

  it('gives back what was written, with an etag that follows the content', async () => {
    const first = await store.write(`${base}a/ñandú 1.txt`, 'uno', { contentType: 'text/plain' });
    assert.deepEqual(await store.readWithEtag(`${base}a/ñandú 1.txt`), { text: 'uno', etag: first.etag });
    assert.doesNotMatch(first.etag, /"/);
    const listed = [];
    for await (const object of store.list(`${base}a/`)) listed.push(object);
    assert.equal(listed.length, 1);
    const { lastModified, ...rest } = listed[0]!;
    assert.deepEqual(rest, { uri: `${base}a/ñandú 1.txt`, etag: first.etag, bytes: 3 });
    assert.ok(Math.abs(Date.parse(lastModified) - Date.now()) < 60_000);
    assert.notEqual((await store.write(`${base}a/ñandú 1.txt`, 'dos')).etag, first.etag);
  });

  it('lists more than one page, in the order of the keys', async () => {
    const names = Array.from({ length: 1_050 }, (_, i) => `many/${String(i).padStart(5, '0')}`);
    for (let start = 0; start < names.length; start += 50) {
      await Promise.all(names.slice(start, start + 50).map((name) => store.write(base + name, '')));
    }
    const listed: string[] = [];
    for await (const { uri } of store.list(`${base}many/`)) listed.push(uri.slice(base.length));
    assert.deepEqual(listed, names);
  });

  it('lets exactly one of sixteen create an object', async () => {
    for (const round of [1, 2]) {
      const writes = await Promise.allSettled(
        Array.from({ length: 16 }, (_, i) =>
          store.write(`${base}create-${round}`, `${i}`, { ifNoneMatch: '*' }),
        ),
      );
      assert.equal(writes.filter(({ status }) => status === 'fulfilled').length, 1);
      for (const one of writes) if (one.status === 'rejected') assert.ok(one.reason instanceof ConflictError);
    }
  });

  it('lets exactly one of sixteen replace an object', async () => {
    for (const round of [1, 2]) {
      const uri = `${base}replace-${round}`;
      const { etag } = await store.write(uri, 'old');
      const writes = await Promise.allSettled(
        Array.from({ length: 16 }, (_, i) => store.write(uri, `new ${i}`, { ifMatch: etag })),
      );
      assert.equal(writes.filter(({ status }) => status === 'fulfilled').length, 1);
      for (const one of writes) if (one.status === 'rejected') assert.ok(one.reason instanceof ConflictError);
      const winner = writes.findIndex(({ status }) => status === 'fulfilled');
      assert.equal(await store.readText(uri), `new ${winner}`);
    }
    await assert.rejects(store.write(`${base}none`, '', { ifMatch: 'abc' }), ConflictError);
    assert.equal(await store.exists(`${base}none`), false);
  });

  it('streams files up and lines down', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ciclo-upload-'));
    try {
      const lines = Array.from({ length: 60_000 }, (_, id) => ({
        id,
        text: 'quería saber si abren los domingos ☕',
      }));
      const path = join(folder, 'lines.jsonl');
      await writeFile(path, toJsonLines(lines));
      const artifact = await store.putArtifact(
        `${base}lines.jsonl`,
        { path },
        { rows: 60_000, schemaVersion: 1 },
      );
      assert.equal(artifact.bytes, Buffer.byteLength(toJsonLines(lines)));
      assert.equal(await store.readArtifactText(artifact), toJsonLines(lines));
      let expected = 0;
      for await (const { id } of readJsonLines(store, artifact.uri, z.object({ id: z.number() }))) {
        assert.equal(id, expected++);
      }
      assert.equal(expected, 60_000);
      await writeFile(path, '');
      await store.upload(path, `${base}empty`);
      assert.equal(await store.readText(`${base}empty`), '');
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('notices an artifact that was changed', async () => {
    const artifact = await store.putArtifact(`${base}artifact`, 'uno', { rows: 1, schemaVersion: 1 });
    assert.deepEqual(
      await store.putArtifact(`${base}artifact`, 'uno', { rows: 1, schemaVersion: 1 }),
      artifact,
    );
    await store.write(artifact.uri, 'dos');
    await assert.rejects(store.readArtifactText(artifact), InvalidInputError);
  });

  it('names what is missing and what to do', async () => {
    await assert.rejects(store.readText(`${base}nothing`), (error: Error) => {
      assert.ok(error instanceof NotFoundError);
      assert.match(error.message, /^There is no s3:\/\/ciclo-test\/store\/nothing\./);
      return true;
    });
    assert.equal(await store.exists(`${base}nothing`), false);
    await store.delete(`${base}nothing`);
    for (const call of [
      () => store.readText('s3://no-such-bucket/x'),
      () => store.write('s3://no-such-bucket/x', ''),
    ]) {
      await assert.rejects(call, (error: Error) => {
        assert.ok(error instanceof NotFoundError);
        assert.match(error.message, /NoSuchBucket.*Create the bucket/);
        return true;
      });
    }
    await assert.rejects(store.read('s3://UPPER/x'), InvalidInputError);
  });

  it('tells refused access from a server that does not answer', async () => {
    const client = (endpoint: string) =>
      new S3Client({
        endpoint,
        region: 'us-east-1',
        maxAttempts: 1,
        credentials: { accessKeyId: s3.access.accessKeyId, secretAccessKey: 'wrong' },
      });
    const refused = openObjectStore({ s3: client(s3.access.endpoint) });
    for (const call of [() => refused.readText(`${base}x`), () => refused.exists(`${base}x`)]) {
      await assert.rejects(call, (error: Error) => {
        assert.ok(error instanceof AccessDeniedError);
        assert.equal(error.permanent, true);
        assert.match(error.message, /aws sts get-caller-identity/);
        return true;
      });
    }
    const silent = openObjectStore({ s3: client(`http://127.0.0.1:${await freePort()}`) });
    await assert.rejects(silent.readText(`${base}x`), (error: Error) => {
      assert.ok(error instanceof ServiceUnavailableError);
      assert.equal(error.permanent, false);
      assert.match(error.message, /AWS_ENDPOINT_URL/);
      return true;
    });
  });

  it('finds endpoint and credentials in the environment', () =>
    withEnvironment(
      {
        AWS_ENDPOINT_URL_S3: s3.access.endpoint,
        AWS_ACCESS_KEY_ID: s3.access.accessKeyId,
        AWS_SECRET_ACCESS_KEY: s3.access.secretAccessKey,
        AWS_REGION: 'eu-west-1',
        AWS_PROFILE: undefined,
      },
      async () => {
        const fromEnvironment = createS3Client();
        const own = openObjectStore({ s3: fromEnvironment });
        await own.write(`${base}environment`, 'sí');
        assert.equal(await own.readText(`${base}environment`), 'sí');
        assert.equal(await fromEnvironment.config.maxAttempts(), 1);
        fromEnvironment.destroy();
      },
    ));

  describe('registry, state and cycles on S3', () => {
    let test = 0;
    describeRegistry(() => Promise.resolve({ store, storeUri: `s3://${testBucket}/registry-${++test}/` }));
  });
});
