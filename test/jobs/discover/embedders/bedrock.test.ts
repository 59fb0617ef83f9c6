import assert from 'node:assert/strict';
import { BudgetExceededError, InvalidConfigurationError } from '../../../../src/domain/errors';
import { createEmbedder } from '../../../../src/jobs/discover/embedders';
import { dot } from '../../../../src/jobs/discover/numeric/matrix';
import { ServiceError } from '../../../../src/local/aws/errors';
import { AccessDeniedError, ThrottledError } from '../../../../src/platform/aws/errors';
import { notedPauses, startBedrock, type BedrockWorld } from './bedrock-world';

const titan = 'amazon.titan-embed-text-v2:0';
const cohere = 'cohere.embed-multilingual-v3';
const throttled = new ServiceError('ThrottlingException', 429, 'Too many requests.');

describe('the Bedrock embedder', () => {
  let world: BedrockWorld;
  before(async () => {
    world = await startBedrock({ withoutAccess: ['cohere.embed-english-v3'] });
  });
  afterEach(() => world.faults.clear());
  after(() => world.close());

  const calls = async (action: () => Promise<unknown>) => {
    const before = world.faults.effects('InvokeModel');
    await action();
    return world.faults.effects('InvokeModel') - before;
  };
  const embedder = (choice: Parameters<typeof createEmbedder>[0], pauses = notedPauses()) =>
    createEmbedder(choice, 1, { bedrock: world.client, pauses });

  it('asks Titan for one text a call, each text once, and nothing for blank ones', async () => {
    const texts = ['hay wifi', 'un café', 'hay wifi', '  ', ''];
    let points: Awaited<ReturnType<ReturnType<typeof createEmbedder>['embed']>>;
    const made = await calls(async () => {
      points = await embedder(`bedrock:${titan}`).embed(texts);
    });
    assert.equal(made, 2);
    assert.deepEqual([points!.rows, points!.columns], [5, 512]);
    assert.ok(Math.abs(dot(points!, 0, points!, 2) - 1) < 1e-5);
    assert.ok(dot(points!, 0, points!, 1) < 0.5);
    assert.equal(dot(points!, 3, points!, 3), 0);
    // 8 / 3 and 7 / 3 characters rounded up, and one each: 4 + 4 tokens at 0.02 USD a million.
    assert.deepEqual(points!.usage, {
      hits: 0,
      misses: 2,
      estimate: { tokens: 8, usd: 0.02 * 8e-6 },
      warnings: [],
    });
  });

  it('asks Cohere for 96 texts a call', async () => {
    const texts = Array.from({ length: 200 }, (_, index) => `pregunta ${index}`);
    const progress: string[] = [];
    const made = await calls(async () => {
      const points = await embedder(`bedrock:${cohere}`).embed(texts, (done, total, unit) =>
        progress.push(`${done}/${total} ${unit}`),
      );
      assert.deepEqual([points.rows, points.columns], [200, 1024]);
      for (let row = 0; row < 200; row++) assert.ok(Math.abs(dot(points, row, points, row) - 1) < 1e-5);
    });
    assert.equal(made, 3);
    // 'pregunta 0' … 'pregunta 9': 4 + 1 tokens each; up to 'pregunta 199': 11 and 12 characters, 4 + 1 as well.
    assert.equal(progress[0], '0/200 phrases embedded (about 0.0001 USD)');
    assert.match(progress.at(-1)!, /^200\/200 /);
  });

  it('cuts what is too long for the model, not within a character, and takes emoji', async () => {
    const long = `${'a'.repeat(2_047)}☕️😀${'b'.repeat(10_000)}`;
    for (const modelId of [titan, cohere]) {
      const points = await embedder(`bedrock:${modelId}`).embed([long, '😀😀☕️', long.slice(0, 2_048)]);
      assert.ok(dot(points, 0, points, 2) > 0.9999, modelId);
      assert.ok(Math.abs(dot(points, 1, points, 1) - 1) < 1e-5);
    }
  });

  it('becomes slower while it is throttled, and loses nothing', async () => {
    world.faults.inject('InvokeModel', { kind: 'error', error: throttled }, 15);
    const pauses = notedPauses();
    const texts = Array.from({ length: 40 }, (_, index) => `texto ${index}`);
    const points = await embedder(`bedrock:${titan}`, pauses).embed(texts);
    assert.equal(pauses.taken.length, 15);
    assert.ok(Math.max(...pauses.taken) > 500, 'pauses grow');
    for (let row = 0; row < 40; row++) assert.ok(dot(points, row, points, row) > 0.99);
  });

  it('gives up for now when it is throttled for ever, and says so as something that may pass', async () => {
    world.faults.inject('InvokeModel', { kind: 'error', error: throttled });
    await assert.rejects(
      embedder(`bedrock:${titan}`).embed(['hola']),
      (error: unknown) => error instanceof ThrottledError && !error.permanent,
    );
  });

  it('says who has to give access to a model, and that waiting does not help', async () => {
    await assert.rejects(
      embedder('bedrock:cohere.embed-english-v3').embed(['hola']),
      (error: unknown) =>
        error instanceof AccessDeniedError &&
        error.permanent &&
        /InvokeModel \(model cohere\.embed-english-v3\) failed: AccessDeniedException/.test(error.message) &&
        /Model access/.test(error.message) &&
        /bedrock:InvokeModel/.test(error.message),
    );
  });

  it('does not begin what would cost more than the budget', async () => {
    const settings = {
      engine: 'bedrock',
      modelId: titan,
      usdPerMillionTokens: 1_000,
      budgetUsd: 0.01,
    } as const;
    const made = await calls(() =>
      assert.rejects(
        embedder(settings).embed(['once palabras y unas cuantas más', 'otra frase']),
        (error: unknown) =>
          error instanceof BudgetExceededError && error.permanent && error.facts['budgetUsd'] === 0.01,
      ),
    );
    assert.equal(made, 0);
  });

  it('takes the dimensions that a model has, and refuses others and other models at once', async () => {
    const points = await embedder({ engine: 'bedrock', modelId: titan, dimensions: 256 }).embed(['hola']);
    assert.equal(points.columns, 256);
    const refused = (pattern: RegExp) => (error: unknown) =>
      error instanceof InvalidConfigurationError && pattern.test(error.message);
    const wrong = (modelId: string, dimensions?: number) => () =>
      embedder({ engine: 'bedrock', modelId, dimensions });
    assert.throws(wrong(titan, 100), refused(/Choose 512, 256, 1024/));
    assert.throws(wrong(cohere, 512), refused(/its own number of dimensions/));
    assert.throws(wrong('amazon.nova-lite-v1:0'), refused(/not known to embed/));
    assert.throws(() => embedder('word2vec'), refused(/There is no embedder "word2vec"/));
  });
});
