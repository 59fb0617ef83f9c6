import type { OutboxStorage } from './outbox';

/** Keeps an outbox in this tab, beyond a reload: two tabs would send each other's decisions twice. */
export function tabStorage(key: string): OutboxStorage {
  return {
    read: () => {
      try {
        return sessionStorage.getItem(key);
      } catch {
        return null;
      }
    },
    write: (content) => {
      try {
        if (content === null) sessionStorage.removeItem(key);
        else sessionStorage.setItem(key, content);
      } catch {
        // A browser that keeps nothing still sends what is in memory.
      }
    },
  };
}
