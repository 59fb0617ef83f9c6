import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Phrase } from '../../api';
import { PhraseDialog } from '../dialogs/phrase-dialog';
import { useKeys } from '../keyboard/keys';
import { useSettings } from '../settings/settings';
import { phraseCharacters, Text } from '../text/phrase';
import { asVisible } from '../text/visible';
import { phrasesByLikeness } from './groups';
import { useReviewSession } from './review-session';
import { toggled, useSelection } from './selection';

interface Properties {
  label: string;
  phrases: readonly Phrase[];
  total: number;
  /** Loads what comes next; null where all is there. */
  onMore: (() => void) | null;
  /** What the group of a phrase is called, where phrases of several groups are shown. */
  groupName?: (group: string) => string;
  onLike: (phrase: Phrase) => void;
  /** Where the focus goes with Escape. */
  onLeave: () => void;
}

const estimatedRowPixels = 34;

/** Phrases with their counts, any number of them; one or many can be selected. */
export function PhraseList({ label, phrases, total, onMore, groupName, onLike, onLeave }: Properties) {
  const { words, numbers, times } = useSettings();
  const { review } = useReviewSession();
  const { phrases: selected, setPhrases } = useSelection();
  const doubtful = useMemo(() => phrasesByLikeness(review), [review]);
  const box = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState(0);
  const [hasFocus, setHasFocus] = useState(false);
  const [whole, setWhole] = useState<Phrase | null>(null);
  const anchor = useRef<number | null>(null);
  const active = Math.min(focused, Math.max(phrases.length - 1, 0));
  // The list's functions change with every scroll, which is what a compiler that memorises must not keep.
  // eslint-disable-next-line react-hooks/incompatible-library
  const rows = useVirtualizer({
    count: phrases.length,
    getScrollElement: () => box.current,
    estimateSize: () => estimatedRowPixels,
    getItemKey: (index) => phrases[index]?.id ?? index,
    overscan: 12,
  });
  const items = rows.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (onMore && last >= phrases.length - 20) onMore();
  }, [onMore, last, phrases.length]);

  const focusRow = (index: number): boolean => {
    const input = box.current?.querySelector<HTMLElement>(`[data-index="${index}"] input`);
    input?.focus({ preventScroll: true });
    return Boolean(input);
  };
  const moveTo = (index: number, extends_ = false) => {
    const next = Math.max(0, Math.min(phrases.length - 1, index));
    if (extends_) {
      anchor.current ??= active;
      const [from, to] = [Math.min(anchor.current, next), Math.max(anchor.current, next)];
      setPhrases(new Set(phrases.slice(from, to + 1).map(({ id }) => id)));
    } else anchor.current = null;
    setFocused(next);
    rows.scrollToIndex(next);
    // At once where it can be, for a quick typist's next key; a row far away is there only after the scroll.
    if (!focusRow(next)) requestAnimationFrame(() => focusRow(next));
  };
  const phrase = phrases[active];
  const withPhrase = (act: (one: Phrase) => void) => () => phrase && act(phrase);
  useKeys(
    words.keyScopes.phrases,
    [
      { keys: ['j', 'ArrowDown'], label: words.keys.next, run: () => moveTo(active + 1) },
      { keys: ['k', 'ArrowUp'], label: words.keys.previous, run: () => moveTo(active - 1) },
      {
        keys: ['J', 'Shift+ArrowDown'],
        label: words.keys.extendDown,
        run: () => moveTo(active + 1, true),
        isHelpOnly: true,
      },
      {
        keys: ['K', 'Shift+ArrowUp'],
        label: words.keys.extendUp,
        run: () => moveTo(active - 1, true),
        isHelpOnly: true,
      },
      { keys: 'Home', label: words.keys.first, run: () => moveTo(0), isHelpOnly: true },
      { keys: 'End', label: words.keys.last, run: () => moveTo(phrases.length - 1), isHelpOnly: true },
      {
        keys: ' ',
        label: words.keys.selectPhrase,
        run: withPhrase(({ id }) => setPhrases(toggled(selected, id))),
      },
      {
        keys: '*',
        label: words.keys.selectAll,
        run: () => setPhrases(new Set(phrases.map(({ id }) => id))),
      },
      { keys: 'l', label: words.keys.like, run: withPhrase(onLike) },
      { keys: 'Enter', label: words.keys.whole, run: withPhrase(setWhole), isHelpOnly: true },
      { keys: 'Escape', label: words.keys.back, run: onLeave },
    ],
    20,
    hasFocus && phrase !== undefined,
  );

  return (
    <>
      <div
        ref={box}
        className="phrase-list"
        onFocus={({ target, currentTarget }) => {
          setHasFocus(true);
          // Its rows scroll within it; a click must not move what is clicked.
          if (target.matches(':focus-visible')) currentTarget.scrollIntoView({ block: 'nearest' });
        }}
        onBlur={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget)) setHasFocus(false);
        }}
      >
        <ul aria-label={label} style={{ height: rows.getTotalSize() }}>
          {items.map((item) => {
            const one = phrases[item.index]!;
            const isCut = one.cut || one.text.length > phraseCharacters;
            return (
              <li
                key={item.key}
                ref={rows.measureElement}
                data-index={item.index}
                className="phrase"
                data-selected={selected.has(one.id)}
                aria-posinset={item.index + 1}
                aria-setsize={total}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <label>
                  <input
                    type="checkbox"
                    data-row
                    checked={selected.has(one.id)}
                    tabIndex={item.index === active ? 0 : -1}
                    onFocus={() => setFocused(item.index)}
                    onChange={() => setPhrases(toggled(selected, one.id))}
                    onClick={(event) => {
                      if (event.shiftKey) {
                        const [from, to] = [Math.min(active, item.index), Math.max(active, item.index)];
                        setPhrases(
                          new Set([...selected, ...phrases.slice(from, to + 1).map(({ id }) => id)]),
                        );
                      }
                    }}
                  />
                  <Text text={one.text} characters={phraseCharacters} />
                  {doubtful.has(one.id) && <span className="badge doubt">{words.byLikenessAlone}</span>}
                </label>
                {isCut && (
                  <button type="button" className="link" onClick={() => setWhole(one)}>
                    {words.showAll}
                  </button>
                )}
                <span className="phrase-facts soft number">
                  {groupName && (
                    <span className="badge">
                      <Text text={groupName(one.group)} characters={60} />
                    </span>
                  )}
                  {one.outcome !== 'missed' && (
                    <span title={asVisible(one.intent ?? '')}>{words.outcomes[one.outcome]}</span>
                  )}
                  {one.lastSeen !== null && (
                    <span
                      title={words.seen(
                        one.firstSeen ? times.moment(one.firstSeen) : '',
                        times.moment(one.lastSeen),
                      )}
                    >
                      {one.firstSeen !== null && one.firstSeen.slice(0, 10) !== one.lastSeen.slice(0, 10)
                        ? `${times.day(one.firstSeen)} – ${times.day(one.lastSeen)}`
                        : times.day(one.lastSeen)}
                    </span>
                  )}
                  <strong>×{numbers.count(one.count)}</strong>
                </span>
              </li>
            );
          })}
        </ul>
      </div>
      {whole && <PhraseDialog phrase={whole} onClose={() => setWhole(null)} />}
    </>
  );
}
