import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { PrepareResult } from '../../../../src/domain/job';
import type { Utterance } from '../../../../src/domain/utterance';
import { runPrepare } from '../../../../src/jobs/prepare';
import { openObjectStore, type ObjectStore } from '../../../../src/platform/storage/object-store';
import { anyBytes, damagedJson, knownObject, soundJson } from './log-object';

const seed = 20260302;

interface Prepared {
  result: PrepareResult;
  utterances: Utterance[];
  quarantine: { object: string; line: number; reason: string; detail: string }[];
}

/** The job as it is run in production, over objects that arrive in pieces. */
describe('the job prepare, for any input', function () {
  this.timeout(120_000);
  let folder: string;
  let runs = 0;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ciclo-properties-'));
  });
  after(() => rm(folder, { recursive: true }));

  /** @param pieceBytes sizes that take turns; objects are handed over in pieces of them */
  async function prepare(objects: Buffer[], pieceBytes: number[]): Promise<Prepared> {
    const run = join(folder, String(runs++));
    await mkdir(run);
    const store = inPieces(openObjectStore(), pieceBytes);
    const lines = await Promise.all(
      objects.map(async (content, index) => {
        const path = join(run, `log-${String(index).padStart(3, '0')}`);
        await writeFile(path, content);
        return JSON.stringify({ uri: pathToFileURL(path).href, etag: 'e', bytes: content.length });
      }),
    );
    const objectsPath = join(run, 'objects.jsonl');
    await writeFile(objectsPath, lines.map((line) => `${line}\n`).join(''));
    const result = await runPrepare(
      {
        job: 'prepare',
        outputUri: pathToFileURL(`${join(run, 'out')}/`).href,
        objectsUri: pathToFileURL(objectsPath).href,
        carriedOverUri: null,
        parameters: { localeId: 'es_ES', lowConfidence: 0.6 },
      },
      store,
      () => undefined,
    );
    const read = async <T>(name: string): Promise<T[]> =>
      (await readFile(join(run, 'out', name), 'utf8'))
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as T);
    const prepared = {
      result,
      utterances: await read<Utterance>('utterances.jsonl'),
      quarantine: await read<Prepared['quarantine'][number]>('quarantine.jsonl'),
    };
    await rm(run, { recursive: true });
    assertNothingIsLost(prepared, objects.length);
    return prepared;
  }

  it('counts what is accepted and what is quarantined exactly, in every layout, encoding and packing', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(knownObject, { minLength: 8, maxLength: 24 }),
        fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 5 }),
        async (objects, pieceBytes) => {
          const { result, quarantine } = await prepare(
            objects.map(({ content }) => content),
            pieceBytes,
          );
          const found = quarantinedByObject(quarantine, objects.length);
          for (const [index, { name, quarantined }] of objects.entries())
            assert.equal(found[index], quarantined, `object ${index} (${name}) quarantined`);
          const accepted = objects.reduce((sum, object) => sum + object.accepted, 0);
          assert.equal(result.records.accepted, accepted);
        },
      ),
      { seed, numRuns: 30, endOnFailure: true },
    ));

  it('loses nothing of any bytes, and never fails', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(anyBytes, { minLength: 10, maxLength: 40 }),
        fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 5 }),
        async (objects, pieceBytes) => void (await prepare(objects, pieceBytes)),
      ),
      { seed, numRuns: 30, endOnFailure: true },
    ));

  it('reads the same whatever pieces an object arrives in', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(
            anyBytes.filter((content) => !isDamagedGzip(content)),
            knownObject.map(({ content }) => content),
          ),
          { minLength: 10, maxLength: 30 },
        ),
        fc.array(fc.integer({ min: 1, max: 120 }), { minLength: 1, maxLength: 5 }),
        async (objects, pieceBytes) => {
          const whole = await prepare(objects, [1 << 30]);
          const pieces = await prepare(objects, pieceBytes);
          assert.deepEqual(withoutPlaces(pieces), withoutPlaces(whole));
        },
      ),
      { seed, numRuns: 20, endOnFailure: true },
    ));

  it('reads the same of large objects whatever pieces they arrive in', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(
            anyBytes,
            damagedJson.map(({ content }) => content),
          ),
          { minLength: 3, maxLength: 6 },
        ),
        fc.constantFrom('lines', 'csv', 'latin csv'),
        fc.integer({ min: 1_000, max: 70_000 }),
        async (others, kind, pieceBytes) => {
          const long = longLog(kind, Buffer.concat(others));
          const whole = await prepare([long], [1 << 30]);
          const pieces = await prepare([long], [pieceBytes, 777]);
          assert.deepEqual(withoutPlaces(pieces), withoutPlaces(whole));
        },
      ),
      { seed, numRuns: 12, endOnFailure: true },
    ));

  it('keeps the records around a changed byte', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 20, maxLength: 20 }),
        async (changes) => {
          const records = Array.from({ length: 9 }, (_, n) =>
            JSON.stringify({ userInput: `un café del tiempo ${'x'.repeat(n)}`, intent: 'PedirCafe' }),
          );
          const log = Buffer.from(records.join('\n'));
          const objects = changes.map(([at, byte]) => {
            const changed = Buffer.from(log);
            changed[at % log.length] = byte;
            return changed;
          });
          const { result, quarantine } = await prepare(objects, [1 << 30]);
          // A changed byte breaks one record, or two where it was the break between them.
          for (const count of quarantinedByObject(quarantine, objects.length)) assert.ok(count <= 2);
          assert.ok(result.records.accepted >= 7 * objects.length, `${result.records.accepted} accepted`);
        },
      ),
      { seed, numRuns: 25, endOnFailure: true },
    ));

  it('keeps what stands before the cut of a compressed object, and says that it was cut', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(soundJson, fc.integer({ min: 0, max: 999 })), { minLength: 10, maxLength: 20 }),
        async (cuts) => {
          const objects = cuts.map(([{ content }, permille]) => {
            const packed = gzipSync(content);
            // At least the two bytes by which gzip is known, and never the whole.
            const end = Math.min(2 + Math.floor((packed.length * permille) / 1000), packed.length - 1);
            return packed.subarray(0, end);
          });
          const { result, quarantine } = await prepare(objects, [64]);
          for (const [index, count] of quarantinedByObject(quarantine, objects.length).entries())
            assert.ok(count >= 1, `nothing tells that object ${index} was cut`);
          const sound = cuts.reduce((sum, [object]) => sum + object.accepted, 0);
          assert.ok(result.records.accepted <= sound);
        },
      ),
      { seed, numRuns: 15, endOnFailure: true },
    ));

  it('says what stands behind a compressed stream', async () => {
    const packed = gzipSync('{"userInput":"un café","intent":"PedirCafe"}\n');
    const behind = ['{"userInput":"hola","intent":"Saludar"}\n', '\x1f', 'x'];
    for (const pieceBytes of [1, packed.length, 1 << 30]) {
      const { result, quarantine } = await prepare(
        [
          ...behind.map((rest) => Buffer.concat([packed, Buffer.from(rest)])),
          Buffer.concat([packed, Buffer.alloc(512)]),
        ],
        [pieceBytes],
      );
      // The block of output in which a stream breaks goes with it, unless it was complete before.
      if (pieceBytes <= packed.length) assert.equal(result.records.accepted, 4);
      // Zeros alone fill a block of a tape or a disk.
      assert.deepEqual(quarantinedByObject(quarantine, 4), [1, 1, 1, 0], `in pieces of ${pieceBytes}`);
    }
  });
});

