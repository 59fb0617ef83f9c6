import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readGoldenSet } from '../../src/activities/golden-set';
import { createReviewActivities } from '../../src/activities/review';
import { InvalidInputError } from '../../src/domain/errors';
import { toJsonLines } from '../../src/platform/storage/json-lines';
import { openObjectStore } from '../../src/platform/storage/object-store';
import { assertDocumented } from '../support/bad-input/page';

describe('a golden set', () => {
  const store = openObjectStore();
  let folder: string;
  let uri: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ciclo-golden-'));
    uri = pathToFileURL(join(folder, 'golden.csv')).href;
  });
  afterEach(() => rm(folder, { recursive: true }));

  const known = [
    { text: '¿Hay wifi?', intent: 'PreguntarWifi' },
    { text: 'la carta', intent: 'ConsultarMenu' },
  ];

  async function read(csv: string) {
    await store.write(uri, csv);
    return readGoldenSet(store, uri, known);
  }

  async function refusal(csv: string): Promise<string> {
    try {
      await read(csv);
    } catch (error) {
      assert.ok(error instanceof InvalidInputError && error.permanent, String(error));
      return error.message.replace(uri, 's3://my-bucket/golden.csv');
    }
    return assert.fail('The golden set was taken.');
  }

  it('needs its columns', async () => {
    assertDocumented('golden-without-column', await refusal('frase,intent\nhola,Saludar\n'));
  });

  it('needs a text and an intent in every row', async () => {
    const message = await refusal('text,intent\nhola,Saludar\nqué tal,\n');
    assert.ok(!message.includes('qué tal'));
    assertDocumented('golden-row-incomplete', message);
    assert.match(await refusal('text,intent\n,Saludar\n'), /^Line 2 .* has no text\./);
  });

  it('must hold something', async () => {
    assertDocumented('golden-empty', await refusal('text,intent\n'));
    assert.match(await refusal(''), /needs a first line with the columns/);
  });

  it('must not lie in the training set', async () => {
    const half = 'text,intent\nhay wifi,PreguntarWifi\nteneis internet,PreguntarWifi\n';
    assert.equal((await read(half)).length, 2);
    assertDocumented('golden-in-training', await refusal(`${half}LA CARTA!,ConsultarMenu\n`));
  });

  it('has every text once', async () => {
    assert.match(
      await refusal('text,intent\nhola,Saludar\nadiós,Despedirse\nhola,Despedirse\n'),
      /^Lines 2 and 4 .* have the same text/,
    );
  });

  it('is never quoted in an error, however broken it is', async () => {
    for (const csv of ['text,intent\n"secreto" de Ana,Saludar\n', 'text,intent\nsecreto,Saludar,de más\n']) {
      const message = await refusal(csv);
      assert.match(message, /is no CSV: line 2 /);
      assert.ok(!message.includes('secreto'), message);
    }
  });

  it('keeps formulas as the text that they are', async () => {
    const items = await read('text,intent\n=1+1,FallbackIntent\n@SUM(A1),FallbackIntent\n');
    assert.deepEqual(
      items.map(({ text }) => text),
      ['=1+1', '@SUM(A1)'],
    );
  });

  it('is looked at before anybody reviews', async () => {
    await store.write(uri, 'text,intent\n');
    const artifact = async (name: string, content: string) =>
      store.putArtifact(pathToFileURL(join(folder, name)).href, content, { rows: 1, schemaVersion: 1 });
    const opening = createReviewActivities({ store }).openReview({
      discovery: await artifact('discovery.json', '{"proposals":[],"enrichments":[]}'),
      known: await artifact('known.jsonl', toJsonLines(known)),
      goldenSetUri: uri,
    });
    await assert.rejects(opening, /The golden set .* is empty/);
  });
});
