/** What a live alias was asked, and how it went, in some time. */
export interface Traffic {
  requests: number;
  /** Requests that ended in the fallback intent. */
  missed: number;
  /** Requests that the bot or its Lambda function failed on. */
  errors: number;
}

/** What is watched: a count of {@link Traffic} as a share of its requests. */
export const watchedMeasures = ['missed', 'errors'] as const;
export type WatchedMeasure = (typeof watchedMeasures)[number];

/** How the champion did before the switch. */
export interface Baseline extends Traffic {
  /** ISO 8601, UTC. */
  from: string;
  until: string;
  /** How much more the shares move from hour to hour or day to day than chance alone would have it; at least 1. */
  dispersion: Record<WatchedMeasure, number>;
}

/** Traffic of one hour. */
export interface HourOfTraffic extends Traffic {
  /** Whole hours since any fixed moment. */
  hour: number;
}

/** All of it taken together. */
export function totalTraffic(parts: readonly Traffic[]): Traffic {
  const sum = (of: keyof Traffic) => parts.reduce((total, part) => total + part[of], 0);
  return { requests: sum('requests'), missed: sum('missed'), errors: sum('errors') };
}

/**
 * How much more a share moves over time than independent requests would make it: Pearson's χ² of the periods over its
 * degrees of freedom, the greater of hours and days, at least 1. People come in sessions, and mornings are not like
 * nights; counts divided by this number carry about as much evidence as they seem to (Rao and Scott 1992,
 * Biometrics 48:577–585).
 */
export function dispersionOf(hours: readonly HourOfTraffic[], measure: WatchedMeasure): number {
  const total = totalTraffic(hours);
  const share = total.requests === 0 ? 0 : Math.min(1, total[measure] / total.requests);
  if (share === 0 || share === 1) return 1;
  const ratioOver = (hoursPerPeriod: number) => {
    const periods = new Map<number, Traffic>();
    for (const hour of hours) {
      const period = Math.floor(hour.hour / hoursPerPeriod);
      periods.set(period, totalTraffic([periods.get(period) ?? { requests: 0, missed: 0, errors: 0 }, hour]));
    }
    const used = [...periods.values()].filter(({ requests }) => requests > 0);
    const chiSquare = used.reduce(
      (sum, period) =>
        sum + (period[measure] - period.requests * share) ** 2 / (period.requests * share * (1 - share)),
      0,
    );
    return used.length < 2 ? 1 : chiSquare / (used.length - 1);
  };
  return Math.max(1, ratioOver(1), ratioOver(24));
}
