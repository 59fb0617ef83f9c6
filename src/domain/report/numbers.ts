import { formatDuration } from '../cycle-details';
import type { Language } from '../language';

/** Numbers and times as a language writes them. */
export interface Numbers {
  /** `5,120` */
  count: (value: number) => string;
  /** A share 0–1: `93.4 %` */
  percent: (share: number) => string;
  /** A confidence 0–1, rounded: `93 %` */
  confidence: (share: number) => string;
  /** A difference of shares, signed, in points of 100: `+4.2` */
  points: (difference: number) => string;
  /** A difference of shares without sign: `4.2` */
  size: (difference: number) => string;
  /** A share 0–1 as a score of 100: `93.4` */
  score: (share: number) => string;
  /** `0.031`, `< 0.001` */
  pValue: (value: number) => string;
  /** A similarity 0–1 with two decimals: `0.74` */
  hundredth: (value: number) => string;
  /** `12.3` */
  decimal: (value: number) => string;
  /** `21 November 2026, 15:58 UTC` from ISO 8601 */
  time: (iso: string) => string;
  /** `4 min 10 s` */
  duration: (milliseconds: number) => string;
}

/** The formats of a language. */
export function numbersIn(language: Language): Numbers {
  const locale = language === 'es' ? 'es-ES' : 'en-GB';
  const fixed = (digits: number) => {
    const format = new Intl.NumberFormat(locale, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      useGrouping: 'always' as unknown as boolean,
    });
    return (value: number) => format.format(value === 0 ? 0 : value);
  };
  const [whole, tenth, hundredth, thousandth] = [fixed(0), fixed(1), fixed(2), fixed(3)];
  const signed = (value: number) => {
    const rounded = Math.round(value * 10) / 10;
    return `${rounded > 0 ? '+' : rounded < 0 ? '−' : '±'}${tenth(Math.abs(rounded))}`;
  };
  const day = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  return {
    count: whole,
    percent: (share) => `${tenth(share * 100)} %`,
    confidence: (share) => `${whole(share * 100)} %`,
    points: (difference) => signed(difference * 100),
    size: (difference) => tenth(Math.abs(difference) * 100),
    score: (share) => tenth(share * 100),
    pValue: (value) => (value < 0.001 ? `< ${thousandth(0.001)}` : thousandth(value)),
    hundredth,
    decimal: tenth,
    time: (iso) => `${day.format(new Date(iso))}, ${iso.slice(11, 16)} UTC`,
    duration: (milliseconds) => {
      const text = formatDuration(milliseconds);
      return language === 'es' ? text.replace('.', ',') : text;
    },
  };
}
