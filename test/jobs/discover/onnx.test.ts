import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { InvalidConfigurationError } from '../../../src/domain/errors';
import { createEmbedder } from '../../../src/jobs/discover/embedders';
import { dot } from '../../../src/jobs/discover/numeric/matrix';

const onnxEmbedder = (folder: string) => createEmbedder(`onnx:${folder}`, 1);
const models = resolve('../shared/models');
const e5 = join(models, 'multilingual-e5-small-int8');
const miniLm = join(models, 'all-MiniLM-L6-v2-int8');

describe('the ONNX embedder', () => {
  describe('with real encoders', () => {
    before(function () {
      if (existsSync(e5) && existsSync(miniLm)) return;
      console.log(`      skipped: no sentence encoders in ${models}`);
      this.skip();
    });

    it('puts what means the same close together, in any order and batch', async () => {
      const texts = ['¿tenéis wifi?', 'quiero un café con leche', 'hay conexión a internet', ''];
      const points = await onnxEmbedder(e5).embed(texts);
      assert.equal(points.columns, 384);
      assert.ok(Math.abs(dot(points, 0, points, 0) - 1) < 1e-5);
      assert.ok(dot(points, 0, points, 2) > dot(points, 0, points, 1));
      const reversed = await onnxEmbedder(e5).embed([...texts].reverse());
      assert.ok(dot(points, 0, reversed, 3) > 0.999);
    });

    it('reads another tokenizer, cuts long texts and tells how far it is', async () => {
      const progress: number[] = [];
      const texts = [...Array.from({ length: 70 }, (_, index) => `text ${index}`), 'wifi '.repeat(5_000)];
      const points = await onnxEmbedder(miniLm).embed(texts, (done) => progress.push(done));
      assert.equal(points.rows, 71);
      assert.deepEqual(progress, [0, 64, 71]);
    });

    it('says what is wrong with a model folder', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'ciclo-test-'));
      try {
        const refusal = (pattern: RegExp) => (error: unknown) =>
          error instanceof InvalidConfigurationError && pattern.test(error.message);
        const embed = () => onnxEmbedder(folder).embed(['hola']);
        await assert.rejects(embed(), refusal(/has no model\.onnx/));
        await writeFile(join(folder, 'model.onnx'), 'not a model');
        await assert.rejects(embed(), refusal(/has no tokenizer\.json/));
        await copyFile(join(miniLm, 'tokenizer.json'), join(folder, 'tokenizer.json'));
        await assert.rejects(embed(), refusal(/cannot be loaded as an ONNX model/));
        await writeFile(join(folder, 'tokenizer.json'), '{"model":');
        await assert.rejects(embed(), refusal(/tokenizer\.json is not usable/));
      } finally {
        await rm(folder, { recursive: true });
      }
    });
  });
});
