const minuteMs = 60_000;

/** Metrics of the last minutes are not complete yet. */
export const metricDelayMs = 5 * minuteMs;

/**
 * Open conversations stay with the version that they began with, and a switched alias is tried first: what is asked in
 * the first minutes does not count.
 */
const settlingMs = 5 * minuteMs;

/** From when and until when an alias is watched; milliseconds since 1970, on full minutes. */
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
  const sinceMs = Math.ceil((liveAtMs + settlingMs) / minuteMs) * minuteMs;
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

/** The first look at traffic that ends later than `seenUntilMs`. */
export function nextLook(window: WatchWindow, seenUntilMs: number): Look {
  const passed = Math.floor((Math.max(seenUntilMs, window.sinceMs) - window.sinceMs) / window.everyMs);
  return lookAt(window, window.sinceMs + (passed + 1) * window.everyMs);
}

/** The latest look that can be taken now: after a pause, those in between are not made up for. */
export function latestLook(window: WatchWindow, planned: Look, nowMs: number): Look {
  const passed = Math.floor((nowMs - metricDelayMs - window.sinceMs) / window.everyMs);
  const latest = lookAt(window, window.sinceMs + passed * window.everyMs);
  return latest.untilMs > planned.untilMs ? latest : planned;
}

function lookAt(window: WatchWindow, atMs: number): Look {
  const untilMs = Math.min(window.untilMs, atMs);
  return { dueMs: untilMs + metricDelayMs, untilMs, last: untilMs === window.untilMs };
}
