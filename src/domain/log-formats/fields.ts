import { outOfScope } from '../utterance';
import type { Rejection } from './turn';

export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const timestampForm =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)\s?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/;
const earliestMs = Date.UTC(2000, 0, 1);
const latestMs = Date.UTC(2100, 0, 1);

/**
 * A time in a log: ISO 8601 (without a zone it is UTC), or seconds or milliseconds since 1970.
 *
 * @returns milliseconds since 1970; null where the log states none; NaN where what it states is no time of 2000–2099
 */
export function parseTimestamp(value: unknown): number | null {
  if (value === undefined || value === null || value === '') return null;
  let ms = NaN;
  if (typeof value === 'string') {
    const text = value.trim();
    // The form that JavaScript itself writes is by far the most frequent: it needs no taking apart.
    if (text.length === 24 && text.charCodeAt(23) === 90) ms = Date.parse(text);
    else if (/^\d{9,13}(\.\d+)?$/.test(text)) ms = fromEpoch(Number(text));
    else {
      const parts = timestampForm.exec(text);
      if (parts) ms = Date.parse(isoTimestamp(parts[1]!, parts[2], parts[3]));
    }
  } else if (typeof value === 'number') {
    ms = fromEpoch(value);
  }
  return ms >= earliestMs && ms < latestMs ? ms : NaN;
}

function isoTimestamp(date: string, time = '00:00', zone = 'Z'): string {
  const offset = zone === 'Z' ? zone : `${zone.slice(0, 3)}:${zone.slice(3).replace(':', '') || '00'}`;
  return `${date}T${time.replace(',', '.')}${offset}`;
}

/** Seconds reach 1e11 in the year 5138, milliseconds passed it in 1973. */
function fromEpoch(value: number): number {
  return Math.round(Math.abs(value) < 1e11 ? value * 1000 : value);
}

/**
 * A confidence in a log: a number, a number in a string (`"0.63"`, as Lex writes), or an object with a `score`.
 *
 * @returns 0–1; null where the log states none; NaN where what it states is no confidence
 */
export function parseConfidence(value: unknown): number | null {
  if (value === undefined || value === null || value === '') return null;
  const stated = isObject(value) ? value['score'] : value;
  if (stated === undefined || stated === null) return null;
  const number =
    typeof stated === 'number' ? stated : typeof stated === 'string' ? Number(stated.trim()) : NaN;
  return number >= 0 && number <= 1 ? number : NaN;
}

/** A non-empty string or number as a string, else null. */
export function parseIdentifier(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  return typeof value === 'number' ? String(value) : null;
}

/** Longer than any intent of Lex (100 characters) with room for schemes of other bots. */
const maximumIntentLength = 200;

/**
 * The intent that a log states.
 *
 * @returns its name; null where the bot fell back (no intent, an empty one or the built-in fallback);
 *   undefined where what is stated is no name
 */
export function parseIntent(value: unknown): string | null | undefined {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string') return undefined;
  const name = value.trim();
  if (name === '' || isFallback(name)) return null;
  return name.length <= maximumIntentLength && !/\p{Cc}/u.test(name) ? name : undefined;
}

export function isFallback(intent: string): boolean {
  return intent === outOfScope || intent === 'AMAZON.FallbackIntent';
}

export const badTimestamp: Rejection = {
  reason: 'bad-timestamp',
  detail: 'the timestamp is neither ISO 8601 nor seconds or milliseconds since 1970',
};
export const badConfidence: Rejection = {
  reason: 'bad-confidence',
  detail: 'the confidence is no number from 0 to 1',
};
export const badIntent: Rejection = {
  reason: 'bad-intent',
  detail: 'the intent is no name of at most 200 characters',
};
export const noText: Rejection = { reason: 'no-text', detail: 'the record holds no text of what was said' };
export const longText: Rejection = { reason: 'too-long', detail: 'the text is longer than 1,024 characters' };
