import type { Language } from '../../../domain/language';

/** Times as the reader's language and time zone write them. */
export interface Times {
  /** `3 Nov` */
  day: (iso: string) => string;
  /** `3 Nov 2026, 16:20` */
  moment: (iso: string) => string;
  /** `in 3 days`, `2 hours ago` */
  relative: (iso: string, nowMs: number) => string;
}

const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** The formats of a language. */
export function timesIn(language: Language): Times {
  const locale = language === 'es' ? 'es-ES' : 'en-GB';
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  return {
    day: (iso) => day.format(new Date(iso)),
    moment: (iso) => moment.format(new Date(iso)),
    relative: (iso, nowMs) => {
      const differenceMs = Date.parse(iso) - nowMs;
      const [unit, unitMs] = units.find(([, ms]) => Math.abs(differenceMs) >= ms) ?? ['second', 1_000];
      return relative.format(Math.trunc(differenceMs / unitMs), unit);
    },
  };
}
