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

/** Something to tell in passing. A problem stays until it is closed. */
export interface Notice {
  kind: 'done' | 'news' | 'problem';
  text: string;
}

interface Notices {
  notify: (notice: Notice) => void;
}

const Context = createContext<Notices | null>(null);
const shownMs = 6_000;
const mostShown = 3;

export function useNotices(): Notices {
  const notices = useContext(Context);
  if (!notices) throw new Error('useNotices is used outside of NoticeProvider.');
  return notices;
}

/** Shows notices in a corner, and tells them to screen readers. */
export function NoticeProvider({ children }: { children: ReactNode }) {
  const { words } = useSettings();
  const [shown, setShown] = useState<readonly (Notice & { id: number })[]>([]);
  const nextId = useRef(0);
  const notify = useCallback((notice: Notice) => {
    nextId.current += 1;
    const entry = { ...notice, id: nextId.current };
    setShown((before) => [...before, entry].slice(-mostShown));
  }, []);
  const close = useCallback((id: number) => setShown((before) => before.filter((one) => one.id !== id)), []);
  const value = useMemo(() => ({ notify }), [notify]);
  return (
    <Context value={value}>
      {children}
      <div className="notices" role="status" aria-live="polite">
        {shown.map(({ id, kind, text }) => (
          <NoticeCard key={id} kind={kind} text={text} closeLabel={words.close} onClose={() => close(id)} />
        ))}
      </div>
    </Context>
  );
}

interface CardProperties extends Notice {
  closeLabel: string;
  onClose: () => void;
}

function NoticeCard({ kind, text, closeLabel, onClose }: CardProperties) {
  useEffect(() => {
    if (kind === 'problem') return;
    const timer = setTimeout(onClose, shownMs);
    return () => clearTimeout(timer);
    // The card lives as long as its notice: the time begins once.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  return (
    <div className={`notice-card ${kind}`}>
      <p className="wrap">{text}</p>
      <button className="plain" aria-label={closeLabel} onClick={onClose}>
        ×
      </button>
    </div>
  );
}
