import { setMaxListeners } from 'node:events';
import { broken, notChecked, type CheckGroup, type CheckReport, type Finding } from '../domain/doctor';
import { CicloError } from '../domain/errors';

/** One thing to look at. */
export interface Check {
  id: string;
  group: CheckGroup;
  /** For the message when it takes too long, e.g. `The logs`. */
  title: string;
  /** @returns what was found; nothing where the check does not apply */
  run(signal: AbortSignal): Promise<Finding[]>;
}

/**
 * Runs checks at the same time. One that hangs is left behind after the limit and counts as not checked; one that
 * fails counts as broken, with the error's own words.
 *
 * @returns in the order of the checks
 */
export function runChecks(
  checks: readonly Check[],
  { limitMs, signal }: { limitMs: number; signal: AbortSignal },
): Promise<CheckReport[]> {
  const patience = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
  // Every call that is under way listens.
  setMaxListeners(0, patience);
  return Promise.all(
    checks.map(async (check) => ({
      id: check.id,
      group: check.group,
      findings: await withinPatience(check, patience, limitMs),
    })),
  );
}

async function withinPatience(check: Check, patience: AbortSignal, limitMs: number): Promise<Finding[]> {
  let leave: () => void = () => undefined;
  const gaveUp = new Promise<'gave up'>((resolve) => {
    leave = () => resolve('gave up');
    patience.addEventListener('abort', leave, { once: true });
  });
  try {
    const found = await Promise.race([check.run(patience), gaveUp]);
    if (found !== 'gave up') return found;
    return [tooLong(check, limitMs)];
  } catch (error) {
    return patience.aborted ? [tooLong(check, limitMs)] : [failed(error, check.title)];
  } finally {
    patience.removeEventListener('abort', leave);
  }
}

function tooLong({ title }: Check, limitMs: number): Finding {
  return notChecked(`${title}: no answer within ${limitMs / 1_000} seconds.`, {
    next: 'Look whether a proxy or a firewall swallows the connection, then try again.',
  });
}

/** A check's error as a finding; Ciclo's own errors say already what to do. */
function failed(error: unknown, title: string): Finding {
  const { message } = error instanceof Error ? error : new Error(String(error));
  return broken(error instanceof CicloError ? message : `${title}: ${message}`);
}

/** Makes something at the first call and gives the same again. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

/** What something gave, or the error that it ended with. */
export async function settled<T>(
  promise: Promise<T>,
): Promise<{ value: T; error?: undefined } | { value?: undefined; error: unknown }> {
  try {
    return { value: await promise };
  } catch (error) {
    return { error: error ?? new Error('failed for no reason') };
  }
}
