import {
  createContext,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react';
import { useSettings } from '../settings/settings';

/** What a key does now. */
export interface KeyBinding {
  /**
   * As `KeyboardEvent.key` names it (`U` is shift and u; `Shift+ArrowDown`), or two after one another: `g m`. Several for the same act are
   * given as a list, the one to show first.
   */
  keys: string | readonly [string, ...string[]];
  /** What it does, for the bar and the help. */
  label: string;
  run: () => void;
  /** Left out of the bar, e.g. where there is a plainer one for it. */
  isHelpOnly?: boolean;
  /** Shown, but does nothing now. */
  isOff?: boolean;
}

/** Bindings of one part of the page under its title. */
interface Scope {
  title: string;
  bindings: readonly KeyBinding[];
  /** Bindings of a higher one win over those of a lower. */
  priority: number;
  /** Whether its keys do something now; the help lists them all the same. */
  isActive: boolean;
}

/** Who listens to which keys. */
class KeyRegistry {
  private readonly scopes = new Map<symbol, Scope>();
  private readonly listeners = new Set<() => void>();
  private sorted: readonly Scope[] = [];

  set(id: symbol, scope: Scope | null): void {
    if (scope) this.scopes.set(id, scope);
    else this.scopes.delete(id);
    this.sorted = [...this.scopes.values()].sort((one, other) => other.priority - one.priority);
    for (const listener of this.listeners) listener();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): readonly Scope[] => this.sorted;

  /** @param keys names of the same key, the exact one first: where nothing is bound to it, the next counts */
  find(keys: readonly string[]): KeyBinding | undefined {
    for (const { bindings, isActive } of this.sorted) {
      if (!isActive) continue;
      for (const key of keys) {
        const found = bindings.find((binding) => keysOf(binding).includes(key));
        if (found) return found;
      }
    }
    return undefined;
  }

  beginsSequence(key: string): boolean {
    return this.sorted.some(
      ({ bindings, isActive }) =>
        isActive && bindings.some((binding) => keysOf(binding).some((one) => one.startsWith(`${key} `))),
    );
  }
}

const Context = createContext<{ registry: KeyRegistry; begun: string | null } | null>(null);

/** How long the second key of two is waited for. */
const sequenceMs = 2_500;

/** Listens to keys, outside of fields and dialogs. */
export function KeyProvider({ children }: { children: ReactNode }) {
  const { hasKeys } = useSettings();
  const [registry] = useState(() => new KeyRegistry());
  const [begun, setBegun] = useState<string | null>(null);

  useEffect(() => {
    if (begun === null) return;
    const timer = setTimeout(() => setBegun(null), sequenceMs);
    return () => clearTimeout(timer);
  }, [begun]);

  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing)
        return;
      if (isTyping(event.target) || document.querySelector('[role=dialog], [role=alertdialog]')) return;
      if (!hasKeys && event.key.length === 1 && event.key !== '?') return;
      if (begun === null && registry.beginsSequence(event.key)) {
        event.preventDefault();
        setBegun(event.key);
        return;
      }
      if (begun !== null) setBegun(null);
      const binding = registry.find(begun === null ? namesOf(event) : [`${begun} ${event.key}`]);
      if (!binding || keepsOwnMeaning(event)) return;
      event.preventDefault();
      if (!binding.isOff) binding.run();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [registry, hasKeys, begun]);

  const value = useMemo(() => ({ registry, begun }), [registry, begun]);
  return <Context value={value}>{children}</Context>;
}

/**
 * Adds keys while the component is there.
 * @param isActive whether they do something now, e.g. because the focus is where they belong
 */
export function useKeys(title: string, bindings: readonly KeyBinding[], priority = 0, isActive = true): void {
  const { registry } = useKeyContext();
  const [id] = useState(() => Symbol('keys'));
  useEffect(() => {
    registry.set(id, { title, bindings, priority, isActive });
  });
  useEffect(() => () => registry.set(id, null), [registry, id]);
}

/** All keys of what is open, and the first key of two where it was pressed. */
export function useKeyScopes(): { scopes: readonly Scope[]; begun: string | null } {
  const { registry, begun } = useKeyContext();
  return { scopes: useSyncExternalStore(registry.subscribe, registry.snapshot), begun };
}

export function keysOf({ keys }: KeyBinding): readonly string[] {
  return typeof keys === 'string' ? [keys] : keys;
}

function namesOf({ key, shiftKey }: KeyboardEvent): string[] {
  return shiftKey && key.startsWith('Arrow') ? [`Shift+${key}`, key] : [key];
}

function useKeyContext() {
  const context = useContext(Context);
  if (!context) throw new Error('Keys are used outside of KeyProvider.');
  return context;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches('textarea, select, input:not([type=checkbox], [type=radio], [type=button])'))
  );
}

/** Enter and the space bar press what has the focus, where it is no line of a list; arrows move between radio buttons. */
function keepsOwnMeaning({ key, target }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (key === ' ') return target.matches('button:not([data-row]), a, summary, input:not([data-row])');
  if (key === 'Enter') return target.matches('button:not([data-row]), a, summary');
  return key.startsWith('Arrow') && target.matches('input[type=radio]');
}
