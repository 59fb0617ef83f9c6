import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKeyFile, KeyFileSource, rotateKeyFile } from '../../../src/platform/encryption/key-file';
import { EncryptionKeyError } from '../../../src/platform/encryption/key-source';

describe('a key file', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ciclo-key-file-'));
    path = join(folder, 'ciclo.key');
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const refused = (expected: RegExp) => (error: Error) =>
    error instanceof EncryptionKeyError && expected.test(error.message);

  it('belongs to its owner alone, before and after a rotation', async () => {
    const first = await createKeyFile(path, new Date());
    assert.equal(statSync(path).mode & 0o777, 0o600);
    const second = await rotateKeyFile(path, new Date());
    assert.equal(statSync(path).mode & 0o777, 0o600);
    assert.deepEqual(await new KeyFileSource(path).keyIds(), [second, first]);
    assert.deepEqual(readdirSync(folder), ['ciclo.key']);
  });

  it('is never written over', async () => {
    const id = await createKeyFile(path, new Date());
    await assert.rejects(createKeyFile(path, new Date()), refused(/exists already.*rotate/));
    assert.deepEqual(await new KeyFileSource(path).keyIds(), [id]);
  });

  it('is refused when others may read it, when it is missing, and when it is something else', async () => {
    await createKeyFile(path, new Date());
    chmodSync(path, 0o640);
    await assert.rejects(new KeyFileSource(path).keyIds(), refused(/chmod 600/));
    await assert.rejects(rotateKeyFile(path, new Date()), refused(/chmod 600/));
    await assert.rejects(
      new KeyFileSource(join(folder, 'no.key')).keyIds(),
      refused(/encryption-key create/),
    );
    for (const content of [
      '',
      '{"keys":[]}',
      '{"keys":[{"id":"a","createdAt":"2026-01-01T00:00:00Z","key":"AAAA"}]}',
    ]) {
      writeFileSync(path, content);
      chmodSync(path, 0o600);
      await assert.rejects(new KeyFileSource(path).keyIds(), refused(/no key file/));
    }
  });

  it('is read again once it has been mended', async () => {
    const source = new KeyFileSource(path);
    await assert.rejects(source.keyIds(), EncryptionKeyError);
    const id = await createKeyFile(path, new Date());
    assert.deepEqual(await source.keyIds(), [id]);
  });
});
