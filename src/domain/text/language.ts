import { detectAll } from 'tinyld';
import { cueLanguages } from './language-cues';

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
  const words = text
    .replace(/<[A-Z]+_\d+>/g, ' ')
    .toLowerCase()
    .match(/\p{L}+(?:['’-]\p{L}+)*/gu);
  if (words === null) return undetermined;
  const scores = countCues(words);
  const own = scores.get(botLanguage) ?? 0;
  const [foreign, foreignScore] = best(scores, botLanguage);
  if (own > 0 && own >= foreignScore) return botLanguage;
  if (words.length < fewestForeignWords) return undetermined;
  if (foreignScore >= foreignCuesThatDecide && foreignScore - own >= 1) return foreign;

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
