import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { NotFoundError } from '../../../src/domain/errors';
import type { PrepareResult } from '../../../src/domain/job';
import { runPrepare } from '../../../src/jobs/prepare';
import { openObjectStore, type ObjectStore } from '../../../src/platform/storage/object-store';

describe('the threads of the job prepare', function () {
  this.timeout(180_000);
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ciclo-threads-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const uri = (name: string) => pathToFileURL(join(folder, name)).href;

  async function writeObjects(objects: (string | Buffer)[]): Promise<void> {
    await mkdir(join(folder, 'logs'));
    const lines: string[] = [];
    for (const [index, content] of objects.entries()) {
      const name = `logs/${String(index).padStart(3, '0')}`;
      await writeFile(join(folder, name), content);
      lines.push(JSON.stringify({ uri: uri(name), etag: 'x', bytes: Buffer.byteLength(content) }));
    }
    await writeFile(join(folder, 'objects.jsonl'), lines.map((line) => `${line}\n`).join(''));
  }

  async function prepare(
    threads: number,
    store: ObjectStore = openObjectStore(),
  ): Promise<{ result: PrepareResult; utterances: string; quarantine: string; doneBytes: number }> {
    let doneBytes = 0;
    const result = await runPrepare(
      {
        job: 'prepare',
        outputUri: `${uri('out')}/`,
        objectsUri: uri('objects.jsonl'),
        carriedOverUri: null,
        parameters: { localeId: 'es_ES', lowConfidence: 0.6 },
      },
      store,
      ({ done }) => (doneBytes = done),
      threads,
    );
    const [utterances, quarantine] = await Promise.all(
      ['utterances', 'quarantine'].map((name) => readFile(join(folder, 'out', `${name}.jsonl`), 'utf8')),
    );
    return { result, utterances: utterances!, quarantine: quarantine!, doneBytes };
  }

  /** Objects that share phrases, sessions, requests and times, some packed, each with something broken. */
  function sharedLogs(): (string | Buffer)[] {
    return Array.from({ length: 12 }, (_, object) => {
      const lines = Array.from({ length: 400 }, (_, line) =>
        JSON.stringify({
          userInput: `${line % 3 === 0 ? 'Quiero' : 'quiero'} un café ${(line * 7 + object) % 90}, soy el 61234567${line % 10}`,
          intent: ['PedirCafe', 'ReservarMesa', 'FallbackIntent'][(line + object) % 3],
          confidence: ((line * 37 + object) % 101) / 100,
          timestamp: new Date(Date.UTC(2026, 0, 1) + (line % 50) * 1000).toISOString(),
          sessionId: `s${line % 40}`,
          requestId: `r${line % 350}-${object % 5}`,
          dialogState: line % 9 === 0 ? 'ElicitSlot' : 'Close',
        }),
      );
      lines.splice(object, 0, '{"userInput": 1, "intent": "A"}', 'no log line', '{"userInput": "cut');
      const content = lines.join('\n');
      return object % 4 === 1 ? gzipSync(content) : content;
    });
  }

  it('write the same bytes and counts, however many they are', async () => {
    const logs = sharedLogs();
    await writeObjects(logs);
    const alone = await prepare(0);
    assert.deepEqual(alone.result.records, {
      in: 12 * 403,
      accepted: 12 * 400,
      quarantined: 12 * 3,
      quarantinedByReason: { 'no-text': 12, 'not-json': 12, truncated: 12 },
    });
    assert.equal(alone.utterances.split('\n').length - 1, 90);
    const bytes = logs.reduce((sum, content) => sum + Buffer.byteLength(content), 0);
    assert.equal(alone.doneBytes, bytes);
    for (const threads of [1, 2, 4]) assert.deepEqual(await prepare(threads), alone);
  });

  it('go on behind an object that cannot be read to its end', async () => {
    const lines = Array.from({ length: 60 }, (_, line) =>
      JSON.stringify({
        userInput: `hola ${line}`,
        intent: 'A',
        noise: randomBytes(50_000).toString('base64'),
      }),
    );
    const damaged = gzipSync(lines.join('\n'));
    damaged.fill(0xff, 100_000, 100_100);
    assert.ok(damaged.length > 3e6);
    await writeObjects([damaged, '{"userInput": "adiós", "intent": "A"}']);
    const alone = await prepare(0);
    assert.ok(alone.result.records.quarantined > 0 && alone.result.records.accepted < 60);
    const { result, utterances } = await prepare(1);
    assert.deepEqual(result, alone.result);
    assert.equal(utterances, alone.utterances);
    assert.match(utterances, /"adiós"/);
  });

  it('refuse the same intents where the logs name too many', async () => {
    const naming = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) =>
        JSON.stringify({ userInput: 'hola', intent: `Intent${from + index}` }),
      ).join('\n');
    await writeObjects([naming(0, 12_000), naming(12_000, 12_000), naming(0, 100)]);
    const alone = await prepare(0);
    assert.deepEqual(alone.result.records.quarantinedByReason, { 'bad-intent': 4_000 });
    assert.equal(alone.result.records.accepted, 20_100);
    assert.deepEqual(await prepare(2), alone);
  });

  it('refuse them where a single object names too many', async () => {
    const lines = Array.from({ length: 20_010 }, (_, index) =>
      JSON.stringify({ userInput: 'hola', intent: `Intent${index}` }),
    );
    await writeObjects([lines.join('\n'), '{"userInput": "hola", "intent": "Intent0"}']);
    const { result } = await prepare(2);
    assert.deepEqual(result.records.quarantinedByReason, { 'bad-intent': 10 });
    assert.equal(result.records.accepted, 20_001);
  });

  it('fail with the error of the store, and leave nothing behind', async () => {
    await writeObjects(sharedLogs());
    await rm(join(folder, 'logs', '005'));
    await assert.rejects(prepare(2), NotFoundError);

    const breaking: ObjectStore = Object.create(openObjectStore(), {
      read: {
        value: async (object: string) =>
          object.endsWith('objects.jsonl')
            ? openObjectStore().read(object)
            : Readable.from([Buffer.from('{"userInput": "hola'), null].map((chunk) => chunk ?? reset())),
      },
    }) as ObjectStore;
    await assert.rejects(prepare(2, breaking), /connection reset/);
  });

  function reset(): never {
    throw new Error('connection reset');
  }
});
