import { stem } from './content';
import { fold } from './fold';
import { isEnglishVerb, learnStyle, type NamingStyle } from './naming-style';
import { usesOf, type WordUse } from './word-use';

/** What a name is made of. */
export interface NamedTopic {
  /** Words that set it apart, best first. */
  terms: readonly string[];
  phrases: readonly string[];
  /** The name that people know it by from an earlier cycle, or null. */
  kept: string | null;
}

/** What Lex accepts as an intent's name. */
const validName = /^([0-9a-zA-Z][_-]?){1,100}$/;
const longestName = 100;
/** Shorter ones are halves of words ("wi-fi") or slips. */
const shortestWord = 3;
/** Only so many of the best terms become words of a name. */
const consideredTerms = 6;
/** What counts of a word that names no thing. */
const verbWeight = 0.3;
/** A verb that the phrases share takes the place of the bot's usual one from this share on. */
const sharedVerb = 0.4;
/** A further word has to be in so many of the phrases. */
const sharedObject = 0.2;

const newTopic: Record<string, string[]> = { es: ['tema', 'nuevo'], en: ['new', 'topic'] };

/**
 * Suggests names for new intents in the style of those that the bot has: letter case, separator, number of words, and
 * a verb in front where its names have one: the verb that the phrases share ("se alquila el salón" → "AlquilarSalon"),
 * else the one that occurs most in the bot ("ConsultarWifi"). Things make better names than conjugated verbs. Every
 * name is valid in Lex and differs from all others, whatever their letter case; what has a name keeps it.
 * @param known names of the bot's intents
 * @param language ISO 639-1, of the phrases
 */
export function suggestNames(
  topics: readonly NamedTopic[],
  known: readonly string[],
  language: string,
): string[] {
  const style = learnStyle(known, language);
  const taken = new Set(known.map((name) => name.toLowerCase()));
  const names = topics.map(({ kept }) => {
    if (kept === null || !validName.test(kept) || taken.has(kept.toLowerCase())) return null;
    taken.add(kept.toLowerCase());
    return kept;
  });
  return topics.map((topic, index) => names[index] ?? firstFree(candidates(topic, style, language), taken));
}

function firstFree(candidateNames: Iterable<string>, taken: Set<string>): string {
  for (const name of candidateNames) {
    if (!validName.test(name) || taken.has(name.toLowerCase())) continue;
    taken.add(name.toLowerCase());
    return name;
  }
  throw new Error('the list of candidates never ends');
}

interface Word extends WordUse {
  text: string;
  weight: number;
}

/** The words that the style asks for, then fewer, more and others, then a number behind: an endless list. */
function* candidates(topic: NamedTopic, style: NamingStyle, language: string): Iterable<string> {
  const considered = considerWords(topic, language);
  const verb = chooseVerb(considered, topic, style, language);
  const objects = considered.filter(({ text }) => verb === null || stem(text) !== stem(verb));
  const front = verb === null ? [] : [verb];
  const [head, ...others] = objects;
  const further = others.filter(({ share }) => share >= sharedObject);
  if (style.objectWords > 1 && head && further[0])
    yield write([...front, ...inOrder([head, further[0]])], style);
  if (head) yield write([...front, head.text], style);
  for (const other of others) if (head) yield write([...front, ...inOrder([head, other])], style);
  for (const other of others) yield write([...front, other.text], style);
  const base = head ? [...front, head.text] : (newTopic[language] ?? newTopic['en']!);
  for (let number = 2; ; number++) yield write([...base, String(number)], style);
}

/** Terms as words of a name, the best head first. */
function considerWords({ terms, phrases }: NamedTopic, language: string): Word[] {
  const usable = terms
    .map((term) => ({ term, text: asciiLetters(term) }))
    .filter(({ text }) => text.length >= shortestWord)
    .slice(0, consideredTerms);
  const uses = usesOf(
    phrases,
    usable.map(({ term }) => term),
    language,
  );
  return usable
    .map(({ text }, rank): Word => {
      const use = uses[rank]!;
      // The terms' own order says what sets the topic apart, the share what it is about.
      const weight = ((use.share + 0.05) * (use.isNoun ? 1 : verbWeight)) / Math.sqrt(1 + rank);
      return { ...use, text, weight };
    })
    .sort((a, b) => b.weight - a.weight);
}

/** Null where the bot's names have no verbs. */
function chooseVerb(
  considered: readonly Word[],
  { phrases }: NamedTopic,
  style: NamingStyle,
  language: string,
): string | null {
  const [usual] = style.verbs;
  if (usual === undefined) return null;
  const ownUses = usesOf(phrases, style.verbs, language);
  const own = style.verbs
    .map((verb, index) => ({ verb, share: ownUses[index]!.share }))
    .filter(({ share }) => share >= sharedVerb)
    .sort((a, b) => b.share - a.share)[0];
  const shared = considered
    .filter(({ infinitive, share }) => infinitive !== null && share >= sharedVerb)
    .sort((a, b) => b.share - a.share)[0];
  const verb = own?.verb ?? (shared && asciiLetters(shared.infinitive!)) ?? usual;
  const needsDictionary = language !== 'es' && verb !== usual && !style.verbs.includes(verb);
  const hasObject = considered.some(
    ({ text, isNoun, share }) => isNoun && share >= sharedObject && stem(fold(text)) !== stem(verb),
  );
  return hasObject && !(needsDictionary && !isEnglishVerb(verb)) ? verb : usual;
}

/** As the phrases say them. */
function inOrder(words: readonly Word[]): string[] {
  return [...words].sort((a, b) => a.place - b.place).map(({ text }) => text);
}

function write(words: readonly string[], style: NamingStyle): string {
  const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
  return words
    .map((word, index) =>
      style.case === 'lower' || (style.case === 'camel' && index === 0) ? word : capital(word),
    )
    .join(style.separator)
    .slice(0, longestName);
}

/** A word as a name can hold it: no accents, only the letters and digits of ASCII, lower case. */
function asciiLetters(word: string): string {
  return word
    .normalize('NFD')
    .replace(/[^0-9A-Za-z]/gu, '')
    .toLowerCase();
}
