import type { ArchiveDiff } from './diff';

const mostNamed = 8;

/**
 * What differs, in one line of intents and numbers; no phrase is quoted.
 *
 * @returns for example `PedirCafe +3 −1 phrases, new intent Wifi, 2 other files`; empty when nothing differs
 */
export function describeDiff(diff: ArchiveDiff): string {
  const changed = [
    ...new Set([...Object.keys(diff.addedUtterances), ...Object.keys(diff.removedUtterances)]),
  ];
  const parts = [
    ...changed.sort().map((intent) => {
      const added = diff.addedUtterances[intent]?.length ?? 0;
      const removed = diff.removedUtterances[intent]?.length ?? 0;
      const counts = [added > 0 && `+${added}`, removed > 0 && `−${removed}`].filter(Boolean).join(' ');
      return `${intent} ${counts} ${added + removed === 1 ? 'phrase' : 'phrases'}`;
    }),
    ...diff.newIntents.map(({ name }) => `new intent ${name}`),
    ...diff.removedIntents.map((name) => `removed intent ${name}`),
  ];
  const named = parts.slice(0, mostNamed);
  const more = parts.length - named.length;
  const files = diff.otherChanges.length;
  return [
    ...named,
    ...(more > 0 ? [`${more} more intents`] : []),
    ...(files > 0 ? [`${files} other ${files === 1 ? 'file' : 'files'}`] : []),
  ].join(', ');
}
