import { findMatches, type Detector } from './detector';

const version4 =
  /(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?![\d.]*\d)/g;
const version6 =
  /(?<![\w:.])(?:(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|(?:[0-9a-f]{1,4}:){1,6}(?::[0-9a-f]{1,4}){1,6}|(?:[0-9a-f]{1,4}:){1,7}:)(?![\w:])/gi;

/** IP addresses, versions 4 and 6. */
export const ipDetector: Detector = {
  hint: /\d\.\d|:[0-9a-f]*:/i,
  find: (text) => [...findMatches(text, version4, 'IP'), ...findMatches(text, version6, 'IP')],
};
