import assert from 'node:assert/strict';
import fc from 'fast-check';
import { foldText, normaliseText } from '../../../../src/domain/text/normalise';
import { findPersonalData, redact } from '../../../../src/domain/text/redaction';
import { labelledPhrases } from './labelled-phrases';

const seed = 7;

/** What people write around a number. */
const before = fc.constantFrom(
  '',
  'hola ',
  'mi tel es ',
  'son 20 ',
  '(',
  '. ',
  '☎️ ',
  '\n',
  '¿',
  '"',
  'a nombre de ',
);
const after = fc.constantFrom('', ' y gracias', ', ', ') ', '?', '. Adiós', ' 30 euros', '\n', '"', ' ☎️');
const separator = fc.constantFrom('', '', ' ', '-', '.');

/** Writes digits and letters in groups, as people do. */
function grouped(compact: string, sizes: number[], gap: string): string {
  const groups: string[] = [];
  let at = 0;
  for (const size of sizes) groups.push(compact.slice(at, (at += size)));
  return groups.filter(Boolean).join(gap);
}

const digits = (length: number): fc.Arbitrary<string> =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((all) => all.join(''));

/** Check characters, worked out apart from the detectors. */
const letters = 'TRWAGMYFPDXBNJZSQVHLCKE';
const modulo97 = (text: string): bigint =>
  BigInt([...text].map((character) => parseInt(character, 36).toString()).join('')) % 97n;
function luhnDigit(body: string): string {
  for (let check = 0; check < 10; check++) {
    const all = `${body}${check}`;
    const values = [...all].reverse().map((digit, place) => {
      const value = Number(digit) << (place % 2);
      return Math.floor(value / 10) + (value % 10);
    });
    if (values.reduce((sum, value) => sum + value, 0) % 10 === 0) return String(check);
  }
  throw new Error('one of ten digits fits');
}

const dni = digits(8).map((number) => `${number}${letters[Number(number) % 23]}`);
const nie = fc
  .tuple(fc.constantFrom(0, 1, 2), digits(7))
  .map(([first, rest]) => `${'XYZ'[first]}${rest}${letters[Number(`${first}${rest}`) % 23]}`);
const cif = fc
  .tuple(fc.constantFrom(...'ABCDEFGHJUV'), digits(7))
  .map(([letter, body]) => letter + body + luhnDigit(body));
const iban = digits(20).map((account) => {
  const check = 98n - modulo97(`${account}ES00`);
  return `ES${String(check).padStart(2, '0')}${account}`;
});
const card = fc
  .tuple(fc.constantFrom('4', '51', '55', '2221', '6011'), digits(15))
  .map(([network, rest]) => `${network}${rest}`.slice(0, 15))
  .map((body) => body + luhnDigit(body));
const mobile = fc
  .tuple(fc.constantFrom('6', '71', '74', '9'), digits(8))
  .map(([first, rest]) => `${first}${rest}`.slice(0, 9));

/** A number with a check character or a known form, as written by somebody. */
const written: fc.Arbitrary<string> = fc.oneof(
  fc.tuple(dni, fc.constantFrom('', ' ', '-')).map(([number, gap]) => grouped(number, [8, 1], gap)),
  fc
    .tuple(dni, fc.constantFrom('', '-'))
    .map(([n, gap]) => `${grouped(n.slice(0, 8), [2, 3, 3], '.')}${gap}${n[8]}`),
  fc.tuple(nie, fc.constantFrom('', ' ', '-')).map(([number, gap]) => grouped(number, [1, 7, 1], gap)),
  fc.tuple(cif, fc.constantFrom('', ' ', '-')).map(([number, gap]) => grouped(number, [1, 8], gap)),
  fc.tuple(iban, fc.constantFrom('', ' ', '-')).map(([n, gap]) => grouped(n, [4, 4, 4, 4, 4, 4], gap)),
  fc.tuple(card, separator).map(([number, gap]) => grouped(number, [4, 4, 4, 4], gap)),
  fc
    .tuple(
      mobile.filter((number) => !number.endsWith('000000')),
      fc.constantFrom<number[]>([9], [3, 3, 3], [3, 2, 2, 2], [2, 3, 2, 2]),
      separator,
      fc.constantFrom('', '+34 ', '+34', '0034 ', '(+34) '),
    )
    // Four groups with dots may be an IP address as well: it is replaced too, but not its prefix.
    .filter(([, sizes, gap]) => gap !== '.' || sizes.length < 4)
    .map(([number, sizes, gap, prefix]) => prefix + grouped(number, sizes, gap)),
);

