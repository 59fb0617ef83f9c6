import { useRef } from 'react';
import type { KeyBinding } from '../keyboard/keys';
import { useSettings } from '../settings/settings';
import { isDecidable, type Group } from './groups';
import { toggled, useSelection } from './selection';

/** Keys that mark lines for one decision about all of them, one by one or as one goes along. */
export function useMarkKeys(groups: readonly Group[], select: (id: string) => void): KeyBinding[] {
  const {
    words: { keys },
  } = useSettings();
  const { current, marked, setMarked } = useSelection();
  /** Where going along began and what was marked then; whatever else is marked or chosen ends it. */
  const along = useRef<{ from: number; before: ReadonlySet<string>; at: string; made: unknown } | null>(null);
  const index = groups.findIndex(({ id }) => id === current);
  const canMark = (group: Group | undefined) => group?.kind === 'proposal' && isDecidable(group.proposal);

  const extend = (by: number) => {
    const start = Math.max(index, 0);
    const next = Math.max(0, Math.min(groups.length - 1, start + by));
    const target = groups[next];
    if (!target) return;
    const last = along.current;
    const { from, before } =
      last !== null && last.at === current && last.made === marked ? last : { from: start, before: marked };
    const between = groups.slice(Math.min(from, next), Math.max(from, next) + 1).filter(canMark);
    const made = new Set([...before, ...between.map(({ id }) => id)]);
    along.current = { from, before, at: target.id, made };
    select(target.id);
    setMarked(made);
  };
  return [
    {
      keys: ' ',
      label: keys.mark,
      run: () => {
        if (canMark(groups[index])) setMarked(toggled(marked, groups[index]!.id));
      },
    },
    { keys: ['J', 'Shift+ArrowDown'], label: keys.markDown, run: () => extend(1), isHelpOnly: true },
    { keys: ['K', 'Shift+ArrowUp'], label: keys.markUp, run: () => extend(-1), isHelpOnly: true },
  ];
}
