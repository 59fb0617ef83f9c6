/** Work that the services do after they have answered: imports, builds, status changes. */
export class Later {
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly running = new Set<Promise<void>>();
  private readonly aborter = new AbortController();

  /**
   * Runs `work` after `delayMs`. What it throws goes to `failed`, which is to leave the resource in a failed state;
   * not so when `stop` broke it off.
   */
  schedule(
    delayMs: number,
    work: (signal: AbortSignal) => void | Promise<void>,
    failed: (error: Error) => void,
  ): void {
    const { signal } = this.aborter;
    if (signal.aborted) return;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      const run = Promise.resolve()
        .then(() => work(signal))
        .catch((error: unknown) => {
          if (!signal.aborted) failed(error instanceof Error ? error : new Error(String(error)));
        })
        .finally(() => this.running.delete(run));
      this.running.add(run);
    }, delayMs);
    this.timers.add(timer);
  }

  /** Drops what has not begun and breaks off what has; the state files say what to resume at the next start. */
  async stop(): Promise<void> {
    this.aborter.abort();
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    await Promise.allSettled(this.running);
  }
}
