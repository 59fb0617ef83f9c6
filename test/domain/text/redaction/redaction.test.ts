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

  it('takes a word and what follows for an account number only where the country’s could look like that', () => {
    // "es" and 22 letters and digits; the remainder of 600 000 003 para la reserva by 97 happens to be 1.
    assert.equal(
      redact('mi número es 600 000 003 para la reserva').text,
      'mi número es <PHONE_1> para la reserva',
    );
    assert.equal(
      redact('por la transferencia, mi número es 612 345 678 para la reserva').text,
      'por la transferencia, mi número es <PHONE_1> para la reserva',
    );
    // Norway's have 13 digits behind the letters, as this telephone number with its prefix has.
    assert.equal(
      redact('es lo que mi banco no 0034 612 345 678 tiene').text,
      'es lo que mi banco no <PHONE_1> tiene',
    );
    assert.equal(redact('mi cuenta es 92 2100 0418 4502 0005 1332').text, 'mi cuenta <IBAN_1>');
    assert.equal(redact('cuenta GB82 WEST 1234 5698 7654 33').text, 'cuenta <IBAN_1>');
    assert.equal(redact('cuenta GB82 1234 1234 5698 7654 33').text, 'cuenta GB82 1234 1234 5698 7654 33');
  });

  it('knows what the account numbers of a country are made of', () => {
    // The examples of the SWIFT registry, with their check digits.
    const examples = [
      'AD1200012030200359100100',
      'AT611904300234573201',
      'BE68539007547034',
      'BG80BNBG96611020345678',
      'CH9300762011623852957',
      'CR05015202001026284066',
      'CY17002001280000001200527600',
      'CZ6508000000192000145399',
      'DE89370400440532013000',
      'DK5000400440116243',
      'DO28BAGR00000001212453611324',
      'EE382200221020145685',
      'ES9121000418450200051332',
      'FI2112345600000785',
      'FR1420041010050500013M02606',
      'GB29NWBK60161331926819',
      'GR1601101250000000012300695',
      'GT82TRAJ01020000001210029690',
      'HR1210010051863000160',
      'HU42117730161111101800000000',
      'IE29AIBK93115212345678',
      'IS140159260076545510730339',
      'IT60X0542811101000000123456',
      'LI21088100002324013AA',
      'LT121000011101001000',
      'LU280019400644750000',
      'LV80BANK0000435195001',
      'MC5811222000010123456789030',
      'MT84MALT011000012345MTLCAST001S',
      'NL91ABNA0417164300',
      'NO9386011117947',
      'PL61109010140000071219812874',
      'PT50000201231234567890154',
      'RO49AAAA1B31007593840000',
      'SE4550000000058398257466',
      'SI56263300012039086',
      'SK3112000000198742637541',
      'SM86U0322509800000000270100',
      'SV62CENR00000000000000700025',
    ];
    for (const example of examples) assert.equal(redact(example).text, '<IBAN_1>', example);
    for (const example of examples) assert.equal(redact(example.toLowerCase()).text, '<IBAN_1>', example);
  });

  for (const { text } of labelledPhrases.filter(({ personal }) => personal.length === 0))
    it(`leaves "${text}" alone`, () => {
      assert.equal(redact(text).text, text);
    });
});
