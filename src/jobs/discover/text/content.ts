import { fold, words } from './fold';
import { stopWords } from './stop-words';

/** The folded words of a text that carry its topic; where none does, all of its words. */
export function contentWords(text: string): string[] {
  const all = words(fold(text));
  const content = all.filter((word) => !stopWords.has(word));
  return content.length > 0 ? content : all;
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
