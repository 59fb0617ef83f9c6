import { digitsOf, findAnywhere, findMatches, type Detector } from './detector';

/** Cards of the large networks begin with 2–6 and have 13 to 19 digits, mostly in groups of four. */
const number = /(?<![\p{L}\d_+]|\d[.,])[2-6]\d{3}(?:[ .-]?\d){9,15}/gu;
const afterWord =
  /(?:tarjeta|visa|mastercard|amex|card|debit|credit|d[eé]bito|cr[eé]dito)[^\d\n]{0,30}(\d{4}(?:[ .-]?\d){9,15})(?![\p{L}\d])/giu;

/** Numbers of payment cards: by their Luhn digit, or mistyped after a word such as "tarjeta". */
export const cardDetector: Detector = {
  hint: /\d{4}[ .-]?\d/,
  find: (text) => [
    ...findAnywhere(text, number, 'CARD', cardLength),
    ...findMatches(text, afterWord, 'CARD'),
  ],
};

/** Other numbers may follow the card's: its year, its code, an amount. */
function cardLength(matched: string): number {
  for (let end = matched.length; end >= 13; end--)
    if (
      !/^\d/.test(matched.slice(end)) &&
      /\d$/.test(matched.slice(0, end)) &&
      isCardNumber(digitsOf(matched.slice(0, end)))
    )
      return end;
  return 0;
}

/** ISO/IEC 7812: a length that cards have, and the Luhn digit. */
export function isCardNumber(digits: string): boolean {
  if (![13, 14, 15, 16, 19].includes(digits.length)) return false;
  let sum = 0;
  for (let place = 0; place < digits.length; place++) {
    const digit = Number(digits[digits.length - 1 - place]);
    const doubled = digit * 2;
    sum += place % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
