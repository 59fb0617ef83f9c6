/**
 * Whether a person or the workflow wants outside work to stop, or only this attempt at following it ends: a worker
 * that shuts down, or an attempt that timed out, is followed by another attempt, which attaches.
 *
 * @param reason of the aborted signal; Temporal gives a `CancelledFailure` whose message says why
 */
export function isStopWanted(reason: unknown): boolean {
  const isTemporals = reason instanceof Error && reason.name === 'CancelledFailure';
  return !isTemporals || reason.message === 'CANCELLED';
}
