import type { ConsoleTrayGroup } from '../../api';
import type { Messages } from '../messages';

/** What a group of the tray is called. */
export function trayName(group: ConsoleTrayGroup | null, words: Messages): string {
  if (!group) return '';
  if (group.kind === 'group') return group.terms.slice(0, 4).join(', ') || words.trayKinds.group;
  if (group.kind === 'language' && group.language !== null) return words.inLanguage(group.language);
  return words.trayKinds[group.kind];
}
