/** How the bot names its intents. */
interface NamingStyle {
  case: 'pascal' | 'camel' | 'lower';
  separator: '' | '_' | '-';
  /** The verb that most of the bot's intents begin with, or null where its names have no verbs. */
  verb: string | null;
}

/** What Lex accepts as an intent's name. */
const validName = /^([0-9a-zA-Z][_-]?){1,100}$/;
const longestName = 100;

const englishVerbs = new Set(
  `add apply ask book buy call cancel change check close complain confirm consult contact create deliver find get give go
  greet handle help inform inquire know list locate make manage modify open order pay play query register remove repeat
  report request reserve return say schedule search see send set show start stop talk tell track transfer update use
  verify view`.split(/\s+/u),
);

const defaultVerb: Record<string, string> = { es: 'preguntar', en: 'ask' };
const newTopic: Record<string, string[]> = { es: ['tema', 'nuevo'], en: ['new', 'topic'] };

/**
 * Suggests names for new intents in the style of those that the bot has: letter case, separator, and the verb that
 * occurs most ("ConsultarHorario", "ConsultarMenu" → "ConsultarWifi"). Every name is valid in Lex and differs from
 * all others, whatever their letter case.
 * @param topics for each proposal its terms, best first
 * @param known names of the bot's intents
 * @param language ISO 639-1, of the verb where the bot has no intents yet
 */
export function suggestNames(
  topics: readonly (readonly string[])[],
  known: readonly string[],
  language: string,
): string[] {
  const style = learnStyle(known, language);
  const taken = new Set(known.map((name) => name.toLowerCase()));
  return topics.map((terms) => {
    for (const name of candidates(terms, style, language)) {
      if (taken.has(name.toLowerCase())) continue;
      taken.add(name.toLowerCase());
      return name;
    }
    throw new Error('the list of candidates never ends');
  });
}

/** One word, then two, three, then a number behind: an endless list. */
function* candidates(terms: readonly string[], style: NamingStyle, language: string): Iterable<string> {
  const nouns = terms.map(asciiLetters).filter((word) => word !== '');
  const verb = style.verb === null ? [] : [style.verb];
  const longest = Math.min(nouns.length, 3);
  for (let count = 1; count <= longest; count++) {
    for (let last = count - 1; last < nouns.length; last++) {
      const name = write([...verb, ...nouns.slice(0, count - 1), nouns[last]!], style);
      if (validName.test(name)) yield name;
    }
  }
  const base = nouns.length > 0 ? [...verb, nouns[0]!] : (newTopic[language] ?? newTopic['en']!);
  for (let number = 2; ; number++) yield write([...base, String(number)], style);
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

function learnStyle(known: readonly string[], language: string): NamingStyle {
  if (known.length === 0) return { case: 'pascal', separator: '', verb: defaultVerb[language] ?? 'ask' };
  const count = (pattern: RegExp) => known.filter((name) => pattern.test(name)).length;
  const separator = count(/_/) * 2 > known.length ? '_' : count(/-/) * 2 > known.length ? '-' : '';
  const compound = known.filter((name) => separator !== '' || /[a-z][A-Z]/.test(name));
  const sample = compound.length > 0 ? compound : known;
  const initial = sample.filter((name) => /^[A-Z]/.test(name)).length;
  const inner = sample.filter((name) => /[_-][A-Z]|[a-z0-9][A-Z]/.test(name)).length;
  const letterCase = initial * 2 > sample.length ? 'pascal' : inner * 2 > sample.length ? 'camel' : 'lower';
  return { case: letterCase, separator, verb: learnVerb(known, language) };
}

/** The most frequent first word that is a verb, where at least a third of the names begin with one. */
function learnVerb(known: readonly string[], language: string): string | null {
  const isVerb = (word: string) => (language === 'es' && /[aei]r(se)?$/.test(word)) || englishVerbs.has(word);
  const counts = new Map<string, number>();
  let verbs = 0;
  for (const name of known) {
    const [first] = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').split(/[\s_-]+/u);
    const word = first!.toLowerCase();
    if (!isVerb(word)) continue;
    verbs++;
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  if (verbs * 3 < known.length) return null;
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]![0];
}