const piece = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...labelledPhrases.map(({ text }) => text)) },
  { weight: 3, arbitrary: fc.string({ unit: 'grapheme', maxLength: 30 }) },
  { weight: 2, arbitrary: written },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
  {
    weight: 2,
    arbitrary: fc.string({ unit: fc.constantFrom(...'0123456789 .-+()@:/<>_xX'), maxLength: 60 }),
  },
  {
    weight: 2,
    arbitrary: fc
      .array(
        fc.constantFrom(
          'seis',
          'doble',
          'y',
          'cien',
          'arroba',
          'punto',
          'soy',
          'me llamo',
          'Ana',
          '<NAME_1>',
          '7',
          'de',
        ),
        {
          maxLength: 14,
        },
      )
      .map((words) => words.join(' ')),
  },
);

describe('redaction of any text', () => {
  it('never lets a number through whose check characters are right, or a Spanish telephone number', () => {
    fc.assert(
      fc.property(written, before, after, fc.boolean(), (number, words, more, isLower) => {
        const value = isLower ? number.toLowerCase() : number;
        const { text } = redact(normaliseText(`${words}${value}${more}`));
        assert.ok(!text.includes(value), text);
        assert.ok(!/\d{4}/.test(text.replace(/<[A-Z]+_\d+>/g, '')), `a part is left: ${text}`);
      }),
      { seed, numRuns: 20_000 },
    );
  });

  it('is done once: a second time changes nothing', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 4 }), fc.constantFrom(' ', ', ', ''), (pieces, gap) => {
        const once = redact(normaliseText(pieces.join(gap))).text;
        assert.equal(redact(once).text, once);
        assert.deepEqual(redact(once).counts, {});
      }),
      { seed, numRuns: 3_000 },
    );
  });

  it('finds stretches of the text that do not overlap', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 4 }), (pieces) => {
        const text = pieces.join(' ');
        let from = 0;
        for (const { start, end } of findPersonalData(text)) {
          assert.ok(start >= from && end > start && end <= text.length);
          from = end;
        }
      }),
      { seed, numRuns: 2_000 },
    );
  });

  it('takes no longer than its length, whatever the text', () => {
    const shapes = [
      '6',
      '6 ',
      '6-',
      'a@',
      'a.',
      'a arroba ',
      'seis ',
      'X1',
      '1:',
      'ES91 ',
      'Ana ',
      'soy ',
      '(',
      '<A_1>',
    ];
    for (const shape of shapes) {
      const text = shape.repeat(1_024 / shape.length);
      const startedAt = performance.now();
      redact(text);
      const took = performance.now() - startedAt;
      assert.ok(took < 250, `${JSON.stringify(shape)} repeated took ${took.toFixed(0)} ms`);
    }
  });
});

describe('normalising any text', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({ unit: 'grapheme', maxLength: 60 }),
  );

  it('is done once: a second time changes nothing', () => {
    fc.assert(
      fc.property(text, (raw) => {
        const once = normaliseText(raw);
        assert.equal(normaliseText(once), once);
        assert.equal(once, once.trim());
        assert.ok(!/[\p{Cc}\p{Surrogate}]| {2}/u.test(once));
      }),
      { seed, numRuns: 5_000 },
    );
  });

  it('folds to a key that folds to itself, and is empty for an empty text alone', () => {
    fc.assert(
      fc.property(text, (raw) => {
        const normal = normaliseText(raw);
        const key = foldText(normal);
        assert.equal(foldText(key), key);
        assert.equal(key === '', normal === '');
      }),
      { seed, numRuns: 5_000 },
    );
  });
});
