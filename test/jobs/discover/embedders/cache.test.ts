import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createEmbedder } from '../../../../src/jobs/discover/embedders';
import {
  BrokenShardError,
  keyOf,
  readShard,
  writeShard,
} from '../../../../src/jobs/discover/embedders/cache/shard';
import { ServiceError } from '../../../../src/local/aws/errors';
import { openObjectStore, type ObjectStore } from '../../../../src/platform/storage/object-store';
import { notedPauses, startBedrock, type BedrockWorld } from './bedrock-world';

const titan = 'bedrock:amazon.titan-embed-text-v2:0';

describe('points that are kept', () => {
  let world: BedrockWorld;
  let folder: string;
  let store: ObjectStore;
  before(async () => {
    world = await startBedrock();
  });
  after(() => world.close());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ciclo-embeddings-'));
    store = openObjectStore();
  });
  afterEach(async () => {
    world.faults.clear();
    await rm(folder, { recursive: true });
  });

  const embed = (texts: string[], choice: Parameters<typeof createEmbedder>[0] = titan) =>
    createEmbedder(choice, 1, {
      bedrock: world.client,
      pauses: notedPauses(),
      kept: { store, uri: `${pathToFileURL(folder).href}/embeddings/` },
    }).embed(texts);
  const objects = async () => {
    const uris: string[] = [];
    for await (const { uri } of store.list(`${pathToFileURL(folder).href}/`)) uris.push(uri);
    return uris;
  };

  it('spare a later run all but what is new, and are the same numbers', async () => {
    const first = await embed(['hay wifi', 'un café', 'la cuenta']);
    assert.deepEqual([first.usage.hits, first.usage.misses], [0, 3]);
    const effects = world.faults.effects('InvokeModel');
    const second = await embed(['un café', 'nuevo', 'la cuenta', 'un café']);
    assert.deepEqual([second.usage.hits, second.usage.misses], [2, 1]);
    assert.equal(world.faults.effects('InvokeModel') - effects, 1);
    assert.deepEqual(second.values.slice(0, 512), first.values.slice(512, 1024));
    const third = await embed(['nuevo', 'hay wifi']);
    assert.deepEqual(third.usage, { hits: 2, misses: 0, estimate: null, warnings: [] });
    assert.equal(world.faults.effects('InvokeModel') - effects, 1);
  });

  it('hold no text', async () => {
    await embed(['una frase muy reconocible']);
    const [uri] = await objects();
    const bytes = await readFile(fileURLToPath(uri!));
    assert.equal(bytes.includes('reconocible'), false);
    assert.equal(bytes.includes(Buffer.from(keyOf('una frase muy reconocible'), 'hex')), true);
  });

  it('are those of one model and its settings alone', async () => {
    await embed(['hola']);
    const other = await embed(['hola'], {
      engine: 'bedrock',
      modelId: 'amazon.titan-embed-text-v2:0',
      dimensions: 256,
    });
    assert.deepEqual([other.usage.hits, other.columns], [0, 256]);
  });

  it('survive two runs that write at the same time', async () => {
    await Promise.all([embed(['a uno', 'ambos']), embed(['b uno', 'ambos'])]);
    const after = await embed(['a uno', 'b uno', 'ambos']);
    assert.deepEqual([after.usage.hits, after.usage.misses], [3, 0]);
  });

  it('are passed over with a warning where an object is broken, and made again', async () => {
    const first = await embed(['hola', 'adiós']);
    const [uri] = await objects();
    const path = fileURLToPath(uri!);
    const whole = await readFile(path);
    const damaged = Buffer.from(whole);
    damaged[60]! ^= 1;
    for (const [bytes, why] of [
      [damaged, /checksum is wrong/],
      [whole.subarray(0, 40), /cut short/],
      [Buffer.alloc(0), /cut short/],
      [Buffer.from('x'.repeat(200)), /of another kind/],
    ] as const) {
      for (const other of await objects()) await rm(fileURLToPath(other));
      await writeFile(path, bytes);
      const again = await embed(['hola', 'adiós']);
      assert.deepEqual([again.usage.hits, again.usage.misses], [0, 2]);
      assert.equal(again.usage.warnings.length, 1);
      assert.match(again.usage.warnings[0]!, why);
      assert.deepEqual(again.values, first.values);
    }
  });

  it('outlive a run that fails: what was paid for is not paid for again', async () => {
    const denied = new ServiceError('AccessDeniedException', 403, 'No more.');
    world.faults.inject('InvokeModel', { kind: 'error', error: denied }, Infinity, 5);
    const texts = Array.from({ length: 9 }, (_, index) => `frase ${index}`);
    await assert.rejects(embed(texts), { name: 'AccessDeniedError' });
    world.faults.clear();
    const { usage } = await embed(texts);
    assert.deepEqual([usage.hits, usage.misses], [5, 4]);
  });

  it('have a form that is as documented', () => {
    const points = { rows: 2, columns: 3, values: Float32Array.of(1, 2, 3, 4, 5, -0.5) };
    const bytes = writeShard({ keys: [keyOf('a'), keyOf('b')], points });
    assert.equal(bytes.length, 16 + 2 * (32 + 3 * 4) + 32);
    assert.equal(bytes.toString('latin1', 0, 8), 'CICLOEM1');
    assert.deepEqual([bytes.readUInt32LE(8), bytes.readUInt32LE(12)], [3, 2]);
    // printf a | sha256sum
    assert.match(
      bytes.toString('hex', 16, 48),
      /^ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb$/,
    );
    assert.equal(bytes.readFloatLE(16 + 64 + 20), -0.5);
    assert.deepEqual(readShard(bytes), { keys: [keyOf('a'), keyOf('b')], points });
    assert.throws(() => readShard(bytes.subarray(1)), BrokenShardError);
  });
});
