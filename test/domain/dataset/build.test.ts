import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  buildDataset,
  toSampleUtterance,
  type Dataset,
  type DatasetInput,
} from '../../../src/domain/dataset';
import { nearDuplicatePairs } from '../../../src/domain/similarity/near-duplicates';
import { outOfScope } from '../../../src/domain/utterance';

const parameters = { validationShare: 0.25, goldenShare: 0.25, seed: 7 };

function category(intent: string, isNew: boolean, texts: string[]): DatasetInput['accepted'][number] {
  return {
    intent,
    isNew,
    examples: texts.map((text, index) => ({ id: `${intent}-${index}`, text, count: index + 1, cycle: 1 })),
  };
}

function golden(text: string, intent: string): DatasetInput['golden'][number] {
  return { id: `g-${text}`, text, intent, set: 'golden' };
}

/** Phrases that share no trigrams to speak of. */
const unlike = (topic: string) =>
  [...'bcdfghjk'].map((letter) => `${topic} ${letter.repeat(12)} ${letter}${topic}`);

describe('data set', () => {
  it('deals new phrases out to training, validation and golden set', () => {
    const {
      counts,
      training,
      newIntents,
      validation,
      golden: set,
    } = buildDataset({
      known: [],
      golden: [golden('cuánto cuesta', 'ConsultarPrecio')],
      accepted: [
        category('PreguntarWifi', true, unlike('wifi')),
        category('ConsultarPrecio', false, unlike('precio')),
      ],
      parameters,
    });
    assert.deepEqual(counts, {
      accepted: 16,
      training: 4 + 6,
      validation: 2 + 2,
      goldenBefore: 1,
      goldenAdded: 2,
      setAside: 0,
      golden: 3,
      leftOut: 0,
      leftOutByReason: {},
    });
    assert.deepEqual(newIntents, [{ name: 'PreguntarWifi', description: null }]);
    assert.equal(training.length, 10);
    assert.ok(validation.every((item) => item.set === 'validation'));
    assert.deepEqual(
      set.map((item) => item.intent),
      ['ConsultarPrecio', 'PreguntarWifi', 'PreguntarWifi'],
    );
  });

  it('says why examples are left out', () => {
    const { leftOut, counts, training } = buildDataset({
      known: [
        { text: 'Quiero un café', intent: 'PedirCafe' },
        { text: 'la cuenta', intent: 'PedirCuenta' },
      ],
      golden: [golden('¿hay mesas en la terraza?', 'ReservarMesa')],
      accepted: [
        category('PedirCafe', false, [
          'quiero un café!',
          'un cortado doble',
          'Un cortado doble',
          'la cuenta',
          'mi número es <PHONE_1>',
          'te quiero <3',
          '☕☕',
          'x'.repeat(501),
          'dame agua',
        ]),
        category('ReservarMesa', false, ['hay mesas en la terraza', 'dame agua']),
      ],
      parameters,
    });
    const reasons = Object.fromEntries(
      leftOut.map(({ text, intent, reason }) => [`${intent}: ${text}`, reason]),
    );
    assert.deepEqual(reasons, {
      'PedirCafe: quiero un café!': 'already-known',
      'PedirCafe: un cortado doble': 'duplicate',
      'PedirCafe: la cuenta': 'conflicting-labels',
      'PedirCafe: mi número es <PHONE_1>': 'placeholder',
      'PedirCafe: te quiero <3': 'character-not-allowed',
      'PedirCafe: ☕☕': 'nothing-left',
      [`PedirCafe: ${'x'.repeat(501)}`]: 'too-long',
      'PedirCafe: dame agua': 'conflicting-labels',
      'ReservarMesa: dame agua': 'conflicting-labels',
      'ReservarMesa: hay mesas en la terraza': 'near-golden',
    });
    assert.deepEqual(training, [{ text: 'Un cortado doble', intent: 'PedirCafe', count: 5 }]);
    assert.equal(counts.leftOutByReason['conflicting-labels'], 3);
  });

  it('sets golden utterances aside that a person has since given an intent', () => {
    const {
      setAside,
      golden: set,
      training,
    } = buildDataset({
      known: [],
      golden: [golden('tienen wifi', outOfScope), golden('quién ganó el partido', outOfScope)],
      accepted: [category('PreguntarWifi', true, ['¿tienen wifi?'])],
      parameters,
    });
    assert.deepEqual(setAside, [
      {
        id: 'g-tienen wifi',
        text: 'tienen wifi',
        intent: outOfScope,
        reason: 'now-in-scope',
        acceptedAs: 'PreguntarWifi',
      },
    ]);
    assert.deepEqual(
      set.map(({ text }) => text),
      ['quién ganó el partido'],
    );
    assert.deepEqual(
      training.map(({ text }) => text),
      ['¿tienen wifi?'],
    );
  });

  it('trains on what is close to a sample that the bot has, and does not measure with it', () => {
    const { counts } = buildDataset({
      known: [{ text: 'quiero reservar una mesa', intent: 'ReservarMesa' }],
      golden: [],
      accepted: [category('ReservarMesa', false, ['quiero reservar mesa', 'quiero reservar unas mesas'])],
      parameters: { ...parameters, validationShare: 1 },
    });
    assert.deepEqual([counts.training, counts.validation], [2, 0]);
  });

  it('drops emojis from samples and keeps them in what is asked', () => {
    assert.deepEqual(toSampleUtterance('un café ☕️ por favor 👍🏽\u200d'), { text: 'un café por favor' });
    assert.deepEqual(toSampleUtterance('son 2 cafés'), { text: 'son 2 cafés' });
  });

  describe('for any input', () => {
    const words = [
      'tienen',
      'wifi',
      'clave',
      'mesa',
      'perro',
      'café',
      '¿hay?',
      'hola',
      'para',
      '<PHONE_1>',
      'terraza',
    ];
    const text = fc
      .array(fc.constantFrom(...words), { minLength: 1, maxLength: 5 })
      .map((parts) => parts.join(' '));
    const intent = fc.constantFrom('A', 'B', 'Nuevo', 'Otro');
    const input: fc.Arbitrary<DatasetInput> = fc
      .record({
        known: fc.array(fc.record({ text, intent: fc.constantFrom('A', 'B') }), { maxLength: 8 }),
        texts: fc.dictionary(intent, fc.uniqueArray(text, { maxLength: 25 })),
        golden: fc.uniqueArray(fc.tuple(text, fc.constantFrom('A', 'B', outOfScope)), {
          maxLength: 12,
          selector: ([one]) => one,
        }),
        validationShare: fc.double({ min: 0, max: 1, noNaN: true }),
        goldenShare: fc.double({ min: 0, max: 1, noNaN: true }),
        seed: fc.integer(),
      })
      .map(({ known, texts, golden: before, ...rest }) => ({
        known,
        golden: before.map(([one, label]) => golden(one, label)),
        accepted: Object.entries(texts).map(([name, some]) => category(name, name.length > 1, some)),
        parameters: rest,
      }));
    const forAny = (check: (dataset: Dataset, input: DatasetInput) => void) =>
      fc.assert(fc.property(input, (one) => check(buildDataset(one), one)));

    it('counts add up', () => {
      forAny(
        ({ counts, training, validation, golden: set, leftOut, setAside }, { accepted, golden: before }) => {
          const sum = Object.values(counts.leftOutByReason).reduce((total, count) => total + count, 0);
          assert.equal(counts.accepted, accepted.flatMap(({ examples }) => examples).length);
          assert.equal(counts.accepted, counts.training + counts.validation + counts.goldenAdded + sum);
          assert.equal(counts.golden, counts.goldenBefore - counts.setAside + counts.goldenAdded);
          assert.deepEqual(
            [
              counts.training,
              counts.validation,
              counts.golden,
              counts.leftOut,
              counts.setAside,
              counts.goldenBefore,
            ],
            [training.length, validation.length, set.length, leftOut.length, setAside.length, before.length],
          );
        },
      );
    });

    it('near-duplicates never straddle training, validation and golden set', () => {
      forAny(({ training, validation, golden: set }) => {
        const items = [
          ...training.map((one) => ({ text: one.text, set: 'training' })),
          ...validation.map((one) => ({ text: one.text, set: 'validation' })),
          ...set.map((one) => ({ text: one.text, set: 'golden' })),
        ];
        for (const [first, second] of nearDuplicatePairs(items.map((item) => item.text))) {
          assert.equal(items[first]!.set, items[second]!.set);
        }
      });
    });

    it('every intent that is measured can have been learned, and no text has two labels', () => {
      forAny(({ training, validation, golden: set, newIntents }, { known }) => {
        const learned = new Set([...known, ...training].map((one) => one.intent));
        const added = set.filter(({ id }) => id.startsWith('golden-'));
        for (const { intent: label } of [...validation, ...added]) assert.ok(learned.has(label), label);
        for (const { name } of newIntents) assert.ok(training.some((one) => one.intent === name));
        const labels = new Map<string, string>();
        for (const { text: phrase, intent: label } of training) {
          assert.equal(labels.get(phrase) ?? label, label);
          labels.set(phrase, label);
        }
      });
    });

    it('the same seed gives the same data set', () => {
      forAny((dataset, one) => assert.deepEqual(buildDataset(one), dataset));
    });
  });
});
