import { stem } from './content';
import { fold, words } from './fold';
import { stopWords } from './stop-words';

/**
 * The words that set each group apart, best first: class-based TF-IDF (Grootendorst 2022), frequency in the group ×
 * ln(1 + mean words of a group ÷ frequency overall), over stems without function words. A stem is shown in the form
 * that its group uses most, with its accents.
 * @param groups the phrases of each group
 */
export function distinctiveTerms(groups: readonly (readonly string[])[], howMany: number): string[][] {
  const dictionary = new Map<string, string | null>();
  const counts = groups.map((texts) => countStems(texts, dictionary));
  const overall = new Map<string, number>();
  let total = 0;
  for (const group of counts) {
    for (const [term, { count }] of group) {
      overall.set(term, (overall.get(term) ?? 0) + count);
      total += count;
    }
  }
  const mean = total / Math.max(groups.length, 1);
  return counts.map((group) =>
    [...group]
      .map(([term, { count, forms }]) => ({ weight: count * Math.log(1 + mean / overall.get(term)!), forms }))
      .map(({ weight, forms }) => ({ weight, form: mostFrequent(forms) }))
      .sort((a, b) => b.weight - a.weight || (a.form < b.form ? -1 : 1))
      .slice(0, howMany)
      .map(({ form }) => form),
  );
}

interface StemCount {
  /** Phrases that use it. */
  count: number;
  forms: Map<string, number>;
}

/** @param dictionary the stems of words met before, null where a word carries no topic */
function countStems(
  texts: readonly string[],
  dictionary: Map<string, string | null>,
): Map<string, StemCount> {
  const stems = new Map<string, StemCount>();
  for (const text of texts) {
    const seen = new Set<string>();
    for (const form of surfaceWords(text)) {
      let term = dictionary.get(form);
      if (term === undefined) dictionary.set(form, (term = topicStem(form)));
      if (term === null) continue;
      const entry = stems.get(term) ?? { count: 0, forms: new Map<string, number>() };
      if (!seen.has(term)) entry.count++;
      seen.add(term);
      entry.forms.set(form, (entry.forms.get(form) ?? 0) + 1);
      stems.set(term, entry);
    }
  }
  return stems;
}

/** Words as people write them, in lower case, without placeholders. */
function surfaceWords(text: string): string[] {
  return words(
    text
      .replace(/<[A-Z]+(?:_\d+)?>|\{\w+\}/gu, ' ')
      .normalize('NFC')
      .toLowerCase(),
  );
}

/** Null for numbers, single letters and words that carry no topic. */
function topicStem(word: string): string | null {
  const folded = fold(word);
  return folded.length > 1 && /\p{L}/u.test(folded) && !stopWords.has(folded) ? stem(folded) : null;
}

/** On a tie the form with accents, which is the careful spelling, then the first in the alphabet. */
function mostFrequent(forms: ReadonlyMap<string, number>): string {
  const accents = (form: string) => form.normalize('NFD').length - form.length;
  const [best] = [...forms].sort(
    (a, b) => b[1] - a[1] || accents(b[0]) - accents(a[0]) || (a[0] < b[0] ? -1 : 1),
  );
  return best![0];
}
