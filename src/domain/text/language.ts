import { detectAll } from 'tinyld';
import { isHalfOfEmoji } from './emoji';
import { cuedLanguages, cueLanguages } from './language-cues';

/** No language can be told, or none needs to be. */
export const undetermined = 'und';

/** Those that both its n-grams and our cues can tell apart; restricting them keeps short phrases from exotic guesses. */
const detectable = ['es', 'en', 'pt', 'fr', 'it', 'de'];

/** A wrong call loses a customer's phrase: below these no phrase is called foreign. */
const fewestForeignWords = 2;
const foreignCuesThatDecide = 2;
/** Sureness of the n-grams where a cue points the same way, and where none does. */
const surenessWithCue = { words: 3, share: 0.1 };
const surenessAlone = { words: 5, share: 0.8 };

/**
 * The language of a phrase, biased towards the bot's own: another one needs clear evidence, for a phrase in another
 * language is no example for the bot, and most short phrases could be anything ("hola wifi?").
 *
 * Telling words decide first; where they do not, the n-grams of tinyld (MIT).
 *
 * @param text a normalised, redacted phrase
 * @param botLanguage ISO 639-1
 * @returns ISO 639-1, or `und`
 */
export function detectLanguage(text: string, botLanguage: string): string {
  const words = wordsOf((text.includes('<') ? text.replace(placeholder, ' ') : text).toLowerCase());
  if (words.length === 0) return undetermined;
  const { own, foreign, foreignScore } = countCues(words, botLanguage, text.includes('’'));
  if (own > 0 && own >= foreignScore) return botLanguage;
  if (words.length < fewestForeignWords) return undetermined;
  if (foreignScore >= foreignCuesThatDecide && foreignScore - own >= 1) return foreign;

  const mayBeForeign = words.length >= (foreignScore > 2 * own ? surenessWithCue : surenessAlone).words;
  // N-grams take a hundred times as long as all the rest, and decide nothing about fewer words.
  if (!mayBeForeign) return own > 0 ? botLanguage : undetermined;
  const guesses = detectAll(words.join(' '), { only: detectable });
  const sureness = (language: string) => guesses.find((guess) => guess.lang === language)?.accuracy ?? 0;
  const [first] = guesses;
  if (first === undefined) return own > 0 ? botLanguage : undetermined;
  if (first.lang === botLanguage) return botLanguage;
  const agreesWithCue = first.lang === foreign && foreignScore > 2 * own;
  const needed = agreesWithCue ? surenessWithCue : surenessAlone;
  const isSure =
    words.length >= needed.words &&
    first.accuracy >= needed.share &&
    (agreesWithCue || (own === 0 && sureness(botLanguage) < first.accuracy / 4));
  if (isSure) return first.lang;
  return own > 0 ? botLanguage : undetermined;
}

const placeholder = /<[A-Z]+_\d+>/g;
const word = /\p{L}+(?:['’-]\p{L}+)*/gu;
const apostrophe = 0x27;
const hyphen = 0x2d;
const isLatin1Letter = Uint8Array.from({ length: 0x100 }, (_, code) =>
  /\p{L}/u.test(String.fromCharCode(code)) ? 1 : 0,
);

/** The words of a text; most are written in Latin-1, in which looking at each character is faster than a pattern. */
function wordsOf(text: string): string[] {
  const words: string[] = [];
  let start = -1;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 0xff && !isHalfOfEmoji(code)) return text.match(word) ?? [];
    if (isLatin1Letter[code] === 1) {
      if (start < 0) start = at;
    } else if (start >= 0) {
      const mayJoin = code === apostrophe || code === hyphen;
      if (mayJoin && isLatin1Letter[text.charCodeAt(at + 1)] === 1) continue;
      words.push(text.slice(start, at));
      start = -1;
    }
  }
  if (start >= 0) words.push(text.slice(start));
  return words;
}

/**
 * Adds up the cues; one that several languages share counts as a fraction for each.
 *
 * @param isTypographic some word may be written with a typographic apostrophe
 * @returns the score of the bot's language, and the foreign one with the highest, which came first
 */
function countCues(
  words: string[],
  botLanguage: string,
  isTypographic: boolean,
): { own: number; foreign: string; foreignScore: number } {
  const scores = new Float64Array(cuedLanguages.length);
  const met: number[] = [];
  for (const each of words) {
    const languages = cueLanguages.get(isTypographic ? each.replace('’', "'") : each);
    if (languages === undefined) continue;
    for (const language of languages) {
      if (scores[language] === 0) met.push(language);
      scores[language]! += 1 / languages.length;
    }
  }
  const ownPlace = cuedLanguages.indexOf(botLanguage);
  let foreign = undetermined;
  let foreignScore = 0;
  for (const language of met)
    if (language !== ownPlace && scores[language]! > foreignScore) {
      foreign = cuedLanguages[language]!;
      foreignScore = scores[language]!;
    }
  return { own: scores[ownPlace] ?? 0, foreign, foreignScore };
}
