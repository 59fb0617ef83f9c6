import type { english } from './en';

/** Everything that the page says; English defines it, every other language has the same. */
export type Messages = typeof english;
