import type { OpenedCycle } from '../activities/cycle';
import type { CycleOptions } from '../domain/cycle';
import type { CycleProgress } from './cycle-progress';

/** A cycle that runs: what it starts from, and where its stages report. */
export interface Cycle extends OpenedCycle {
  /** As the person who started it wants it; a signal may change them while it runs. */
  options: CycleOptions;
  progress: CycleProgress;
}
