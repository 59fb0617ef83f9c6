import { findMatches, type Detector } from './detector';

const address = /[\p{L}\d][\p{L}\d._%+-]*@[\p{L}\d](?:[\p{L}\d-]*[\p{L}\d])?(?:\.[\p{L}\d-]+)+/gu;

/** An address as it is spelt out: "ana punto lopez arroba gmail punto com", "john at gmail dot com". */
const providers = 'gmail|hotmail|outlook|yahoo|icloud|live|proton(?:mail)?|msn|telefonica|movistar|uol|aol';
const dot = String.raw`(?:\s+(?:punto|dot|guion bajo|guion|guión bajo|guión|underscore|dash)\s+|[._-])`;
const spelt = new RegExp(
  String.raw`(?<![\p{L}\d])[\p{L}\d]+(?:${dot}[\p{L}\d]+){0,4}(?:\s+arroba\s+|\s*[([]\s*(?:at|arroba)\s*[)\]]\s*)[\p{L}\d-]+(?:(?:\s+(?:punto|dot)\s+|\.|\s*[([]dot[)\]]\s*)[\p{L}]{2,})*` +
    '|' +
    String.raw`(?<![\p{L}\d])[\p{L}\d]+(?:${dot}[\p{L}\d]+){0,4}\s+at\s+(?:(?:${providers})(?:(?:\s+dot\s+|\.)[a-z]{2,})+|[\p{L}\d-]+(?:\s+dot\s+[a-z]{2,})+)`,
  'giu',
);

/** E-mail addresses, typed or spelt out. */
export const emailDetector: Detector = {
  hint: /@|arroba|[([]at[)\]]|\sat\s/i,
  find: (text) => [...findMatches(text, address, 'EMAIL'), ...findMatches(text, spelt, 'EMAIL')],
};
