import type { Random } from './random';

const greetings = [
  'hola ',
  'hola, ',
  'buenas, ',
  'hola buenas ',
  'Hola! ',
  'buenos días, ',
  'buenas tardes, ',
  'hey ',
  'perdona, ',
];
const endings = [' porfa', ' por favor', ' gracias', ' 🙏', ' 😊', ' ☕', '...', '!!', ' plis', ' xfa'];
const abbreviations: [RegExp, string][] = [
  [/\bqu[eé]\b/giu, 'q'],
  [/\bpor favor\b/giu, 'xfa'],
  [/\btambi[eé]n\b/giu, 'tmb'],
  [/\bpara\b/giu, 'pa'],
  [/\bporque\b/giu, 'xq'],
  [/\bde\b/giu, 'd'],
];
/** Keys that lie side by side on a Spanish keyboard. */
const neighbours: Record<string, string> = {
  a: 's',
  s: 'd',
  e: 'r',
  r: 't',
  o: 'p',
  i: 'o',
  n: 'm',
  m: 'n',
  c: 'v',
  v: 'b',
  t: 'y',
  l: 'k',
};

/** Ways to write the same phrase, as thumbs on a telephone produce them. */
const habits: { weight: number; isCourtesy?: true; write: (phrase: string, random: Random) => string }[] = [
  {
    weight: 5,
    write: (phrase) =>
      phrase
        .normalize('NFD')
        .replace(/[\u0300\u0301]/g, '')
        .normalize('NFC'),
  },
  { weight: 3, write: (phrase) => phrase.replace(/[¿?¡!.,]/g, '').trim() },
  { weight: 3, write: (phrase) => phrase.charAt(0).toUpperCase() + phrase.slice(1) },
  { weight: 1, write: (phrase) => phrase.toUpperCase() },
  { weight: 3, write: misspell },
  { weight: 2, write: abbreviate },
  { weight: 3, isCourtesy: true, write: (phrase, random) => random.pick(greetings) + phrase },
  { weight: 2, isCourtesy: true, write: (phrase, random) => phrase + random.pick(endings) },
  {
    weight: 1,
    write: (phrase) =>
      phrase.endsWith('?') ? `¿${phrase.charAt(0).toUpperCase()}${phrase.slice(1)}` : `${phrase}.`,
  },
];

/** Topics that are themselves greetings or single words take no greeting in front and no thanks behind. */
const plainHabits = habits.filter((habit) => !habit.isCourtesy);

/**
 * Other ways in which people write a phrase.
 *
 * @param count how many are wanted; fewer come back where two habits agree
 * @param isPlain true to leave greetings and thanks away
 * @returns distinct forms, none equal to the phrase
 */
export function surfaceForms(phrase: string, count: number, isPlain: boolean, random: Random): string[] {
  const usable = isPlain ? plainHabits : habits;
  const forms = new Set<string>();
  for (let attempt = 0; attempt < count; attempt++) {
    let form = phrase;
    const steps = random.chance(0.35) ? 2 : 1;
    for (let step = 0; step < steps; step++) {
      const habit = random.weighted(
        usable,
        usable.map(({ weight }) => weight),
      );
      form = habit.write(form, random);
    }
    if (form !== phrase && form !== '') forms.add(form);
  }
  return [...forms];
}

/** One slip in one of the longer words: two letters swapped, one left out, doubled, or its neighbour hit. */
function misspell(phrase: string, random: Random): string {
  const words = [...phrase.matchAll(/\p{L}{5,}/gu)];
  if (words.length === 0) return phrase;
  const word = random.pick(words);
  const letters = [...word[0]];
  const at = random.integer(1, letters.length - 2);
  const letter = letters[at]!;
  const slip = random.integer(0, 3);
  if (slip === 0) [letters[at], letters[at + 1]] = [letters[at + 1]!, letter];
  else if (slip === 1) letters.splice(at, 1);
  else if (slip === 2) letters.splice(at, 0, letter);
  else letters[at] = neighbours[letter] ?? letter;
  return phrase.slice(0, word.index) + letters.join('') + phrase.slice(word.index + word[0].length);
}

function abbreviate(phrase: string): string {
  return abbreviations.reduce((text, [pattern, short]) => text.replace(pattern, short), phrase);
}
