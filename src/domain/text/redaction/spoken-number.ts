import type { Detector, Finding, PlaceholderKind } from './detector';
import { isCardNumber } from './card';
import { hasValidLetter } from './identity-number';

const units = ['cero', 'uno', 'dos', 'tres', 'cuatro', 'cinco', 'seis', 'siete', 'ocho', 'nueve'];
const teens = [
  'diez',
  'once',
  'doce',
  'trece',
  'catorce',
  'quince',
  'dieciseis',
  'diecisiete',
  'dieciocho',
  'diecinueve',
];
const twenties = [
  'veinte',
  'veintiuno',
  'veintidos',
  'veintitres',
  'veinticuatro',
  'veinticinco',
  'veintiseis',
  'veintisiete',
  'veintiocho',
  'veintinueve',
];
const tens = ['veinte', 'treinta', 'cuarenta', 'cincuenta', 'sesenta', 'setenta', 'ochenta', 'noventa'];
const hundreds = [
  'cien',
  'doscientos',
  'trescientos',
  'cuatrocientos',
  'quinientos',
  'seiscientos',
  'setecientos',
  'ochocientos',
  'novecientos',
];
const englishUnits = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const englishTeens = [
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
];
const englishTens = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];

/** Without accents, in lower case. */
const values = new Map<string, number>([
  ...units.map((word, value) => [word, value] as const),
  ...englishUnits.map((word, value) => [word, value] as const),
  ...teens.map((word, value) => [word, 10 + value] as const),
  ...englishTeens.map((word, value) => [word, 10 + value] as const),
  ...twenties.map((word, value) => [word, 20 + value] as const),
  ...tens.map((word, place) => [word, 20 + 10 * place] as const),
  ...englishTens.map((word, place) => [word, 20 + 10 * place] as const),
  ...hundreds.map((word, place) => [word, 100 + 100 * place] as const),
  ['un', 1],
  ['ciento', 100],
  ['oh', 0],
]);
const repeats = new Map([
  ['doble', 2],
  ['double', 2],
  ['triple', 3],
]);
const joiners = new Set(['y', 'and']);

interface Token {
  word: string;
  start: number;
  end: number;
}

interface Run {
  /** What the words spell. */
  digits: string;
  start: number;
  end: number;
  /** How many of its tokens are words, not digits. */
  words: number;
  next: Token | undefined;
}

/** All words that numbers are said with, without accents, in lower case. */
export const numberWords = [...values.keys(), ...repeats.keys()];
const numberWord = numberWords.map((word) => word.replace(/e/g, '[eé]').replace(/o/g, '[oó]')).join('|');
const twoNumbersInARow = new RegExp(
  String.raw`(?<!\p{L})(?:${numberWord}|\d+)[ ,.\-–]+(?:(?:y|and) )?(?:${numberWord})(?!\p{L})`,
  'iu',
);

const phoneContext = /(?:tel|movil|celular|numero|whats|wasap|llam|phone|mobile|call|number)[^.]{0,30}$/;

/** What the number is may also be said behind it. */
const phoneContextBehind =
  /^[ ,.]*(?:(?:es|is) )?(?:mi|my|el|the) (?:telefono|movil|celular|numero|whatsapp|phone|mobile|cell|number)(?!\p{L})/u;

/** Telephone, identity and card numbers that are written in words: "seis uno dos, treinta y cuatro …". */
export const spokenNumberDetector: Detector = {
  hint: twoNumbersInARow,
  find(text) {
    const comparable = withoutAccents(text);
    const findings: Finding[] = [];
    for (const run of numberRuns(tokens(comparable))) {
      const found = classify(run, comparable);
      if (found) findings.push(found);
    }
    return findings;
  },
};

/** Lower case without accents, of the same length: positions in it are positions in the text. */
function withoutAccents(text: string): string {
  return text.replace(/[^ -~]|[A-Z]/g, (character) => character.toLowerCase().normalize('NFD')[0]!);
}

function tokens(text: string): Token[] {
  return [...text.matchAll(/\p{L}+|\d+|[^\p{L}\d\s,.\-–]/gu)].map((match) => ({
    word: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** The longest stretches of number words and digits, with what they spell. */
function* numberRuns(all: Token[]): Iterable<Run> {
  for (let at = 0; at < all.length; at++) {
    if (!isNumber(all[at]!)) continue;
    const first = at;
    let digits = '';
    let words = 0;
    let last = at;
    while (at < all.length) {
      const part = readNumber(all, at);
      if (part === null) break;
      digits += part.digits;
      words += part.words;
      at = part.next;
      last = at - 1;
    }
    yield { digits, start: all[first]!.start, end: all[last]!.end, words, next: all[last + 1] };
    at = last;
  }
}

function isNumber(token: Token): boolean {
  return values.has(token.word) || repeats.has(token.word) || /^\d+$/.test(token.word);
}

interface NumberPart {
  digits: string;
  words: number;
  next: number;
}

/** One number of a run: digits as they are, "treinta y cuatro" as 34, "seiscientos doce" as 612, "doble cinco" as 55. */
function readNumber(all: Token[], at: number): NumberPart | null {
  const token = all[at]!;
  if (/^\d+$/.test(token.word)) return { digits: token.word, words: 0, next: at + 1 };
  const times = repeats.get(token.word);
  if (times !== undefined) {
    const repeated = all[at + 1] && values.get(all[at + 1]!.word);
    return repeated === undefined || repeated > 9
      ? null
      : { digits: String(repeated).repeat(times), words: 2, next: at + 2 };
  }
  const value = values.get(token.word);
  if (value === undefined) return null;
  if (value >= 100) return withRest(all, at, value, 99);
  if (value >= 20 && value % 10 === 0) return withRest(all, at, value, 9);
  return { digits: String(value), words: 1, next: at + 1 };
}

/** Adds what follows a hundred or a ten, where it is small enough to belong to it. */
function withRest(all: Token[], at: number, value: number, largest: number): NumberPart {
  let next = at + 1;
  if (all[next] && joiners.has(all[next]!.word)) next++;
  const following = all[next] && values.get(all[next]!.word);
  if (following === undefined || following === 0 || following > largest)
    return { digits: String(value), words: 1, next: at + 1 };
  if (largest === 99 && following >= 20 && following % 10 === 0) {
    const rest = withRest(all, next, following, 9);
    return { digits: String(value + Number(rest.digits)), words: 1 + rest.words, next: rest.next };
  }
  return { digits: String(value + following), words: 2, next: next + 1 };
}

/** What a run of digits is, if personal data at all; runs without a word belong to the detectors of typed numbers. */
function classify(run: Run, text: string): Finding | null {
  if (run.words < 3) return null;
  const finding = (kind: PlaceholderKind, end = run.end): Finding => ({ kind, start: run.start, end });
  const { digits } = run;
  if (isCardNumber(digits)) return finding('CARD');
  if (
    digits.length === 8 &&
    run.next &&
    /^[a-z]$/.test(run.next.word) &&
    hasValidLetter(digits + run.next.word)
  )
    return finding('DNI', run.next.end);
  const isPhone = /^(?:34)?[6-9]\d{8}$/.test(digits) || /^\d{10,13}$/.test(digits);
  const hasContext =
    phoneContext.test(text.slice(0, run.start)) || phoneContextBehind.test(text.slice(run.end));
  if (isPhone || (/^\d{7,9}$/.test(digits) && hasContext)) return finding('PHONE');
  return null;
}
