import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { readCategoryMap } from '../../src/activities/category-map';
import { emptyCategoryMap, type CategoryMap } from '../../src/domain/category-map';
import { InvalidInputError, NotFoundError } from '../../src/domain/errors';
import { openObjectStore } from '../../src/platform/storage/object-store';

const map: CategoryMap = {
  schemaVersion: 1,
  version: 3,
  categories: [
    {
      name: 'PreguntarWifi',
      origin: 'new',
      sinceCycle: 1,
      examples: [{ id: 'a', text: 'hay wifi', count: 4, cycle: 1 }],
    },
  ],
  rejected: [
    {
      cycle: 2,
      proposal: 'p-2',
      name: 'Tiempo',
      author: 'ana',
      at: '2026-11-01T00:00:00.000Z',
      reason: null,
      texts: ['va a llover'],
    },
  ],
  history: [
    { action: 'accept', proposal: 'p-1', author: 'ana', number: 1, at: '2026-11-01T00:00:00.000Z', cycle: 1 },
    { action: 'undo', author: 'ana', number: 2, at: '2026-11-01T00:00:00.000Z', cycle: 1 },
  ],
};

describe('the category map, as it is read', () => {
  const store = openObjectStore();
  let folder: string;
  let uri: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ciclo-map-'));
    uri = `${pathToFileURL(folder).href}/v3.json`;
  });
  after(() => rm(folder, { recursive: true }));

  const read = async (text: string) => {
    await store.write(uri, text);
    return readCategoryMap(store, uri);
  };
  async function refusal(text: string): Promise<string> {
    try {
      await read(text);
    } catch (error) {
      assert.ok(error instanceof InvalidInputError && error.permanent, String(error));
      return error.message;
    }
    return assert.fail('The map was taken.');
  }

  it('is what was written, with whatever people noted in it', async () => {
    assert.deepEqual(await read(JSON.stringify(map)), map);
    const noted = { ...map, note: 'ours', categories: [{ ...map.categories[0], owner: 'marta' }] };
    assert.deepEqual(await read(JSON.stringify(noted)), noted);
    assert.deepEqual(await readCategoryMap(store, null), emptyCategoryMap);
  });

  it('is refused where somebody broke it, with the place and without its phrases', async () => {
    const [category] = map.categories;
    const renamed = { ...map, categories: [{ ...category, examples: [{ id: 'a', texto: 'hay wifi' }] }] };
    const message = await refusal(JSON.stringify(renamed));
    assert.match(message, /v3\.json has another shape than expected/);
    assert.match(message, /categories\.0\.examples\.0\.text: .*Restore an earlier version/);
    assert.ok(!message.includes('hay wifi'));
    assert.match(
      await refusal('{"schemaVersion": 1,'),
      /v3\.json is no JSON\. Restore an earlier version of it\./,
    );
    assert.match(await refusal('[]'), /the whole: /);
    const all = { ...map, history: Array.from({ length: 10_000 }, () => 7) };
    const many = await refusal(JSON.stringify(all));
    assert.match(many, /; and 9995 more\)/);
    assert.ok(many.length < 1_000);
  });

  it('is missed where it is gone', () =>
    assert.rejects(
      readCategoryMap(store, `${uri}.gone`),
      (error) => error instanceof NotFoundError && /is gone\. Restore it/.test(error.message),
    ));

  it('is taken whole or refused in words, whatever was changed in it', async () => {
    const keys = ['schemaVersion', 'version', 'categories', 'rejected', 'history'] as const;
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...keys),
        fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constant([]), fc.integer({ min: 1, max: 3 })),
        async (key, value) => {
          const changed = JSON.stringify({ ...map, [key]: value });
          try {
            assert.deepEqual(await read(changed), JSON.parse(changed));
          } catch (error) {
            if (!(error instanceof InvalidInputError)) throw error;
            refused++;
            assert.match(error.message, new RegExp(`\\(${key}[.:]`));
          }
        },
      ),
      { seed: 4, numRuns: 300 },
    );
    assert.ok(refused > 100 && refused < 300, `${refused} of 300 were refused`);
  });
});
