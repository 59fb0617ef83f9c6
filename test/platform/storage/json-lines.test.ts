import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { InvalidInputError } from '../../../src/domain/errors';
import { readAllJsonLines, toJsonLines, writeJsonLinesFile } from '../../../src/platform/storage/json-lines';
import { type ObjectStore, openObjectStore } from '../../../src/platform/storage/object-store';

const schema = z.object({ id: z.number(), text: z.string() });

describe('JSON lines', () => {
  const store = openObjectStore();
  let folder: string;
  let uri: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ciclo-lines-'));
    uri = pathToFileURL(join(folder, 'lines.jsonl')).href;
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('are written and read back, with any line ends and without a last one', async () => {
    const values = [
      { id: 1, text: 'línea\u2028 con "comillas"' },
      { id: 2, text: '' },
    ];
    assert.equal(await writeJsonLinesFile(join(folder, 'lines.jsonl'), values), 2);
    assert.equal(await readFile(join(folder, 'lines.jsonl'), 'utf8'), toJsonLines(values));
    assert.deepEqual(await readAllJsonLines(store, uri, schema), values);
    await store.write(uri, '\r\n{"id":1,"text":"a"}\r\n\n{"id":2,"text":"b"}');
    assert.deepEqual(
      (await readAllJsonLines(store, uri, schema)).map(({ id }) => id),
      [1, 2],
    );
    await store.write(uri, '');
    assert.deepEqual(await readAllJsonLines(store, uri, schema), []);
  });

  it('name the line that is wrong and never quote it', async () => {
    for (const [wrong, problem] of [
      ['me llamo Ana', /^Line 3 of file:.* is no JSON/],
      [
        '{"id":"me llamo Ana"}',
        /^Line 3 of file:.* another shape than expected \(id: invalid_type; text: invalid_type\)/,
      ],
    ] as const) {
      await store.write(uri, `{"id":1,"text":"a"}\n\n${wrong}\n`);
      await assert.rejects(readAllJsonLines(store, uri, schema), (error: Error) => {
        assert.ok(error instanceof InvalidInputError);
        assert.match(error.message, problem);
        assert.doesNotMatch(error.message + JSON.stringify(error.facts), /Ana/);
        assert.equal(error.facts.line, 3);
        return true;
      });
    }
  });

  it('tell when reading breaks off in the middle', async () => {
    const broken = new Readable({ read() {} });
    broken.push('{"id":1,"text":"a"}\n');
    setTimeout(() => broken.destroy(Object.assign(new Error('reset'), { code: 'ECONNRESET' })), 20);
    const breaking = { read: () => Promise.resolve(broken) } as Partial<ObjectStore> as ObjectStore;
    await assert.rejects(readAllJsonLines(breaking, 's3://b/k', schema), /reset/);
  });

  it('are written as they come, and tell what broke the source', async () => {
    async function* source() {
      yield { id: 1 };
      await Promise.resolve();
      throw new Error('the source broke');
    }
    await assert.rejects(writeJsonLinesFile(join(folder, 'lines.jsonl'), source()), /the source broke/);
    await assert.rejects(writeJsonLinesFile(join(folder, 'none', 'lines.jsonl'), []), /ENOENT/);
  });
});
