import type { JobName, JobProgress } from '../../domain/job';

/** A data job to run once. */
export interface JobRequest {
  /** Says which job of which cycle this is, e.g. `ciclo-cafe-0001-discover`: `[A-Za-z0-9_-]{1,128}`. */
  name: string;
  job: JobName;
  /** `spec.json` of the job. */
  specUri: string;
  /** Jobs that nobody follows any more, because what began them was terminated: they are stopped first. */
  leftovers?: {
    /** How their names begin. */
    namePrefix: string;
    isLeftOver(specUri: string): boolean;
  };
}

/** How a job is getting on. */
export interface JobState {
  /** The engine's own word, e.g. `RUNNABLE`. */
  status: string;
  /** The engine's own id of the job, where it has one. */
  externalId?: string;
  progress?: JobProgress;
}

export interface FollowOptions {
  /** Stops the job. */
  signal: AbortSignal;
  /** Called on every change, and at least every ten seconds. */
  onProgress: (state: JobState) => void;
}

/** A place where data jobs run: the same job, the same result. */
export interface JobEngine {
  /**
   * Starts the job, or attaches to the one of that name that runs already, and follows it to its end.
   *
   * @throws OutsideWorkFailedError when the job failed; `permanent` says whether another try can help
   * @throws the signal's reason after the job was stopped because of it
   */
  run(request: JobRequest, follow: FollowOptions): Promise<void>;
}
