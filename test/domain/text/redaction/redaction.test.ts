import assert from 'node:assert/strict';
import { redact } from '../../../../src/domain/text/redaction';
import { isCardNumber } from '../../../../src/domain/text/redaction/card';
import { hasValidCheckCharacter } from '../../../../src/domain/text/redaction/company-number';
import { hasValidLetter } from '../../../../src/domain/text/redaction/identity-number';
import { labelledPhrases } from './labelled-phrases';

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

  it('checks letters, check digits and lengths', () => {
    assert.equal(hasValidLetter('12345678Z'), true);
    assert.equal(hasValidLetter('12345678A'), false);
    assert.equal(hasValidLetter('X1234567L'), true);
    assert.equal(isCardNumber('4111111111111111'), true);
    assert.equal(isCardNumber('4111111111111112'), false);
    assert.equal(isCardNumber('42'), false);
    // By hand, A58818501: the odd places 5, 8, 8, 0 doubled add up to 1+7+7+0, the even ones to 8+1+5: 10 − 9 = 1.
    assert.equal(hasValidCheckCharacter('A58818501'), true);
    assert.equal(hasValidCheckCharacter('A58818502'), false);
    assert.equal(hasValidCheckCharacter('P5881850A'), true);
  });

  it('replaces Spanish account numbers by their check digits, without a word before them', () => {
    // The example of the check digits that banks print: 2100 0418 45 0200051332.
    assert.equal(redact('2100 0418 45 0200051332').text, '<IBAN_1>');
    assert.equal(redact('2100 0418 46 0200051332').text, '2100 0418 46 0200051332');
  });

  for (const { text } of labelledPhrases.filter(({ personal }) => personal.length === 0))
    it(`leaves "${text}" alone`, () => {
      assert.equal(redact(text).text, text);
    });
});
