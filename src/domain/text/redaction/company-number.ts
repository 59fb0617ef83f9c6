import { digitsOf, findMatches, type Detector } from './detector';

/** A letter for the form of the organisation, seven digits, a check digit or letter. */
const form = String.raw`[abcdefghjnpqrsuvw][-. ]?\d{2}[. ]?\d{3}[. ]?\d{2}[-. ]?[\da-j]`;
const number = new RegExp(String.raw`(?<![\p{L}\d_+])${form}(?![\p{L}\d_]|[.,]\d)`, 'giu');
const afterWord = new RegExp(
  String.raw`(?<!\p{L})(?:cif|c\.i\.f\.?|nif|n\.i\.f\.?|vat(?: number)?)(?!\p{L})[^\d\n]{0,25}?(?<!\p{L})((?:es[-. ]?)?${form})(?![\p{L}\d_])`,
  'giu',
);

/** Tax numbers of Spanish organisations (CIF) by their check character, or mistyped after the word. */
export const companyNumberDetector: Detector = {
  hint: /[a-w][-. ]?\d{2}[. ]?\d{3}/i,
  find: (text) => [
    ...findMatches(text, number, 'CIF', hasValidCheckCharacter),
    ...findMatches(text, afterWord, 'CIF'),
  ],
};

/**
 * The Luhn digit of the seven digits; some forms of organisation write it as a letter, 0 as J and 1–9 as A–I.
 * Source: Orden EHA/451/2008, https://www.boe.es/buscar/act.php?id=BOE-A-2008-3580
 */
export function hasValidCheckCharacter(number: string): boolean {
  const compact = number.replace(/[-. ]/g, '').toUpperCase();
  const check = compact.at(-1)!;
  let sum = 0;
  for (const [place, digit] of [...digitsOf(compact.slice(1, 8))].entries()) {
    const doubled = Number(digit) * 2;
    sum += place % 2 === 1 ? Number(digit) : doubled > 9 ? doubled - 9 : doubled;
  }
  const expected = (10 - (sum % 10)) % 10;
  return check === String(expected) || check === 'JABCDEFGHI'[expected];
}
