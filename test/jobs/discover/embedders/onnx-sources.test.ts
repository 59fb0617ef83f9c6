import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { appendFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EmbedderChoice } from '../../../../src/domain/embedding';
import { InvalidConfigurationError } from '../../../../src/domain/errors';
import { createEmbedder } from '../../../../src/jobs/discover/embedders';
import { batchesOf } from '../../../../src/jobs/discover/embedders/onnx/encoder';
import { rowOf } from '../../../../src/jobs/discover/numeric/matrix';
import { ServiceUnavailableError } from '../../../../src/platform/aws/errors';
import { openObjectStore, type ObjectStore } from '../../../../src/platform/storage/object-store';
import { startTestS3, testBucket, type TestS3 } from '../../../support/s3';
import { tinyEncoder, writeTinyEncoder } from '../../../support/tiny-encoder';

const refused = (pattern: RegExp) => (error: unknown) =>
  error instanceof InvalidConfigurationError && error.permanent && pattern.test(error.message);

describe('a sentence encoder', () => {
  let folder: string;
  let cache: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ciclo-encoder-'));
    cache = join(folder, 'cache');
  });
  afterEach(() => rm(folder, { recursive: true }));
  const embed = (choice: EmbedderChoice, texts = ['wifi'], store?: ObjectStore) =>
    createEmbedder(choice, 1, { cacheFolder: cache, store }).embed(texts);
  const numbers = (points: { values: Float32Array }) =>
    [...points.values].map((value) => Math.round(value * 1e4) / 1e4);

  describe('in a folder', () => {
    it('gives the mean of its tokens, of length 1, without the padding', async () => {
      const model = join(folder, 'tiny');
      await writeTinyEncoder(model);
      const points = await embed(`onnx:${model}`, ['wifi', 'wifi café', '', 'cuenta', 'otra cosa', '☕️ 🙂']);
      // wifi (4, 0); wifi café: mean (2, 1) of length √5; cuenta (3, 4) of length 5; unknown words (1, 1).
      assert.deepEqual(
        numbers(points),
        [1, 0, 0.8944, 0.4472, 0, 0, 0.6, 0.8, 0.7071, 0.7071, 0.7071, 0.7071],
      );
      assert.deepEqual(points.usage, { hits: 0, misses: 5, estimate: null, warnings: [] });
    });

    it('takes the first token where its pooling says so, its own prompt, and another where that is given', async () => {
      const model = join(folder, 'tiny');
      await writeTinyEncoder(model);
      await mkdir(join(model, '1_Pooling'));
      const pooling = join(model, '1_Pooling', 'config.json');
      await writeFile(pooling, '{"pooling_mode_cls_token": true, "pooling_mode_mean_tokens": false}');
      assert.deepEqual(numbers(await embed(`onnx:${model}`, ['café wifi'])), [0, 1]);
      const prompts = { prompts: { query: 'cuenta ' } };
      await writeFile(join(model, 'config_sentence_transformers.json'), JSON.stringify(prompts));
      assert.deepEqual(numbers(await embed(`onnx:${model}`, ['café wifi'])), [0.6, 0.8]);
      const own = { engine: 'onnx', model, prompt: 'wifi ' } as const;
      assert.deepEqual(numbers(await embed(own, ['café'])), [1, 0]);
      await writeFile(pooling, '{"pooling_mode_max_tokens": true}');
      await assert.rejects(embed(`onnx:${model}`), refused(/asks for another pooling/));
    });

    it('cuts 10,000 characters at the most tokens that the model takes', async () => {
      const model = join(folder, 'tiny');
      await writeTinyEncoder(model);
      await writeFile(join(model, 'sentence_bert_config.json'), '{"max_seq_length": 4}');
      const long = `wifi wifi wifi ${'café '.repeat(2_000)}cuenta`;
      assert.ok(long.length > 10_000);
      // Of 4 tokens the last one is the text's own last one: wifi, wifi, wifi, and the last that is left.
      const [x, y] = rowOf(await embed(`onnx:${model}`, [long]), 0);
      assert.ok(x! > 0.9 && y! < 0.45, `${x} ${y}`);
    });

    it('says what is wrong with a model', async () => {
      const model = join(folder, 'tiny');
      await assert.rejects(embed(`onnx:${model}`), refused(/has no model\.onnx/));
      await writeTinyEncoder(model);
      await rm(join(model, 'tokenizer.json'));
      await assert.rejects(embed(`onnx:${model}`), refused(/has no tokenizer\.json/));
      await writeFile(join(model, 'tokenizer.json'), '{}');
      await assert.rejects(embed(`onnx:${model}`), refused(/tokenizer\.json is not usable/));
      await writeFile(join(model, 'tokenizer.json'), '{"model": {"type": "WordLevel"}}');
      await assert.rejects(embed(`onnx:${model}`), InvalidConfigurationError);
      await writeTinyEncoder(model, { inputs: ['input_ids'] });
      await assert.rejects(embed(`onnx:${model}`), refused(/takes no attention_mask/));
      await writeTinyEncoder(model, { inputs: ['input_ids', 'attention_mask', 'pixel_values'] });
      await assert.rejects(embed(`onnx:${model}`), refused(/asks for pixel_values as well/));
      await writeTinyEncoder(model, { output: 'logits' });
      await assert.rejects(embed(`onnx:${model}`), refused(/gives logits \(float32 1 × 1 × 2\) for 1 texts/));
      // One dimension too few: two numbers a text, without an axis for the tokens.
      await writeTinyEncoder(model, { output: 'sentence_embedding' });
      await assert.rejects(embed(`onnx:${model}`), refused(/gives sentence_embedding \(float32 1 × 1 × 2\)/));
      await writeTinyEncoder(model, { table: [[0, 0]] });
      await assert.rejects(
        embed(`onnx:${model}`),
        /failed on a batch.*tokenizer\.json belongs to the model/s,
      );
      await writeTinyEncoder(model, { table: Array.from({ length: 5 }, () => [NaN, 1]) });
      await assert.rejects(embed(`onnx:${model}`), /points that are no numbers/);
    });

    it('is held to the SHA-256 that is stated', async () => {
      const model = join(folder, 'tiny');
      const { sha256 } = await writeTinyEncoder(model);
      assert.equal((await embed({ engine: 'onnx', model, sha256: sha256.toUpperCase() })).columns, 2);
      await appendFile(join(model, 'model.onnx'), 'x');
      await assert.rejects(
        embed({ engine: 'onnx', model, sha256 }),
        refused(new RegExp(`has the SHA-256 [0-9a-f]{64}, but the pipeline file states ${sha256}`)),
      );
    });

    it('comes in batches of alike lengths that fit into memory', () => {
      const lengths = [...Array.from({ length: 130 }, () => 10), ...Array.from({ length: 20 }, () => 512), 3];
      const batches = batchesOf(lengths.map((length) => ({ length })));
      assert.deepEqual(
        batches.map((batch) => batch.length),
        [64, 64, 16, 7],
      );
      assert.equal(batches[0]![0], 150);
      assert.deepEqual(
        batches.flat().sort((a, b) => a - b),
        lengths.map((_, index) => index),
      );
    });
  });

  describe('below an S3 prefix', () => {
    let s3: TestS3;
    before(async () => (s3 = await startTestS3()));
    after(() => s3.stop());

    it('is fetched once and kept', async () => {
      const store = openObjectStore({ s3: s3.client });
      const prefix = `s3://${testBucket}/models/tiny/`;
      const { model, tokenizer } = tinyEncoder();
      await assert.rejects(
        embed(`onnx:${prefix}`, ['wifi'], store),
        refused(/models\/tiny\/ has no tokenizer\.json/),
      );
      await store.write(`${prefix}tokenizer.json`, tokenizer);
      await assert.rejects(
        embed(`onnx:${prefix}`, ['wifi'], store),
        refused(/has no model\.onnx, onnx\/model_quantized/),
      );
      await store.write(`${prefix}onnx/model.onnx`, model);
      assert.deepEqual(numbers(await embed(`onnx:${prefix}`, ['wifi'], store)), [1, 0]);
      await store.delete(`${prefix}tokenizer.json`);
      assert.deepEqual(numbers(await embed(`onnx:${prefix}`, ['cuenta'], store)), [0.6, 0.8]);
      await assert.rejects(embed(`onnx:s3://no-such-bucket/tiny/`, ['wifi'], store), {
        name: 'NotFoundError',
      });
    });
  });

  describe('on the hub', () => {
    let hub: Server;
    let url: string;
    let asked: string[];
    let files: Record<string, Buffer | string>;
    let answerWith: number | 'silence' | 'half' | null;
    const revision = 'abc123';
    const repository = 'hub:ciclo/tiny-encoder@abc123';
    beforeEach(async () => {
      asked = [];
      answerWith = null;
      const { model, tokenizer } = tinyEncoder();
      files = { 'tokenizer.json': tokenizer, 'onnx/model_quantized.onnx': model };
      hub = createServer((request, response) => {
        asked.push(request.url!);
        if (answerWith === 'silence') return;
        if (typeof answerWith === 'number') return void response.writeHead(answerWith).end();
        const content = files[request.url!.replace(`/ciclo/tiny-encoder/resolve/${revision}/`, '')];
        if (content === undefined) return void response.writeHead(404).end();
        response.writeHead(200, { 'content-length': Buffer.byteLength(content) });
        if (answerWith !== 'half') return void response.end(content);
        response.write(content.slice(0, 20));
        setTimeout(() => response.destroy(), 20);
      });
      await new Promise<void>((resolve) => hub.listen(0, '127.0.0.1', resolve));
      url = `http://127.0.0.1:${(hub.address() as AddressInfo).port}`;
    });
    afterEach(() => {
      hub.closeAllConnections();
      hub.close();
    });
    const choice = (more: { sha256?: string; file?: string } = {}) =>
      ({ engine: 'onnx', model: repository, hub: url, ...more }) as const;

    it('is fetched once at its revision, and kept', async () => {
      assert.deepEqual(numbers(await embed(choice())), [1, 0]);
      assert.ok(asked.includes(`/ciclo/tiny-encoder/resolve/${revision}/onnx/model_quantized.onnx`));
      const before = asked.length;
      assert.deepEqual(numbers(await embed(choice(), ['cuenta'])), [0.6, 0.8]);
      assert.equal(asked.length, before);
      assert.match((await readdir(join(cache, 'models'))).join(), /^tiny-encoder-[0-9a-f]{16}$/);
    });

    it('is fetched again where the copy in the cache was damaged', async () => {
      await embed(choice());
      const [name] = await readdir(join(cache, 'models'));
      await appendFile(join(cache, 'models', name!, 'model.onnx'), 'x');
      const before = asked.length;
      assert.deepEqual(numbers(await embed(choice())), [1, 0]);
      assert.ok(asked.length > before);
    });

    it('is held to the SHA-256 that is stated, and nothing of another is kept', async () => {
      assert.equal((await embed(choice({ sha256: tinyEncoder().sha256 }))).columns, 2);
      await assert.rejects(embed(choice({ sha256: '0'.repeat(64) })), refused(/has the SHA-256/));
      assert.equal((await readdir(join(cache, 'models'))).length, 1);
    });

    it('may be fetched by two at once', async () => {
      const both = await Promise.all([embed(choice()), embed(choice())]);
      assert.deepEqual(both.map(numbers), [
        [1, 0],
        [1, 0],
      ]);
      assert.equal((await readdir(join(cache, 'models'))).length, 1);
    });

    it('is looked for at the mirror that the environment names', async () => {
      const former = process.env['HF_ENDPOINT'];
      process.env['HF_ENDPOINT'] = url;
      try {
        assert.deepEqual(numbers(await embed(`onnx:${repository}`)), [1, 0]);
      } finally {
        if (former === undefined) delete process.env['HF_ENDPOINT'];
        else process.env['HF_ENDPOINT'] = former;
      }
    });

    it('is refused for good where there is none, and for now where the hub does not answer', async () => {
      files = {};
      await assert.rejects(embed(choice()), refused(/has no tokenizer\.json/));
      files = { 'tokenizer.json': '{}' };
      await assert.rejects(embed(choice({ file: 'onnx/other.onnx' })), refused(/has no onnx\/other\.onnx/));
      answerWith = 401;
      await assert.rejects(embed(choice()), refused(/there is no such model, or it is not public/));
      for (const fault of [503, 429, 'half'] as const) {
        answerWith = fault;
        await assert.rejects(
          embed(choice()),
          (error: unknown) => error instanceof ServiceUnavailableError && !error.permanent,
        );
      }
    });

    it('does not let people wait for a hub that says nothing or does not run', async () => {
      answerWith = 'silence';
      const waited = performance.now();
      const unavailable = (pattern: RegExp) => (error: unknown) =>
        error instanceof ServiceUnavailableError && !error.permanent && pattern.test(error.message);
      await assert.rejects(embed(choice()), unavailable(/no answer within 5 s.*name a mirror/s));
      assert.ok(performance.now() - waited < 15_000);
      hub.closeAllConnections();
      await new Promise((resolve) => hub.close(resolve));
      await assert.rejects(embed(choice()), unavailable(/could not be fetched/));
      assert.equal(existsSync(cache) ? (await readdir(join(cache, 'models'))).length : 0, 0);
    }).timeout(30_000);

    it('needs a name that is one', async () => {
      await assert.rejects(embed('onnx:hub:tiny'), refused(/names no model of the hub/));
    });
  });
});
