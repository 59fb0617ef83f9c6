import { fold, words } from './fold';
import { courtesyWords, stopWords } from './stop-words';

/** The folded words of a text that carry its topic; where none does, all of its words. */
export function contentWords(text: string): string[] {
  return without(stopWords, words(fold(text)));
}

/** The folded words of a text but for courtesy and greetings; where nothing else is said, all of its words. */
export function wordsWithoutCourtesy(text: string): string[] {
  return without(courtesyWords, words(fold(text)));
}

/** The words that a list leaves; all where it leaves none. */
function without(list: ReadonlySet<string>, all: string[]): string[] {
  const left = all.filter((word) => !list.has(word));
  return left.length > 0 ? left : all;
}

const shortestStem = 3;

/**
 * A word without the endings that Spanish and English use for gender, number, person and diminutives, so that
 * "perro", "perros" and "perrito" meet. Light on purpose (in the spirit of Savoy's light stemmers): it never leaves
 * fewer than three letters, and what it does not know stays.
 */
export function stem(word: string): string {
  for (const ending of endings) {
    if (word.length - ending.length >= shortestStem && word.endsWith(ending))
      return word.slice(0, -ending.length);
  }
  return word;
}

/** Longest first. */
const endings = `
amientos imientos amiento imiento aciones uciones acion ucion mente illos illas itos itas cito cita illo illa ito ita
ados adas idos idas ando iendo ado ada ido ida eis ais ing es os as an en ar er ir s a e o
`
  .split(/\s+/u)
  .filter((ending) => ending !== '');

/** What two phrases share when they say the same in the same words, whatever their order, courtesy or accents. */
export function contentKey(text: string): string {
  return [...new Set(contentWords(text).map(stem))].sort().join(' ');
}

/** Fewer different words of content than this may need the little ones beside them to say what is meant. */
const tellingWords = 2;

/**
 * What two phrases share when one can stand for the other. Where the content says enough it is the content; "¿qué
 * haces?" and "¿dónde estás?" are told apart by their little words alone, so in short phrases all words count in their
 * order, but for courtesy.
 */
export function requestKey(text: string): string {
  const content = new Set(contentWords(text).map(stem));
  if (content.size >= tellingWords) return contentKey(text);
  return wordsWithoutCourtesy(text).join(' ');
}
