import { findMatches, type Detector } from './detector';

/** Addresses may carry names, tokens and order numbers; nothing in them helps to tell intents apart. */
const address = /(?:https?:\/\/|(?<![\p{L}\d@.])www\.)[^\s<>"']*[\p{L}\d/]/giu;

/** Web addresses that start with their scheme or with `www.`. */
export const urlDetector: Detector = {
  hint: /:\/\/|www\./i,
  find: (text) => findMatches(text, address, 'URL'),
};
