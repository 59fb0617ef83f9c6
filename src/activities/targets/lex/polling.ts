import { heartbeat, sleep } from '@temporalio/activity';
import { NotFoundError } from '../../../domain/errors';

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

/** Looks in a row that may find nothing: with the usual polling, somewhat more than two minutes. */
const looksForMissing = 20;

/**
 * Lets a look pass over that Lex does not know yet what it has just begun, for a while.
 * @param look for `pollUntil`
 * @returns a look for one `pollUntil`; it throws a `NotFoundError` that is worth another try when the work stays unknown
 */
export function knownSoon<T>(look: () => Promise<T | undefined>): () => Promise<T | undefined> {
  let missing = 0;
  return async () => {
    try {
      return await look();
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
      if (++missing < looksForMissing) return undefined;
      throw new NotFoundError(
        `${error.message} Lex began it and knows nothing of it: the next attempt looks for it and begins it again.`,
        error.facts,
        false,
        { cause: error },
      );
    }
  };
}

/**
 * What an earlier attempt began, for a retry to go on with.
 * @param id as the earlier attempt told it, in a heartbeat or a note
 * @param look asks the service for it
 * @returns undefined where nothing was begun, or the service knows nothing of it
 */
export async function stillKnown(
  id: string | undefined,
  look: (id: string) => Promise<unknown>,
): Promise<string | undefined> {
  if (id === undefined) return undefined;
  try {
    await look(id);
    return id;
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}
