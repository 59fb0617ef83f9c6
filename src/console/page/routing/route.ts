import { useSyncExternalStore } from 'react';

export const views = [
  'review',
  'map',
  'cycles',
  'report',
  'diff',
  'categories',
  'schedule',
  'versions',
] as const;

export type View = (typeof views)[number];

/** Where the page is: `#/PIPELINE/VIEW/CYCLE`, the cycle only where one was chosen. */
export interface Route {
  pipeline: string | null;
  view: View;
  cycle: number | null;
}

/** Reads an address; what cannot be read is left out. */
export function parseRoute(hash: string): Route {
  const [pipeline = '', view = '', cycle = ''] = hash.replace(/^#\/?/, '').split('/').map(decoded);
  return {
    pipeline: pipeline === '' ? null : pipeline,
    view: views.find((one) => one === view) ?? 'review',
    cycle: /^[1-9]\d{0,8}$/.test(cycle) ? Number(cycle) : null,
  };
}

export function routeHash({ pipeline, view, cycle }: Route): string {
  const parts = [pipeline ?? '', view, ...(cycle === null ? [] : [String(cycle)])];
  return `#/${parts.map(encodeURIComponent).join('/')}`;
}

export function goTo(route: Route): void {
  window.location.hash = routeHash(route);
}

export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  return parseRoute(hash);
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
