import { createContext, useContext, useMemo, useState, type ReactNode } from 'react';

/** What is selected, the same in the list and on the map. */
export interface Selection {
  /** The proposal, enrichment or tray group that is looked at. */
  current: string | null;
  setCurrent: (id: string | null) => void;
  /** Proposals marked for one decision about all of them. */
  marked: ReadonlySet<string>;
  setMarked: (ids: ReadonlySet<string>) => void;
  /** Phrases, by utterance id. */
  phrases: ReadonlySet<string>;
  setPhrases: (ids: ReadonlySet<string>) => void;
}

const Context = createContext<Selection | null>(null);
const none: ReadonlySet<string> = new Set();

export function useSelection(): Selection {
  const selection = useContext(Context);
  if (!selection) throw new Error('useSelection is used outside of SelectionProvider.');
  return selection;
}

export function SelectionProvider({ children }: { children: ReactNode }) {
  const [current, setCurrent] = useState<string | null>(null);
  const [marked, setMarked] = useState(none);
  const [phrases, setPhrases] = useState(none);
  const value = useMemo<Selection>(
    () => ({ current, setCurrent, marked, setMarked, phrases, setPhrases }),
    [current, marked, phrases],
  );
  return <Context value={value}>{children}</Context>;
}

/** A set with one member more or less. */
export function toggled(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const changed = new Set(set);
  if (!changed.delete(id)) changed.add(id);
  return changed;
}
