import { heartbeat, sleep } from '@temporalio/activity';

/** How often to look at outside work: soon at first, more and more slowly later. */
export interface Polling {
  firstDelayMs: number;
  /** Each delay is this many times the one before. */
  factor: number;
  longestDelayMs: number;
}

export const adaptivePolling: Polling = { firstDelayMs: 250, factor: 1.5, longestDelayMs: 10_000 };

/**
 * Looks again and again until there is an answer, with a heartbeat each time; ends with the activity's cancellation.
 * @param look gives undefined while the work goes on
 * @param details what a retry needs to attach to the same work
 */
export async function pollUntil<T>(
  look: () => Promise<T | undefined>,
  details: unknown,
  polling: Polling,
): Promise<T> {
  for (
    let delayMs = polling.firstDelayMs;
    ;
    delayMs = Math.min(delayMs * polling.factor, polling.longestDelayMs)
  ) {
    heartbeat(details);
    const answer = await look();
    if (answer !== undefined) return answer;
    await sleep(delayMs);
  }
}
