import type { JobProgress } from '../domain/job';
import type { ObjectStore } from '../platform/storage/object-store';

/** Told by a job how far it is; cheap enough to be called often. */
export type ReportProgress = (progress: JobProgress) => void;

const shortestIntervalMs = 2_000;

/**
 * Keeps `progress.json` up to date, at most every two seconds and one write at a time. A write that fails is not
 * worth failing the job for: the next one follows.
 */
export class ProgressFile {
  private lastWriteMs = -shortestIntervalMs;
  private writing: Promise<void> = Promise.resolve();
  private isWriting = false;

  constructor(
    private readonly store: ObjectStore,
    private readonly uri: string,
  ) {}

  readonly report: ReportProgress = (progress) => {
    const now = performance.now();
    if (this.isWriting || now - this.lastWriteMs < shortestIntervalMs) return;
    this.lastWriteMs = now;
    this.isWriting = true;
    this.writing = this.store
      .write(this.uri, JSON.stringify(progress), { contentType: 'application/json' })
      .then(() => undefined)
      .catch(() => undefined)
      .finally(() => (this.isWriting = false));
  };

  /** Waits for a write under way, so that nothing is written after the job's result. */
  async settled(): Promise<void> {
    await this.writing;
  }
}
