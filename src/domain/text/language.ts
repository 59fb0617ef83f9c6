import { detectAll } from 'tinyld';
import { cueLanguages } from './language-cues';

/** No language can be told, or none needs to be. */
export const undetermined = 'und';

/** Those that both its n-grams and our cues can tell apart; restricting them keeps short phrases from exotic guesses. */
const detectable = ['es', 'en', 'pt', 'fr', 'it', 'de'];

/** Fewest words, cues and share of the evidence for calling a phrase foreign: a wrong call loses a customer's phrase. */
const foreignWords = 2;
const surenessOfNgrams = 0.6;
const surenessOfNgramsWithCue = 0.1;

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
  const words = text
    .replace(/<[A-Z]+_\d+>/g, ' ')
    .toLowerCase()
    .match(/\p{L}+(?:['’-]\p{L}+)*/gu);
  if (words === null) return undetermined;
  const scores = countCues(words);
  const own = scores.get(botLanguage) ?? 0;
  const [foreign, foreignScore] = best(scores, botLanguage);
  if (own > 0 && own >= foreignScore) return botLanguage;
  if (words.length < foreignWords) return undetermined;
  if (foreignScore >= 2 && foreignScore - own >= 1) return foreign;

  const guesses = detectAll(words.join(' '), { only: detectable });
  const sureness = (language: string) => guesses.find((guess) => guess.lang === language)?.accuracy ?? 0;
  const [first] = guesses;
  if (first === undefined) return own > 0 ? botLanguage : undetermined;
  if (first.lang === botLanguage) return botLanguage;
  const agreesWithCue = first.lang === foreign && own === 0 && first.accuracy >= surenessOfNgramsWithCue;
  const isSure =
    words.length >= 3 && first.accuracy >= surenessOfNgrams && sureness(botLanguage) < first.accuracy / 4;
  if (words.length >= 3 && (agreesWithCue || isSure)) return first.lang;
  return own > 0 ? botLanguage : undetermined;
}

/** Adds up the cues; one that several languages share counts as a fraction for each. */
function countCues(words: string[]): Map<string, number> {
  const scores = new Map<string, number>();
  for (const word of words) {
    const languages = cueLanguages.get(word.replace('’', "'"));
    if (languages === undefined) continue;
    for (const language of languages)
      scores.set(language, (scores.get(language) ?? 0) + 1 / languages.length);
  }
  return scores;
}

function best(scores: Map<string, number>, except: string): [string, number] {
  let winner: [string, number] = [undetermined, 0];
  for (const [language, score] of scores)
    if (language !== except && score > winner[1]) winner = [language, score];
  return winner;
}
