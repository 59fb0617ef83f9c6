import { digitsOf, findMatches, type Detector } from './detector';

/** Argentine tax and labour numbers (CUIT, CUIL): a prefix, the identity number, a check digit. */
const number = /(?<![\p{L}\d_+]|\d[.,])(?:2[0347]|3[034])[-. ]?\d{8}[-. ]?\d(?![\p{L}\d_]|[.,]\d)/gu;
const afterWord = /(?<!\p{L})cui[tl](?!\p{L})[^\d\n]{0,20}?(\d{2}[-. ]?\d{8}[-. ]?\d)(?!\d)/giu;

/** CUIT and CUIL by their check digit, or mistyped after the word. */
export const taxNumberDetector: Detector = {
  hint: /\d{8}[-. ]?\d/,
  find: (text) => [
    ...findMatches(text, number, 'CUIT', (matched) => hasValidCheckDigit(digitsOf(matched))),
    ...findMatches(text, afterWord, 'CUIT'),
  ],
};

const weights = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2];

/** Modulo 11 of the weighted digits; 11 is written as 0, and 10 does not occur. */
function hasValidCheckDigit(digits: string): boolean {
  const sum = weights.reduce((total, weight, place) => total + weight * Number(digits[place]), 0);
  const check = 11 - (sum % 11);
  return (check === 11 ? 0 : check) === Number(digits[10]);
}
