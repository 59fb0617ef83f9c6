import { quantile } from '../numeric/order-statistics';
import { stem } from './content';
import { fold, words } from './fold';

/** How a group of phrases uses one word, in all of its forms. */
export interface WordUse {
  /** Share of the phrases that hold it, 0–1. */
  share: number;
  /** Whether the words before it make it the name of a thing rather than something that is done. */
  isNoun: boolean;
  /** The form in which it is looked up, where the phrases use it as a verb: "alquilar" for "se alquila". */
  infinitive: string | null;
  /** Median place in its phrases, 0 (first word) – 1 (last). */
  place: number;
}

const listed = (text: string) => new Set(text.split(/\s+/u).filter((word) => word !== ''));

/** Words that a noun follows, and words that a verb follows, in Spanish and English; folded. */
const beforeNoun = listed(`
  el la los las un una unos unas mi mis tu tus su sus nuestro nuestra vuestro vuestra vuestros vuestras del de con sin
  este esta estos estas ese esa esos esas algun alguna que cuanto cuanta cuantos cuantas teneis tienen tiene hay
  the an my your our his her their this that these those any some no of with about without for on
`);
const beforeVerb = listed(`
  puedo puede puedes pueden podemos podeis podria podrian podriais quiero quiere queremos queria quisiera necesito
  necesita necesitamos para se me te os nos como gustaria debo deseo
  to i you we they can could will would should do does did please not cannot
`);
const spanishInfinitive = /[aei]r$/u;
/** "buscarlo", "decirnos": an infinitive with a pronoun behind is no noun, whatever comes before it. */
const spanishInfinitiveWithPronoun = /[aei]r(?:me|te|se|nos|os|lo|la|los|las|le|les)$/u;

/**
 * How phrases use the words of some terms. Without a tagger: the word before tells most of what a name needs.
 * @param terms words in any form; those that share a stem are one
 * @param language ISO 639-1
 * @returns one use for each term, in their order
 */
export function usesOf(phrases: readonly string[], terms: readonly string[], language: string): WordUse[] {
  const stems = terms.map((term) => stem(fold(term)));
  const uses = new Map(stems.map((one) => [one, new Tally()]));
  for (const phrase of phrases) {
    const folded = words(fold(phrase));
    const seen = new Set<string>();
    folded.forEach((word, index) => {
      const key = stem(word);
      const tally = uses.get(key);
      if (tally === undefined) return;
      const place = folded.length > 1 ? index / (folded.length - 1) : 0;
      tally.note(word, folded[index - 1], place, language);
      if (!seen.has(key)) tally.phrases++;
      seen.add(key);
    });
  }
  return stems.map((one) => uses.get(one)!.judge(phrases.length, language));
}

class Tally {
  phrases = 0;
  private asNoun = 0;
  private asVerb = 0;
  private readonly places: number[] = [];
  private readonly infinitives = new Map<string, number>();

  note(word: string, before: string | undefined, place: number, language: string): void {
    this.places.push(place);
    if (language === 'es' && spanishInfinitiveWithPronoun.test(word)) this.asVerb++;
    if (before === undefined) return;
    if (beforeNoun.has(before)) this.asNoun++;
    if (!beforeVerb.has(before)) return;
    this.asVerb++;
    this.infinitives.set(word, (this.infinitives.get(word) ?? 0) + 1);
  }

  judge(phraseCount: number, language: string): WordUse {
    const isVerb = this.asVerb > this.asNoun;
    const [infinitive] = [...this.infinitives]
      .filter(([form]) => language !== 'es' || spanishInfinitive.test(form))
      .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    return {
      share: this.phrases / Math.max(phraseCount, 1),
      isNoun: !isVerb,
      infinitive: isVerb ? (infinitive?.[0] ?? null) : null,
      place: quantile(this.places, 0.5) ?? 1,
    };
  }
}
