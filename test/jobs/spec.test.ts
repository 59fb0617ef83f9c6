import assert from 'node:assert/strict';
import { InvalidInputError } from '../../src/domain/errors';
import type { DiscoverSpec, PrepareSpec } from '../../src/domain/job';
import { parseJobSpec } from '../../src/jobs/spec';

const prepare: PrepareSpec = {
  job: 'prepare',
  outputUri: 's3://bucket/cafe/cycles/0001/prepare/',
  objectsUri: 's3://bucket/objects.jsonl',
  carriedOverUri: null,
  parameters: { localeId: 'es_ES', lowConfidence: 0.6 },
};
const discover: DiscoverSpec = {
  job: 'discover',
  outputUri: 'file:///tmp/out/',
  utterancesUri: 'file:///tmp/utterances.jsonl',
  knownUri: 'file:///tmp/known.jsonl',
  rejectedUri: null,
  previousDiscoveryUri: null,
  parameters: { embedder: 'lexical', language: 'es', minimumSize: 4, seed: 1 },
};

describe('parseJobSpec', () => {
  it('parses the specification of each job', () => {
    assert.deepEqual(parseJobSpec('prepare', JSON.stringify(prepare), 'u'), prepare);
    assert.deepEqual(parseJobSpec('discover', JSON.stringify(discover), 'u'), discover);
  });

  const wrong: [string, unknown, RegExp][] = [
    ['another job', discover, /job:/],
    ['an unknown key', { ...prepare, extra: 1 }, /extra/],
    [
      'a path that is no URI',
      { ...prepare, objectsUri: '/tmp/x' },
      /objectsUri: an s3:\/\/ or file:\/\/ URI/,
    ],
    ['a prefix without its slash', { ...prepare, outputUri: 's3://b/x' }, /outputUri/],
    [
      'a confidence over 1',
      { ...prepare, parameters: { ...prepare.parameters, lowConfidence: 40 } },
      /lowConfidence/,
    ],
    [
      'a locale that is none',
      { ...prepare, parameters: { ...prepare.parameters, localeId: 'es' } },
      /a locale such as/,
    ],
  ];
  for (const [name, spec, message] of wrong)
    it(`refuses ${name} and says where`, () => {
      assert.throws(
        () => parseJobSpec('prepare', JSON.stringify(spec), 's3://b/spec.json'),
        (error) =>
          error instanceof InvalidInputError &&
          message.test(error.message) &&
          error.message.includes('s3://b/spec.json'),
      );
    });

  it('does not quote what is no JSON', () => {
    assert.throws(
      () => parseJobSpec('prepare', 'secreto {', 'u'),
      (error) => error instanceof InvalidInputError && !error.message.includes('secreto'),
    );
  });
});
