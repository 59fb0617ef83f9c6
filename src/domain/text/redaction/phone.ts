import { digitsOf, findMatches, type Detector } from './detector';

const before = String.raw`(?<![\p{L}\d_+<]|\d[.,])`;
const after = String.raw`(?![\p{L}\d_]|[.,]\d)`;
const gap = String.raw`[ .\-–/]?`;

/** With the prefix of a country: those that need it most by their own lengths, all others by E.164 (8–15 digits). */
const international = new RegExp(
  String.raw`(?<![\p{L}\d_+])\(?(?:\+|00|0 0 |00\.) ?(?:` +
    String.raw`(?:34|3 4)\)?(?:${gap}[()]?\d[()]?){9}|1${gap}\(?\d{3}\)?(?:${gap}\d){7}|5[24](?:${gap}[()]?\d[()]?){10,11}|` +
    String.raw`(?!34|1|5[24])[2-9]\d{0,2}(?:[ .\-–/]?[()]?\d[()]?){7,12})(?!\d)`,
  'gu',
);

/** Nine digits from 6, 7, 8 or 9, with or without 34 before them: Spain. How they are grouped is checked
 * apart; letters may touch them, for people forget the space. */
const spanish = new RegExp(
  String.raw`(?<![\d_+<]|\d[.,])(?:\(?34\)?${gap})?\(?[6-9](?:\)?${gap}\d){8}(?![\d_]|[.,]\d)`,
  'gu',
);

/** Ten digits in the groups of Argentina, Mexico and North America, with the trunk prefixes 0 and 15. */
const grouped = new RegExp(
  String.raw`${before}(?:(?:54|52|1)[ .-])?(?:9[ .-])?(?:\(0?\d{2,4}\)|0?\d{2,4})(?:[ .\-–]15)?(?:[ .\-–]\d{3,4}[ .\-–]\d{4}|(?:[ .\-–]\d{2}){4})${after}`,
  'gu',
);

/** As chat programs write mobile numbers of Argentina and Mexico: prefix and number in one. */
const unbroken = new RegExp(String.raw`${before}(?:549|521)\d{10}${after}`, 'gu');

/** Before words that say what a number is. */
const beforeWord = new RegExp(
  String.raw`${before}\(?\d(?:[ .\-–]?[()]?\d){6,11}(?=,? (?:is my|es mi|es el|my|mi) (?:phone|cell|mobile|number|n[uú]mero|tel[eé]fono|m[oó]vil|celular|whatsapp)(?!\p{L}))`,
  'giu',
);

/** After a word such as "teléfono", seven to twelve digits in any form. */
const afterWord =
  /(?<!\p{L})(?:tel(?:[eé]fonos?|[eé]f|f)?|tfno|tlf|m[oó]vil|celu(?:lar)?|cel|whats?app|wasap|guasap|wsp|fono|ll[aá]m(?:a|á|e|en|ad|ar)(?:me|nos)?|mi n[uú]mero|n[uú]mero de contacto|phone|mobile|cell|call(?: me| us)?|text me|reach me|my number)(?!\p{L})[^\d\n<]{0,25}?(\+?\(?\d(?:[ .\-–]?[()]?\d){6,11})(?![\p{L}\d])/giu;

const date = /^(?:\d{1,2}[-. ]\d{1,2}[-. ]\d{2,4}|\d{4}[-. ]\d{1,2}[-. ]\d{1,2})$/;

/** Telephone numbers: Spanish, Argentine, Mexican, North American, and any with the prefix of a country. */
export const phoneDetector: Detector = {
  hint: /\d[ .\-–/()]{0,3}\d[ .\-–/()]{0,3}\d[ .\-–/()]{0,3}\d/,
  find: (text) => [
    ...findMatches(text, international, 'PHONE'),
    ...findMatches(text, spanish, 'PHONE', isGroupedLikeSpanish),
    ...findMatches(text, grouped, 'PHONE', (matched) => isGroupedLikeAmerican(matched) && !isSeries(matched)),
    ...findMatches(text, unbroken, 'PHONE'),
    ...findMatches(text, afterWord, 'PHONE', (matched) => !date.test(matched)),
    ...findMatches(text, beforeWord, 'PHONE', (matched) => !date.test(matched)),
  ],
};

/** Digit by digit, or in groups of two and more; thousands written with points end in zeros. */
function isGroupedLikeSpanish(number: string): boolean {
  const groups = number
    .replace(/^\(?34\)?[ .\-–/]?(?=\(?[6-9])/, '')
    .split(/[ .\-–/()]+/)
    .filter(Boolean);
  if (groups.length === 3 && groups.slice(1).every((group) => group === '000')) return false;
  return groups.length === 9 || groups.every((group) => group.length >= 2);
}

function isGroupedLikeAmerican(number: string): boolean {
  const digits = digitsOf(number)
    .replace(/^(?:54|52|1(?=\d{10}$))9?(?=\d{10,})/, '')
    .replace(/^0/, '');
  return (
    digits.length === 10 ||
    (digits.length === 12 && digits.includes('15')) ||
    (digits.length === 11 && digits[0] === '9')
  );
}

/** Numbers in even steps are sizes, hours or years: "36 38 40 42 44". */
function isSeries(number: string): boolean {
  const groups = number.split(/\D+/).map(Number);
  const step = groups[1]! - groups[0]!;
  return groups.length > 3 && groups.every((group, place) => group === groups[0]! + place * step);
}
