import { useEffect, useRef } from 'react';
import { focusOnceThere } from '../keyboard/focus';
import { useSettings } from '../settings/settings';
import { GroupRow } from './group-row';
import { weightOf, type Section } from './groups';
import { useReviewSession } from './review-session';
import { toggled, useSelection } from './selection';

interface Properties {
  sections: readonly Section[];
  onRename: (id: string) => void;
}

/** Moves the focus to a line of the list, which every view has once. */
export function focusGroup(id: string | null): void {
  if (id !== null)
    focusOnceThere(() => document.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`));
}

/** The ranked list of what was found. */
export function GroupList({ sections, onRename }: Properties) {
  const { words, numbers } = useSettings();
  const { isWaiting } = useReviewSession();
  const { current, setCurrent, marked, setMarked, setPhrases } = useSelection();
  const list = useRef<HTMLDivElement>(null);

  useEffect(() => {
    list.current?.querySelector('[data-current=true]')?.scrollIntoView({ block: 'nearest' });
  }, [current]);

  return (
    <div className="group-list" ref={list}>
      {sections.map(({ name, groups }) => {
        const most = Math.max(...groups.map(weightOf), 1);
        return (
          <section key={name} aria-labelledby={`section-${name}`}>
            <div className="section-head">
              <h2 id={`section-${name}`}>
                {words.sections[name]} <span className="number">({numbers.count(groups.length)})</span>
              </h2>
              <span className="soft">{name === 'tray' ? words.interactions : words.rescued}</span>
            </div>
            <ol>
              {groups.map((group) => (
                <GroupRow
                  key={group.id}
                  group={group}
                  isCurrent={group.id === current}
                  isMarked={marked.has(group.id)}
                  isWaiting={isWaiting(group.id)}
                  most={most}
                  onSelect={() => {
                    setCurrent(group.id);
                    setPhrases(new Set());
                  }}
                  onMark={() => setMarked(toggled(marked, group.id))}
                  onRename={() => onRename(group.id)}
                />
              ))}
            </ol>
          </section>
        );
      })}
      {sections.length === 0 && <p className="empty">{words.nothingMatches}</p>}
    </div>
  );
}
