import type { OpenedCycle } from '../activities/cycle';
import type { CycleProgress } from './cycle-progress';

/** A cycle that runs: what it starts from, and where its stages report. */
export interface Cycle extends OpenedCycle {
  progress: CycleProgress;
}
