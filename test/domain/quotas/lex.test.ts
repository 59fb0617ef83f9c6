import assert from 'node:assert/strict';
import { strToU8 } from 'fflate';
import fc from 'fast-check';
import { botArchiveFromFiles, type BotArchive } from '../../../src/domain/bot-archive';
import { checkQuotas, describeViolation, lexQuotas, selectWithinQuota } from '../../../src/domain/quotas';

function bot(intents: Record<string, string[]>): BotArchive {
  const files: [string, unknown][] = [
    [
      'Manifest.json',
      { metaData: { schemaVersion: '1', fileFormat: 'LexJson', resourceType: 'BOT_LOCALE' } },
    ],
    ['es_ES/BotLocale.json', { identifier: 'es_ES', nluConfidenceThreshold: 0.4 }],
    ...Object.entries(intents).map(([name, samples]): [string, unknown] => [
      `es_ES/Intents/${name}/Intent.json`,
      { name, sampleUtterances: samples.map((utterance) => ({ utterance })) },
    ]),
  ];
  return botArchiveFromFiles(
    new Map(files.map(([path, content]) => [path, strToU8(JSON.stringify(content))])),
  );
}

const tight = {
  ...lexQuotas('es_ES'),
  utterancesPerIntent: 3,
  utteranceCharactersPerLocale: 60,
  intentsPerLocale: 2,
};
const candidate = (intent: string, text: string, count = 1) => ({ intent, text, count });

describe('Lex quotas', () => {
  it('are larger in three English locales', () => {
    assert.equal(lexQuotas('en_US').utteranceCharactersPerLocale, 2_000_000);
    assert.equal(lexQuotas('en_GB').intentsPerLocale, 1_000);
    assert.equal(lexQuotas('en_IN').intentsPerLocale, 250);
    assert.equal(lexQuotas('es_ES').utteranceCharactersPerLocale, 200_000);
  });

  it('have nothing to say about a bot that fits', () => {
    assert.deepEqual(checkQuotas(bot({ A: ['hola'], B: ['x'.repeat(500)] }), 'es_ES'), []);
  });

  it('name every one that is passed', () => {
    const full = bot({
      A: Array.from({ length: 1_501 }, (_, i) => `frase ${i} ${'y'.repeat(150)}`),
      B: ['x'.repeat(501)],
    });
    const violations = checkQuotas(full, 'es_ES');
    assert.deepEqual(
      violations.map(({ quota, intent }) => [quota, intent]),
      [
        ['utterancesPerIntent', 'A'],
        ['charactersPerUtterance', 'B'],
        ['utteranceCharactersPerLocale', null],
      ],
    );
    assert.equal(describeViolation(violations[0]!), 'A has 1501 sample utterances; Lex takes 1500');
    const many = bot(Object.fromEntries(Array.from({ length: 250 }, (_, i) => [`Intent${i}`, []])));
    // Lex adds the fallback, which counts.
    assert.deepEqual(checkQuotas(many, 'es_ES'), [
      { quota: 'intentsPerLocale', intent: null, value: 251, limit: 250 },
    ]);
  });
});

describe('selection within quotas', () => {
  it('takes everything that fits, in its order', () => {
    const candidates = [candidate('B', 'dos'), candidate('A', 'uno')];
    assert.deepEqual(selectWithinQuota([], ['A'], candidates, lexQuotas('es_ES')), {
      selected: candidates,
      leftOut: [],
    });
  });

  it('keeps what is said often and unlike the rest of a full intent', () => {
    const { selected, leftOut } = selectWithinQuota(
      [{ intent: 'A', text: 'tienen wifi' }],
      ['A'],
      [
        candidate('A', 'tienen wifi?', 50),
        candidate('A', 'cuál es la clave de internet', 2),
        candidate('A', 'hay red', 9),
        candidate('A', 'hay red?', 8),
      ],
      { ...tight, utteranceCharactersPerLocale: 1_000 },
    );
    assert.deepEqual(
      selected.map(({ text }) => text),
      ['cuál es la clave de internet', 'hay red'],
    );
    assert.deepEqual(
      leftOut.map(({ reason }) => reason),
      ['intent-full', 'intent-full'],
    );
  });

  it('shares the characters of the locale among intents', () => {
    const of = (intent: string) =>
      Array.from({ length: 9 }, (_, i) => candidate(intent, `${intent}${i} 345678`, 9 - i));
    const { selected, leftOut } = selectWithinQuota([], ['A', 'B'], [...of('A'), ...of('B')], {
      ...tight,
      utterancesPerIntent: 100,
    });
    assert.deepEqual(
      selected.map(({ intent }) => intent),
      ['A', 'A', 'A', 'B', 'B', 'B'],
    );
    assert.ok(leftOut.every(({ reason }) => reason === 'locale-full'));
  });

  it('makes the new intents that people ask for most', () => {
    const { selected, leftOut } = selectWithinQuota(
      [],
      ['A'],
      [candidate('C', 'c', 1), candidate('B', 'b', 5), candidate('A', 'a', 1)],
      tight,
    );
    assert.deepEqual(
      selected.map(({ intent }) => intent),
      ['B', 'A'],
    );
    assert.deepEqual(leftOut, [{ candidate: candidate('C', 'c', 1), reason: 'too-many-intents' }]);
  });

  it('never passes a quota, loses nothing and always chooses the same', () => {
    const word = fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom(...'aeiou bcd') });
    const candidates = fc.array(
      fc.record({
        intent: fc.constantFrom('A', 'B', 'C', 'D'),
        text: word,
        count: fc.integer({ min: 1, max: 99 }),
      }),
    );
    const existing = fc.array(fc.record({ intent: fc.constantFrom('A'), text: word }), { maxLength: 3 });
    const quotas = { ...tight, charactersPerUtterance: 10 };
    fc.assert(
      fc.property(existing, candidates, (present, offered) => {
        const { selected, leftOut } = selectWithinQuota(present, ['A'], offered, quotas);
        assert.equal(selected.length + leftOut.length, offered.length);
        const all = [...present.filter(({ text }) => text.length <= 10), ...selected];
        const characters = [...present, ...selected].reduce((sum, { text }) => sum + text.length, 0);
        assert.ok(characters <= 60 || selected.length === 0);
        for (const intent of ['A', 'B', 'C', 'D']) {
          assert.ok(all.filter((one) => one.intent === intent).length <= 3);
        }
        assert.ok(new Set(['A', ...selected.map(({ intent }) => intent)]).size <= 2);
        assert.ok(selected.every(({ text }) => text.length <= 10));
        assert.deepEqual(selectWithinQuota(present, ['A'], offered, quotas).selected, selected);
      }),
    );
  });
});
