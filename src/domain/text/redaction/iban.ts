import { digitsOf, findAnywhere, findMatches, type Detector, type Finding } from './detector';

/**
 * What follows country and check digits, by country, from the SWIFT IBAN registry: so many digits (n), letters (a), or
 * either (c).
 */
const structures: Record<string, string> = {
  AD: 'n8 c12',
  AT: 'n16',
  BE: 'n12',
  BG: 'a4 n6 c8',
  CH: 'n5 c12',
  CR: 'n18',
  CY: 'n8 c16',
  CZ: 'n20',
  DE: 'n18',
  DK: 'n14',
  DO: 'c4 n20',
  EE: 'n16',
  ES: 'n20',
  FI: 'n14',
  FR: 'n10 c11 n2',
  GB: 'a4 n14',
  GR: 'n7 c16',
  GT: 'c24',
  HR: 'n17',
  HU: 'n24',
  IE: 'a4 n14',
  IS: 'n22',
  IT: 'a1 n10 c12',
  LI: 'n5 c12',
  LT: 'n16',
  LU: 'n3 c13',
  LV: 'a4 c13',
  MC: 'n10 c11 n2',
  MT: 'a4 n5 c18',
  NL: 'a4 n10',
  NO: 'n11',
  PL: 'n24',
  PT: 'n21',
  RO: 'a4 c16',
  SE: 'n20',
  SI: 'n15',
  SK: 'n20',
  SM: 'a1 n10 c12',
  SV: 'a4 n20',
};

const characters: Record<string, string> = { n: '\\d', a: '[A-Z]', c: '[A-Z\\d]' };

/** A country's account numbers in capitals, without gaps. */
const formats = new Map(
  Object.entries(structures).map(([country, structure]) => {
    const parts = structure.split(' ').map((part) => ({ kind: part[0]!, count: Number(part.slice(1)) }));
    const account = parts.map(({ kind, count }) => `${characters[kind]!}{${count}}`).join('');
    return [
      country,
      {
        length: parts.reduce((sum, { count }) => sum + count, 4),
        pattern: new RegExp(`^${country}\\d{2}${account}$`),
      },
    ];
  }),
);

const start = /(?<![\p{L}\d])([A-Za-z]{2})[ .-]?\d{2}(?=[ .-]?[A-Za-z\d])/gu;
const context = /(?:iban|cuenta|account|transfer\p{L}*|banco|bank)[^\d]{0,30}$/iu;

/** A word of its own and a telephone number, which has up to 15 digits (ITU-T E.164): "no 0034 612 345 678". */
const wordAndTelephone = /^[a-z]{2}[ .-](?:[ .-]?\d){1,15}$/;

/**
 * International bank account numbers: they must be made as the country's are, and the check digits must be right; after
 * a word such as "cuenta" the make is enough, for people mistype.
 */
export const ibanDetector: Detector = {
  hint: /[a-z]{2}[ .-]?\d{2}|\d{4}[ .-]?\d{4}[ .-]?\d{2}/i,
  find(text) {
    const findings: Finding[] = [];
    for (const match of text.matchAll(start)) {
      const format = formats.get(match[1]!.toUpperCase());
      if (format === undefined) continue;
      const end = endOfCompact(text, match.index, format.length);
      if (end === null) continue;
      const found = text.slice(match.index, end);
      const compact = found.replace(/[ .-]/g, '').toUpperCase();
      if (!format.pattern.test(compact)) continue;
      const mistyped = context.test(text.slice(0, match.index)) && !wordAndTelephone.test(found);
      if (hasValidCheckDigits(compact) || mistyped) findings.push({ kind: 'IBAN', start: match.index, end });
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
