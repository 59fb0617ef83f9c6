import { findMatches, type Detector } from './detector';

/** Spanish identity numbers (DNI): up to eight digits and a check letter. */
const dni =
  /(?<![\p{L}\d_+]|\d[.,])(?:\d{7,8}|\d{1,2}\.\d{3}\.\d{3}|\d{2} \d{3} \d{3})[-. ]?[a-z](?![\p{L}\d_])/giu;
/** Those of foreigners (NIE): X, Y or Z, seven digits, a check letter. */
const nie = /(?<![\p{L}\d_+])[xyz][-. ]?(?:\d{7}|\d\.\d{3}\.\d{3})[-. ]?[a-z](?![\p{L}\d_])/giu;

/** After such a word any number of that length is one: mistyped, or of a country without check letters. */
const word = String.raw`(?<!\p{L})(?:dni|d\.n\.i\.?|nif|n\.i\.f\.?|nie|documento|c[eé]dula|identidad|identity|national id|id number|curp)(?!\p{L})[^\d\n]{0,25}?`;
const dniAfterWord = new RegExp(
  String.raw`${word}(?<![\p{L}\d])(\d{7,8}(?:[-. ]?[a-z](?!\p{L}))?|\d{1,2}\.\d{3}\.\d{3}(?:[-. ]?[a-z](?!\p{L}))?)(?![\p{L}\d])`,
  'giu',
);
const nieAfterWord = new RegExp(
  String.raw`${word}(?<!\p{L})([xyz][-. ]?\d{7}(?:[-. ]?[a-z](?!\p{L}))?)(?![\p{L}\d])`,
  'giu',
);

const dniDigits = /\d[. ]?\d{3}[. ]?\d{3}/;

export const dniDetector: Detector = {
  hint: dniDigits,
  find: (text) => [
    ...findMatches(text, dni, 'DNI', hasValidLetter),
    ...findMatches(text, dniAfterWord, 'DNI'),
  ],
};

export const nieDetector: Detector = {
  hint: /[xyz][-. ]?\d/i,
  find: (text) => [
    ...findMatches(text, nie, 'NIE', hasValidLetter),
    ...findMatches(text, nieAfterWord, 'NIE'),
  ],
};

const checkLetters = 'TRWAGMYFPDXBNJZSQVHLCKE';

/** The check letter is the remainder by 23; X, Y and Z of a NIE stand for 0, 1 and 2. */
export function hasValidLetter(number: string): boolean {
  const compact = number.replace(/[-. ]/g, '').toUpperCase();
  const digits = compact.slice(0, -1).replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter)));
  return checkLetters[Number(digits) % 23] === compact.at(-1);
}
