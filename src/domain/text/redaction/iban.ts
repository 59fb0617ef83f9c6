import { digitsOf, findAnywhere, findMatches, type Detector, type Finding } from './detector';

/** Length of an IBAN by country, from the SWIFT IBAN registry. */
const lengths: Record<string, number> = {
  AD: 24,
  AT: 20,
  BE: 16,
  BG: 22,
  CH: 21,
  CR: 22,
  CY: 28,
  CZ: 24,
  DE: 22,
  DK: 18,
  DO: 28,
  EE: 20,
  ES: 24,
  FI: 18,
  FR: 27,
  GB: 22,
  GR: 27,
  GT: 28,
  HR: 21,
  HU: 28,
  IE: 22,
  IS: 26,
  IT: 27,
  LI: 21,
  LT: 20,
  LU: 20,
  LV: 21,
  MC: 27,
  MT: 31,
  NL: 18,
  NO: 15,
  PL: 28,
  PT: 25,
  RO: 24,
  SE: 24,
  SI: 19,
  SK: 24,
  SM: 27,
  SV: 28,
};

const start = /(?<![\p{L}\d])([A-Za-z]{2})[ .-]?\d{2}(?=[ .-]?[A-Za-z\d])/gu;
const context = /(?:iban|cuenta|account|transfer\p{L}*|banco|bank)[^\d]{0,30}$/iu;

/**
 * International bank account numbers: the length of the country and the check digits must be right; after a word
 * such as "cuenta" the length is enough, for people mistype.
 */
export const ibanDetector: Detector = {
  hint: /[a-z]{2}[ .-]?\d{2}|\d{4}[ .-]?\d{4}[ .-]?\d{2}/i,
  find(text) {
    const findings: Finding[] = [];
    for (const match of text.matchAll(start)) {
      const length = lengths[match[1]!.toUpperCase()];
      if (length === undefined) continue;
      const end = endOfCompact(text, match.index, length);
      if (end === null) continue;
      const compact = text.slice(match.index, end).replace(/[ .-]/g, '').toUpperCase();
      if (hasValidCheckDigits(compact) || context.test(text.slice(0, match.index)))
        findings.push({ kind: 'IBAN', start: match.index, end });
    }
    return [
      ...findings,
      ...findAnywhere(text, spanishAccount, 'IBAN', (matched) =>
        isSpanishAccount(digitsOf(matched)) ? matched.length : 0,
      ),
      ...findMatches(text, spanishAccountAfterWord, 'IBAN'),
    ];
  },
};

/** The older Spanish account number (CCC): bank, branch, two check digits, account. */
const spanishAccount = /(?<![\p{L}\d_+]|\d[.,])\d(?:[ .-]?\d){19}(?![\p{L}\d_]|[.,]\d)/gu;
/** After such a word the length is enough. */
const spanishAccountAfterWord =
  /(?:cuenta|ccc|account)[^\d\n]{0,25}(\d{4}[ .-]?\d{4}[ .-]?\d{2}(?:[ .-]?\d){10})(?!\d)/giu;

const accountWeights = [1, 2, 4, 8, 5, 10, 9, 7, 3, 6];

/** One check digit for bank and branch, one for the account: modulo 11 of the digits, weighted by powers of two. */
function isSpanishAccount(digits: string): boolean {
  const check = (ten: string): string => {
    const sum = accountWeights.reduce((total, weight, place) => total + weight * Number(ten[place]), 0);
    const rest = 11 - (sum % 11);
    return String(rest === 11 ? 0 : rest === 10 ? 1 : rest);
  };
  return digits[8] === check(`00${digits.slice(0, 8)}`) && digits[9] === check(digits.slice(10));
}

/** Where the given number of letters and digits ends, single spaces, dots and dashes passed over; null where they break off. */
function endOfCompact(text: string, from: number, length: number): number | null {
  let seen = 0;
  for (let at = from; at < text.length; at++) {
    const character = text[at]!;
    if (/[A-Za-z\d]/.test(character)) {
      seen++;
      if (seen === length) return /[\p{L}\d]/u.test(text[at + 1] ?? '') ? null : at + 1;
    } else if (!/[ .-]/.test(character) || /[ .-]/.test(text[at + 1] ?? '')) {
      return null;
    }
  }
  return null;
}

/** ISO 13616: the first four characters moved to the end, letters as numbers from A = 10, the remainder by 97 is 1. */
function hasValidCheckDigits(compact: string): boolean {
  let remainder = 0;
  for (const character of compact.slice(4) + compact.slice(0, 4)) {
    const value = parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}
