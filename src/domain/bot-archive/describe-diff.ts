import type { Language, Sentence } from '../language';
import type { ArchiveDiff } from './diff';

const mostNamed = 8;

const words = {
  en: {
    phrases: (changes: string, count: number) => `${changes} ${count === 1 ? 'phrase' : 'phrases'}`,
    newIntent: 'new intent',
    removedIntent: 'removed intent',
    moreIntents: (count: number) => `${count} more intents`,
    otherFiles: (count: number) => `${count} other ${count === 1 ? 'file' : 'files'}`,
  },
  es: {
    phrases: (changes: string, count: number) => `${changes} ${count === 1 ? 'frase' : 'frases'}`,
    newIntent: 'intención nueva',
    removedIntent: 'intención eliminada',
    moreIntents: (count: number) => `${count} intenciones más`,
    otherFiles: (count: number) => (count === 1 ? '1 archivo más' : `${count} archivos más`),
  },
} satisfies Record<Language, unknown>;

/**
 * What differs, in one line of intents and numbers; no phrase is quoted.
 *
 * @returns for example `PedirCafe +3 −1 phrases, new intent Wifi, 2 other files`; null when nothing differs
 */
export function describeDiff(diff: ArchiveDiff): Sentence | null {
  const en = describeIn('en', diff);
  return en === '' ? null : { en, es: describeIn('es', diff) };
}

function describeIn(language: Language, diff: ArchiveDiff): string {
  const { phrases, newIntent, removedIntent, moreIntents, otherFiles } = words[language];
  const changed = [
    ...new Set([...Object.keys(diff.addedUtterances), ...Object.keys(diff.removedUtterances)]),
  ];
  const parts = [
    ...changed.sort().map((intent) => {
      const added = diff.addedUtterances[intent]?.length ?? 0;
      const removed = diff.removedUtterances[intent]?.length ?? 0;
      const counts = [added > 0 && `+${added}`, removed > 0 && `−${removed}`].filter(Boolean).join(' ');
      return `${intent} ${phrases(counts, added + removed)}`;
    }),
    ...diff.newIntents.map(({ name }) => `${newIntent} ${name}`),
    ...diff.removedIntents.map((name) => `${removedIntent} ${name}`),
  ];
  const named = parts.slice(0, mostNamed);
  const more = parts.length - named.length;
  const files = diff.otherChanges.length;
  return [...named, ...(more > 0 ? [moreIntents(more)] : []), ...(files > 0 ? [otherFiles(files)] : [])].join(
    ', ',
  );
}
