/** How the bot names its intents. */
export interface NamingStyle {
  case: 'pascal' | 'camel' | 'lower';
  separator: '' | '_' | '-';
  /** The verbs that the bot's intents begin with, the most frequent first; none where its names have no verbs. */
  verbs: string[];
  /** Words that follow the verb, or stand alone where there is none, as a rule. */
  objectWords: number;
}

const englishVerbs = new Set(
  `activate add apply ask block book buy call cancel change check close complain confirm consult contact create deliver
  dispute explain exchange find freeze get give go greet handle help inform inquire know list locate lock make manage
  modify open order pay play query receive register remove repeat replace report request reserve return say schedule
  search see send set show start stop talk tell track transfer update use verify view`.split(/\s+/u),
);

const defaultVerb: Record<string, string> = { es: 'preguntar', en: 'ask' };
const mostObjectWords = 2;

/**
 * Reads the style off the names of a bot's intents.
 * @param known names of the bot's intents
 * @param language ISO 639-1, of the verb where the bot has no intents yet
 */
export function learnStyle(known: readonly string[], language: string): NamingStyle {
  if (known.length === 0)
    return { case: 'pascal', separator: '', verbs: [defaultVerb[language] ?? 'ask'], objectWords: 1 };
  const count = (pattern: RegExp) => known.filter((name) => pattern.test(name)).length;
  const separator = count(/_/) * 2 > known.length ? '_' : count(/-/) * 2 > known.length ? '-' : '';
  const compound = known.filter((name) => separator !== '' || /[a-z][A-Z]/.test(name));
  const sample = compound.length > 0 ? compound : known;
  const initial = sample.filter((name) => /^[A-Z]/.test(name)).length;
  const inner = sample.filter((name) => /[_-][A-Z]|[a-z0-9][A-Z]/.test(name)).length;
  const letterCase = initial * 2 > sample.length ? 'pascal' : inner * 2 > sample.length ? 'camel' : 'lower';
  const verbs = learnVerbs(known, language);
  const wordCounts = known.map((name) => wordsOfName(name).length).sort((a, b) => a - b);
  const usual = wordCounts[wordCounts.length >> 1]! - (verbs.length > 0 ? 1 : 0);
  return {
    case: letterCase,
    separator,
    verbs,
    objectWords: Math.min(Math.max(usual, 1), mostObjectWords),
  };
}

/** `ConsultarFormasPago` → consultar, formas, pago */
function wordsOfName(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[\s_-]+/u)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}

/** The first words that are verbs, where at least a third of the names begin with one. */
function learnVerbs(known: readonly string[], language: string): string[] {
  const isVerb = (word: string) => (language === 'es' && /[aei]r(se)?$/.test(word)) || englishVerbs.has(word);
  const counts = new Map<string, number>();
  let verbs = 0;
  for (const name of known) {
    const [word] = wordsOfName(name);
    if (word === undefined || !isVerb(word)) continue;
    verbs++;
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  if (verbs * 3 < known.length) return [];
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([verb]) => verb);
}

/** A verb as English names use one. */
export function isEnglishVerb(word: string): boolean {
  return englishVerbs.has(word);
}
