import assert from 'node:assert/strict';
import fc from 'fast-check';
import { foldText, normaliseText } from '../../../src/domain/text/normalise';

describe('normaliseText', () => {
  const cases: [string, string, string][] = [
    ['keeps what people wrote', '¿Tenéis WIFI? 😊', '¿Tenéis WIFI? 😊'],
    ['composes accents', 'cafe\u0301 con leche', 'café con leche'],
    ['collapses and trims white space', ' \t hola\u00a0\u2003 wifi \r\n', 'hola wifi'],
    ['drops control and zero-width characters', 'ho\u200bla\u0000 \ufeffwi\u00adfi\u202e', 'hola wifi'],
    ['does not glue words that a control character parts', 'hola\u0007wifi', 'hola wifi'],
    ['keeps families of emojis together', 'mesa 👨‍👩‍👧 ya', 'mesa 👨‍👩‍👧 ya'],
    ['drops joiners between letters', 'wi\u200dfi', 'wifi'],
    ['reads full-width digits', '６１２３４５６７８', '612345678'],
    ['drops halves of characters', 'hola \ud83d', 'hola'],
    ['makes nothing of nothing', '\u200b \u00a0\n', ''],
  ];
  for (const [name, raw, expected] of cases)
    it(name, () => {
      assert.equal(normaliseText(raw), expected);
    });

  it('is stable, trimmed and without double spaces for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (raw) => {
        const once = normaliseText(raw);
        assert.equal(normaliseText(once), once);
        assert.doesNotMatch(once, /^\s|\s$|\s\s|\p{Cc}/u);
      }),
      { seed: 3, numRuns: 2000 },
    );
  });
});

describe('foldText', () => {
  it('brings spellings of one phrase together', () => {
    const spellings = ['¿Tenéis wifi?', 'teneis wifi', 'TENEIS WIFI!!', 'tenéis wifi...', '"Tenéis wifi"'];
    assert.deepEqual(new Set(spellings.map(foldText)), new Set(['teneis wifi']));
  });

  it('keeps apart what differs', () => {
    const different = [
      'wifi',
      'wi fi',
      'wifi 😊',
      'año nuevo',
      'ano nuevo',
      'no, wifi',
      '<PHONE_1>',
      '<PHONE_2>',
    ];
    assert.equal(new Set(different.map(foldText)).size, different.length);
  });

  it('keeps placeholders whole', () => {
    assert.equal(foldText('Llámame al <PHONE_1>.'), 'llamame al <phone_1>');
  });

  it('leaves a phrase of punctuation as it is', () => {
    assert.equal(foldText('???'), '???');
  });
});
