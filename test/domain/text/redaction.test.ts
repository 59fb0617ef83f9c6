import assert from 'node:assert/strict';
import fc from 'fast-check';
import { redact, findPersonalData } from '../../../src/domain/text/redaction';
import { isCardNumber } from '../../../src/domain/text/redaction/card';
import { hasValidLetter } from '../../../src/domain/text/redaction/identity-number';
import { normaliseText } from '../../../src/domain/text/normalise';
import { harmlessPhrases, labelledPhrases } from './personal-data.fixture';

describe('redaction', () => {
  it('puts typed placeholders in the place of personal data', () => {
    const { text, counts } = redact('soy Ana, mi móvil es 612 345 678 y mi dni 12345678Z');
    assert.equal(text, 'soy <NAME_1>, mi móvil es <PHONE_1> y mi dni <DNI_1>');
    assert.deepEqual(counts, { NAME: 1, PHONE: 1, DNI: 1 });
  });

  it('numbers different values apart and the same value alike, however it is written', () => {
    const { text } = redact('tel 612345678 o 699 112 233, repito: 612 34 56 78');
    assert.equal(text, 'tel <PHONE_1> o <PHONE_2>, repito: <PHONE_1>');
  });

  it('leaves placeholders as they are and numbers new ones behind them', () => {
    assert.equal(
      redact('mi tel es <PHONE_1>, me llamo <NAME_1>').text,
      'mi tel es <PHONE_1>, me llamo <NAME_1>',
    );
    assert.equal(redact('era <PHONE_2> y ahora 612345678').text, 'era <PHONE_2> y ahora <PHONE_3>');
  });

  it('checks letters, Luhn digits and lengths', () => {
    assert.equal(hasValidLetter('12345678Z'), true);
    assert.equal(hasValidLetter('12345678A'), false);
    assert.equal(hasValidLetter('X1234567L'), true);
    assert.equal(isCardNumber('4111111111111111'), true);
    assert.equal(isCardNumber('4111111111111112'), false);
    assert.equal(isCardNumber('42'), false);
  });

  it('finds at least 98 % of what is in a pattern, with a precision of at least 95 %', () => {
    assert.ok(labelledPhrases.length + harmlessPhrases.length >= 150);
    const patterned = (kind: string) => kind !== 'NAME';
    const score = scoreOf(patterned);
    assert.ok(score.recall >= 0.98, `recall ${score.recall}: missed ${score.missed.join(' | ')}`);
    assert.ok(score.precision >= 0.95, `precision ${score.precision}: wrong ${score.wrong.join(' | ')}`);
  });

  it('finds at least 95 % of the names in their contexts, with a precision of at least 95 %', () => {
    const score = scoreOf((kind) => kind === 'NAME');
    assert.ok(score.recall >= 0.95, `recall ${score.recall}: missed ${score.missed.join(' | ')}`);
    assert.ok(score.precision >= 0.95, `precision ${score.precision}: wrong ${score.wrong.join(' | ')}`);
  });

  for (const phrase of harmlessPhrases)
    it(`leaves "${phrase}" alone`, () => {
      assert.equal(redact(phrase).text, phrase);
    });

  it('is stable: redacting twice changes nothing more', () => {
    const piece = fc.constantFrom(...labelledPhrases.map(({ text }) => text), ...harmlessPhrases);
    fc.assert(
      fc.property(
        fc.array(fc.oneof(piece, fc.string({ unit: 'grapheme', maxLength: 30 })), { maxLength: 4 }),
        (pieces) => {
          const once = redact(normaliseText(pieces.join(', '))).text;
          assert.equal(redact(once).text, once);
        },
      ),
      { seed: 7, numRuns: 500 },
    );
  });

  it('keeps a Spanish number from getting through, whatever is around it', () => {
    const digits = fc
      .integer({ min: 600_000_000, max: 999_999_999 })
      .filter((number) => number % 1_000_000 !== 0);
    const around = fc.constantFrom(
      '',
      ' hola ',
      ' mi tel es ',
      ', ',
      '(',
      ' y gracias',
      '. ',
      ' ☎️ ',
      '?',
      '\n',
    );
    fc.assert(
      fc.property(digits, around, around, (number, before, after) => {
        const { text } = redact(normaliseText(`${before}${number}${after}`));
        assert.ok(!text.includes(String(number)), text);
      }),
      { seed: 7 },
    );
  });
});

/** Compares findings with the labels: a label counts as found only where its whole value and its kind are right. */
function scoreOf(isMeant: (kind: string) => boolean) {
  const missed: string[] = [];
  const wrong: string[] = [];
  let right = 0;
  const phrases = [...labelledPhrases, ...harmlessPhrases.map((text) => ({ text, personal: [] }))];
  for (const { text, personal } of phrases) {
    const expected = personal
      .filter(({ kind }) => isMeant(kind))
      .map(({ kind, value }) => `${kind} ${value}`);
    const found = findPersonalData(text)
      .filter(({ kind }) => isMeant(kind))
      .map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`);
    right += found.filter((finding) => expected.includes(finding)).length;
    missed.push(
      ...expected.filter((label) => !found.includes(label)).map((label) => `${label} in "${text}"`),
    );
    wrong.push(
      ...found.filter((finding) => !expected.includes(finding)).map((finding) => `${finding} in "${text}"`),
    );
  }
  return {
    recall: right / (right + missed.length),
    precision: right / (right + wrong.length),
    missed,
    wrong,
  };
}
