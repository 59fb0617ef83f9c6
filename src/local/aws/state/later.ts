/** Work that the services do after they have answered: imports, builds, status changes. */
export class Later {
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly running = new Set<Promise<void>>();
  private stopped = false;

  /**
   * Runs `work` after `delayMs`. What it throws goes to `failed`, which is to leave the resource in a failed state.
   */
  schedule(delayMs: number, work: () => void | Promise<void>, failed: (error: Error) => void): void {
    if (this.stopped) return;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      const run = Promise.resolve()
        .then(work)
        .catch((error: unknown) => {
          if (!this.stopped) failed(error instanceof Error ? error : new Error(String(error)));
        })
        .finally(() => this.running.delete(run));
      this.running.add(run);
    }, delayMs);
    this.timers.add(timer);
  }

  /** Drops what has not begun, waits for what has; the state files say what to resume at the next start. */
  async stop(): Promise<void> {
    this.stopped = true;
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    await Promise.allSettled(this.running);
  }
}
