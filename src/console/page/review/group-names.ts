import type { Review } from '../../api';
import type { Messages } from '../messages';
import { trayName } from './tray-name';

/** What the groups of a review are called, by the ids that phrases and points carry. */
export function groupNamer(review: Review, words: Messages): (group: string) => string {
  const names = new Map<string, string>([
    ...review.proposals.map(({ id, name }) => [id, name] as const),
    ...review.tray.map((group) => [group.id, `${words.trayHeading}: ${trayName(group, words)}`] as const),
  ]);
  return (group) => names.get(group) ?? (group.startsWith('i-') ? group.slice(2) : group);
}
