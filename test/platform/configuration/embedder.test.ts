import assert from 'node:assert/strict';
import { parsePipelineText } from '../../../src/platform/configuration';

/** A pipeline file with this `discover` section. */
function pipeline(...discover: string[]) {
  return parsePipelineText(
    [
      'name: cafe',
      'target: { kind: lex, bot: CafeBot, alias: live, localeId: es_ES }',
      'logs: { uri: s3://cafe/logs/ }',
      'store: { uri: s3://cafe/pipelines/ }',
      'dataset: { goldenSetUri: s3://cafe/golden.csv }',
      'notify: { topicArn: "arn:aws:sns:eu-west-1:000000000000:cafe" }',
      'discover:',
      ...discover.map((line) => `  ${line}`),
    ].join('\n'),
    'cafe.yaml',
  ).discover;
}

describe('the embedder of a pipeline file', () => {
  for (const short of [
    'lexical',
    'onnx:models/e5',
    'onnx:s3://models/e5/',
    'onnx:hub:Xenova/multilingual-e5-small@761b726dd34f',
    'bedrock:amazon.titan-embed-text-v2:0',
  ]) {
    it(`may be ${short}`, () => assert.equal(pipeline(`embedder: "${short}"`).embedder, short));
  }

  it('may say more in a section', () => {
    const sha256 = 'AB'.repeat(32);
    const model = 'hub:Xenova/multilingual-e5-small@main';
    const given = pipeline('embedder:', '  engine: onnx', `  model: ${model}`, `  sha256: ${sha256}`);
    assert.deepEqual(given.embedder, { engine: 'onnx', model, sha256 });
    assert.deepEqual(
      pipeline('embedder: { engine: bedrock, modelId: cohere.embed-multilingual-v3 }').embedder,
      {
        engine: 'bedrock',
        modelId: 'cohere.embed-multilingual-v3',
        budgetUsd: 5,
      },
    );
  });

  it('has nobody name for it unless that is asked for, within a budget', () => {
    assert.equal(pipeline('seed: 1').naming, undefined);
    const prices = 'usdPerMillionInputTokens: 0.06, usdPerMillionOutputTokens: 0.24';
    assert.deepEqual(
      pipeline(`naming: { engine: bedrock, modelId: amazon.nova-lite-v1:0, ${prices} }`).naming,
      {
        engine: 'bedrock',
        modelId: 'amazon.nova-lite-v1:0',
        usdPerMillionInputTokens: 0.06,
        usdPerMillionOutputTokens: 0.24,
        budgetUsd: 1,
      },
    );
  });

  for (const [what, line, pattern] of [
    ['another name', 'embedder: word2vec', /8:13: discover\.embedder must be lexical, onnx:MODEL or bedrock/],
    [
      'a number',
      'embedder: 4',
      /discover\.embedder must be lexical, .*or a section with an engine \(found 4\)/,
    ],
    ['no engine', 'embedder: { model: x }', /discover\.embedder\.engine is missing/],
    ['a wrong key', 'embedder: { engine: onnx, model: x, sha: y }', /unknown key "discover\.embedder\.sha"/],
    [
      'a checksum that is none',
      'embedder: { engine: onnx, model: x, sha256: 12ab }',
      /discover\.embedder\.sha256 must be 64 hexadecimal digits/,
    ],
    ['no model', 'embedder: { engine: bedrock }', /discover\.embedder\.modelId is missing/],
    [
      'a naming model without prices',
      'naming: { engine: bedrock, modelId: x }',
      /discover\.naming\.usdPerMillionInputTokens is missing/,
    ],
  ] as const) {
    it(`refuses ${what}, and says where`, () => assert.throws(() => pipeline(line), pattern));
  }
});
