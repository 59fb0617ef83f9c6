import assert from 'node:assert/strict';
import type { Artifact } from '../../src/domain/artifact';
import { explainMiss, identityOf, type StageWork } from '../../src/domain/stage-reuse';

const artifact = (uri: string, sha256: string): Artifact => ({
  uri,
  sha256,
  bytes: 1,
  rows: 1,
  schemaVersion: 1,
});
const work: StageWork = {
  inputs: { utterances: artifact('s3://b/cycles/0003/utterances.jsonl', 'aa'), categoryMap: null },
  parameters: { seed: 1, minimumSize: 5 },
  codeVersion: '0.1.0-abc',
};

describe('identityOf', () => {
  it('is the same for the same content elsewhere, in another order', () => {
    const moved: StageWork = {
      codeVersion: '0.1.0-abc',
      parameters: { minimumSize: 5, seed: 1 },
      inputs: { categoryMap: null, utterances: artifact('s3://b/cycles/0009/utterances.jsonl', 'aa') },
    };
    assert.equal(identityOf(moved), identityOf(work));
  });

  for (const [what, changed] of Object.entries({
    'an input': { ...work, inputs: { ...work.inputs, utterances: artifact('s3://b/u', 'bb') } },
    'a parameter': { ...work, parameters: { ...work.parameters, seed: 2 } },
    'the code': { ...work, codeVersion: '0.1.0-def' },
    'an input that came': { ...work, inputs: { ...work.inputs, categoryMap: 's3://b/map' } },
  })) {
    it(`differs with ${what}`, () => {
      assert.notEqual(identityOf(changed), identityOf(work));
    });
  }
});

describe('explainMiss', () => {
  it('names every change since the last run', () => {
    const now: StageWork = {
      inputs: { utterances: artifact('s3://b/u', 'bb'), categoryMap: 's3://b/map' },
      parameters: { seed: 1, minimumSize: 8, embedder: 'lexical' },
      codeVersion: '0.1.0-def',
    };
    const changes = explainMiss(now, { ...work, cycle: 3 });
    assert.equal(
      changes.en,
      'Ran: since cycle 3, changed input "categoryMap", input "utterances", parameter "embedder" (null → "lexical"), parameter "minimumSize" (5 → 8), code (0.1.0-abc → 0.1.0-def).',
    );
    assert.equal(
      changes.es,
      'Se ejecutó: desde el ciclo 3 cambió la entrada "categoryMap", la entrada "utterances", el parámetro "embedder" (null → "lexical"), el parámetro "minimumSize" (5 → 8), el código (0.1.0-abc → 0.1.0-def).',
    );
  });

  it('says that there was no run, or that its result is gone', () => {
    assert.equal(explainMiss(work, null).en, 'Ran: no earlier result of this stage is kept.');
    assert.equal(
      explainMiss(work, { ...work, cycle: 3 }).en,
      'Ran: the result of cycle 3 is no longer whole.',
    );
  });
});
