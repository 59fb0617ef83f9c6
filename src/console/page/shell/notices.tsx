import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  type ReactNode,
} from 'react';
import { useSettings } from '../settings/settings';
import { shownKey } from './shown-key';

/** Something to tell. A problem stays until it is closed; anything else goes by itself, or when the next comes. */
export interface Notice {
  kind: 'done' | 'news' | 'problem';
  text: string;
  /** What can be done about it at once, with the key that does the same. */
  act?: { label: string; keys: string; run: () => void };
}

interface Notices {
  notify: (notice: Notice) => void;
  /** What was told in passing stays, but nothing can be done about it any more. */
  settle: () => void;
}

type Entry = Notice & { id: number };

const Context = createContext<Notices | null>(null);
const shownMs = 6_000;
const mostProblems = 3;

export function useNotices(): Notices {
  const notices = useContext(Context);
  if (!notices) throw new Error('useNotices is used outside of NoticeProvider.');
  return notices;
}

/** Shows what is told above the bar of keys, where it covers nothing, and tells it to screen readers. */
export function NoticeProvider({ children }: { children: ReactNode }) {
  const [problems, setProblems] = useState<readonly Entry[]>([]);
  const [passing, setPassing] = useState<Entry | null>(null);
  const nextId = useRef(0);
  const notify = useCallback((notice: Notice) => {
    nextId.current += 1;
    const entry = { ...notice, id: nextId.current };
    if (notice.kind === 'problem') setProblems((before) => [...before, entry].slice(-mostProblems));
    else setPassing(entry);
  }, []);
  const settle = useCallback(
    () =>
      setPassing((before) =>
        before?.act ? { kind: before.kind, text: before.text, id: before.id } : before,
      ),
    [],
  );
  const value = useMemo(() => ({ notify, settle }), [notify, settle]);
  return (
    <Context value={value}>
      {children}
      <div className="notices" role="status" aria-live="polite" aria-atomic="false">
        {problems.map((one) => (
          <ProblemCard
            key={one.id}
            text={one.text}
            onClose={() => setProblems((before) => before.filter(({ id }) => id !== one.id))}
          />
        ))}
        {passing && <PassingCard key={passing.id} {...passing} onEnd={() => setPassing(null)} />}
      </div>
    </Context>
  );
}

function ProblemCard({ text, onClose }: { text: string; onClose: () => void }) {
  const { words } = useSettings();
  return (
    <div className="notice-card problem">
      <p className="wrap">{text}</p>
      <button type="button" className="plain" aria-label={words.close} onClick={onClose}>
        ×
      </button>
    </div>
  );
}

function PassingCard({ kind, text, act, onEnd }: Notice & { onEnd: () => void }) {
  const card = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const timer = setInterval(() => {
      // Whoever is about to press its button has the time for it.
      if (card.current?.matches(':hover, :focus-within') !== true) onEnd();
    }, shownMs);
    return () => clearInterval(timer);
    // The card lives as long as its notice: the time begins once.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  return (
    <div ref={card} className={`notice-card ${kind}`}>
      <p className="wrap">{text}</p>
      {act && (
        <button type="button" onClick={act.run}>
          {act.label} <kbd>{shownKey(act.keys)}</kbd>
        </button>
      )}
    </div>
  );
}
