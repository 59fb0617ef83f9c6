import { findMatches, type Detector } from './detector';

const address = /[\p{L}\d][\p{L}\d._%+-]*@[\p{L}\d](?:[\p{L}\d-]*[\p{L}\d])?(?:\.[\p{L}\d-]+)+/gu;

/** Where many people have their mailbox: enough to recognise an address whose ending is left out. */
const providers =
  'gmail|hotmail|outlook|yahoo|icloud|live|proton(?:mail)?|msn|telefonica|movistar|uol|aol|gmx|mail|ymail';

/** How the signs of an address are said or disguised: "arroba", "(at)", "[punto]". */
const bracketed = (words: string): string => String.raw`\s*[([{]\s*(?:${words})\s*[)\]}]\s*`;
const sign = String.raw`(?:\s+(?:punto|dot|guion bajo|guion|guión bajo|guión|barra baja|underscore|dash|hyphen|m[aá]s|plus)\s+|${bracketed('punto|dot')}|[._+-])`;
const at = String.raw`(?:\s+arroba\s+|${bracketed('at|arroba|@')}|\s*@\s*)`;
const dot = String.raw`(?:\s+(?:punto|dot)\s+|${bracketed('punto|dot')}|\.)`;
const mailbox = String.raw`(?<![\p{L}\d])[\p{L}\d]+(?:${sign}[\p{L}\d]+){0,5}`;
const host = String.raw`[\p{L}\d-]+(?:${dot}[\p{L}\d-]+)*${dot}\p{L}{2,}`;

const spelt = new RegExp(String.raw`${mailbox}${at}(?:${host}|(?:${providers})(?![\p{L}\d]))`, 'giu');
/** "At" is an ordinary word: a provider or a spelt dot must follow. */
const speltEnglish = new RegExp(
  String.raw`${mailbox}\s+at\s+(?:(?:${providers})(?:${dot}[a-z]{2,})+|[\p{L}\d-]+(?:\s+dot\s+[\p{L}\d-]+)*\s+dot\s+[a-z]{2,})`,
  'giu',
);
/** After a word for it, the ending may be missing. */
const afterWord = new RegExp(
  String.raw`(?<!\p{L})(?:correo|e-?mail|mail)(?!\p{L})(?: (?:es|is))?:? (${mailbox}\s+arroba\s+[\p{L}\d-]+)(?![\p{L}\d])`,
  'giu',
);

/** E-mail addresses, typed or spelt out: "ana punto lopez arroba gmail punto com", "john at gmail dot com". */
export const emailDetector: Detector = {
  hint: /@|arroba|[([{]\s*at\s*[)\]}]|\sat\s/i,
  find: (text) => [
    ...findMatches(text, address, 'EMAIL'),
    ...findMatches(text, spelt, 'EMAIL'),
    ...findMatches(text, speltEnglish, 'EMAIL'),
    ...findMatches(text, afterWord, 'EMAIL'),
  ],
};
