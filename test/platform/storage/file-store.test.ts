import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ConflictError, InvalidInputError, NotFoundError } from '../../../src/domain/errors';
import { openObjectStore } from '../../../src/platform/storage/object-store';

describe('object store on disk', () => {
  const store = openObjectStore();
  let folder: string;
  let base: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ciclo-store-'));
    base = `${pathToFileURL(folder).href}/`;
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function urisBelow(prefix: string): Promise<string[]> {
    const uris: string[] = [];
    for await (const { uri } of store.list(prefix)) uris.push(uri.slice(base.length));
    return uris;
  }

  it('gives back what was written, with an etag that follows the content', async () => {
    const first = await store.write(`${base}a/b.txt`, 'uno');
    const read = await store.readWithEtag(`${base}a/b.txt`);
    assert.deepEqual(read, { text: 'uno', etag: first.etag });
    const second = await store.write(`${base}a/b.txt`, 'dos');
    assert.notEqual(second.etag, first.etag);
    assert.equal((await store.write(`${base}a/b.txt`, 'uno')).etag, first.etag);
  });

  it('lists by prefix in the order of S3, without its own short-lived files', async () => {
    for (const name of ['a/2.txt', 'a/1.txt', 'a-b.txt', 'ab.txt', 'c.txt'])
      await store.write(base + name, name);
    await writeFile(join(folder, 'a', '.1.txt.x.partial'), '');
    // "-" sorts before "/", "/" before "b".
    assert.deepEqual(await urisBelow(base), ['a-b.txt', 'a/1.txt', 'a/2.txt', 'ab.txt', 'c.txt']);
    assert.deepEqual(await urisBelow(`${base}a`), ['a-b.txt', 'a/1.txt', 'a/2.txt', 'ab.txt']);
    assert.deepEqual(await urisBelow(`${base}a/`), ['a/1.txt', 'a/2.txt']);
    assert.deepEqual(await urisBelow(`${base}none/`), []);
  });

  it('names a missing object', async () => {
    await assert.rejects(store.read(`${base}x`), NotFoundError);
    await mkdir(join(folder, 'folder'));
    await assert.rejects(store.readText(`${base}folder`), NotFoundError);
    await assert.rejects(store.read(`${base}folder`), NotFoundError);
    assert.equal(await store.exists(`${base}x`), false);
    await store.delete(`${base}x`);
  });

  it('lets one of many create an object and one of many replace it', async () => {
    const uri = `${base}state.json`;
    const create = await Promise.allSettled(
      Array.from({ length: 16 }, (_, i) => store.write(uri, `${i}`, { ifNoneMatch: '*' })),
    );
    assert.equal(create.filter((one) => one.status === 'fulfilled').length, 1);
    for (const one of create) if (one.status === 'rejected') assert.ok(one.reason instanceof ConflictError);

    const { etag } = await store.readWithEtag(uri);
    const replace = await Promise.allSettled(
      Array.from({ length: 16 }, (_, i) => store.write(uri, `new ${i}`, { ifMatch: etag })),
    );
    assert.equal(replace.filter((one) => one.status === 'fulfilled').length, 1);
    assert.deepEqual(await readdir(folder), ['state.json']);
  });

  it('refuses to replace what is not there', async () => {
    await assert.rejects(store.write(`${base}x`, '', { ifMatch: 'e' }), ConflictError);
    assert.equal(await store.exists(`${base}x`), false);
  });

  it('describes artifacts and notices when one was changed', async () => {
    const artifact = await store.putArtifact(`${base}u.jsonl`, '{"a":1}\n', { rows: 1, schemaVersion: 1 });
    assert.deepEqual(artifact, {
      uri: `${base}u.jsonl`,
      sha256: 'e346432021b04179518d9614f3560ccd71354a4ee101ddcb893d6959a9d6301c',
      bytes: 8,
      rows: 1,
      schemaVersion: 1,
    });
    assert.equal(await store.readArtifactText(artifact), '{"a":1}\n');
    await writeFile(join(folder, 'copy'), '{"a":1}\n');
    const copy = await store.putArtifact(
      `${base}v.jsonl`,
      { path: join(folder, 'copy') },
      { rows: 1, schemaVersion: 1 },
    );
    assert.equal(copy.sha256, artifact.sha256);
    assert.equal(copy.bytes, 8);
    await store.write(artifact.uri, '{"a":2}\n');
    await assert.rejects(store.readArtifactText(artifact), InvalidInputError);
  });

  it('refuses other schemes and text that is no UTF-8', async () => {
    await assert.rejects(store.read('ftp://x/y'), /write s3:\/\/BUCKET\/KEY or file:/);
    await store.write(`${base}latin1`, Buffer.from([0xe1, 0x20]));
    await assert.rejects(store.readText(`${base}latin1`), /no UTF-8/);
  });
});
