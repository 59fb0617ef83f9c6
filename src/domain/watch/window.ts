const minuteMs = 60_000;

/** The grain in which metrics are read; kept for 63 days. */
export const metricPeriodMs = 5 * minuteMs;

/** Metrics of the last minutes are not complete yet. */
export const metricDelayMs = 5 * minuteMs;

/**
 * Open conversations stay with the version that they began with, and a switched alias is tried first: what is asked in
 * the first minutes does not count.
 */
const settlingMs = 5 * minuteMs;

/** From when and until when an alias is watched; milliseconds since 1970, on full periods of the metrics. */
export interface WatchWindow {
  sinceMs: number;
  untilMs: number;
  everyMs: number;
}

/** @param liveAtMs when the switched alias had been tried */
export function watchWindow(
  liveAtMs: number,
  { hours, everyMinutes }: { hours: number; everyMinutes: number },
): WatchWindow {
  const sinceMs = Math.ceil((liveAtMs + settlingMs) / metricPeriodMs) * metricPeriodMs;
  return { sinceMs, untilMs: sinceMs + hours * 60 * minuteMs, everyMs: everyMinutes * minuteMs };
}

/** A look at the traffic. */
export interface Look {
  /** When it can be taken, at the earliest. */
  dueMs: number;
  /** Until when it looks. */
  untilMs: number;
  last: boolean;
}

/**
 * The next look that is due: the first one after those that were taken, or the latest one when it is overdue, so that
 * what was missed is not made up for look by look.
 * @param seenUntilMs where the look before ended; null before the first
 */
export function nextLook(window: WatchWindow, seenUntilMs: number | null, nowMs: number): Look {
  const stepsTo = (atMs: number) => Math.floor((atMs - window.sinceMs) / window.everyMs);
  const following = seenUntilMs === null ? 1 : stepsTo(seenUntilMs) + 1;
  const latest = nowMs - metricDelayMs >= window.untilMs ? Infinity : stepsTo(nowMs - metricDelayMs);
  const untilMs = Math.min(window.untilMs, window.sinceMs + Math.max(following, latest) * window.everyMs);
  return { dueMs: untilMs + metricDelayMs, untilMs, last: untilMs === window.untilMs };
}