/** Hands objects over in pieces, as a network does. */
function inPieces(store: ObjectStore, pieceBytes: number[]): ObjectStore {
  const read = async (uri: string): Promise<Readable> => {
    const content = await store.readBuffer(uri);
    const pieces: Buffer[] = [];
    for (let at = 0; at < content.length;) {
      const size = pieceBytes[pieces.length % pieceBytes.length]!;
      pieces.push(content.subarray(at, at + size));
      at += size;
    }
    return Readable.from(pieces);
  };
  return Object.assign(Object.create(store) as ObjectStore, { read });
}

function assertNothingIsLost({ result, utterances, quarantine }: Prepared, objects: number): void {
  const { records, interactions } = result;
  const add = (counts: Record<string, number>): number =>
    Object.values(counts).reduce((total, count) => total + count, 0);
  assert.equal(records.in, records.accepted + records.quarantined);
  assert.equal(add(records.quarantinedByReason), records.quarantined);
  assert.equal(quarantine.length, records.quarantined);
  const { understood, uncertain, missed, leftOutByReason } = interactions;
  assert.equal(records.accepted, understood + uncertain + missed + add(leftOutByReason));
  assert.equal(
    utterances.reduce((total, { count }) => total + count, 0),
    understood + uncertain + missed,
  );
  assert.equal(result.utterances.rows, utterances.length);
  for (const { object, line, reason, detail } of quarantine) {
    assert.match(object, /log-\d{3}$/);
    assert.ok(Number.isInteger(line) && line >= 1);
    assert.ok(reason.length > 0 && detail.length > 0);
  }
  assert.ok(new Set(quarantine.map(({ object }) => object)).size <= objects);
}

/** How much of a damaged stream can be told from before the damage depends on what was read with it. */
function isDamagedGzip(content: Buffer): boolean {
  if (content[0] !== 0x1f || content[1] !== 0x8b) return false;
  try {
    return isDamagedGzip(gunzipSync(content));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'Z_BUF_ERROR';
  }
}

function quarantinedByObject(quarantine: Prepared['quarantine'], objects: number): number[] {
  const counts = new Array<number>(objects).fill(0);
  for (const { object } of quarantine) counts[Number(object.slice(-3))]!++;
  return counts;
}

/** Folders differ from run to run; everything else must not. */
function withoutPlaces({ result, utterances, quarantine }: Prepared): object {
  const { records, interactions, redacted } = result;
  return {
    records,
    interactions,
    redacted,
    utterances: [...utterances].sort((a, b) => (a.id < b.id ? -1 : 1)),
    quarantine: quarantine.map((entry) => ({ ...entry, object: entry.object.slice(-3) })),
  };
}

/** Longer than any buffer by which encoding and format are recognised, with something odd far inside. */
function longLog(kind: 'lines' | 'csv' | 'latin csv', odd: Buffer): Buffer {
  const rows = Array.from({ length: 2_500 }, (_, n) => `quiero un cortado ${'o'.repeat(n % 30)}`);
  if (kind === 'lines') {
    const lines = rows.map((userInput) => JSON.stringify({ userInput, intent: 'PedirCafe' }));
    return Buffer.concat([
      Buffer.from(`${lines.join('\n')}\n`),
      odd,
      Buffer.from(`\n${lines.slice(0, 20).join('\n')}`),
    ]);
  }
  const text = ['utterance,intent', ...rows.map((row) => `${row},PedirCafe`), ''].join('\n');
  const end = kind === 'latin csv' ? Buffer.from('quiero un café,PedirCafe\n', 'latin1') : odd;
  return Buffer.concat([Buffer.from(text), end]);
}
