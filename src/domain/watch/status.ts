import type { WatchAssessment } from './assess';
import type { Baseline } from './traffic';

/**
 * How a watch ended. `held`: nothing got worse that the traffic could show. `superseded`: another version was live
 * before the end. `stopped`: by a person. `not-watched`: the traffic could not be read.
 */
export type WatchVerdict =
  | 'held'
  | 'rolled-back'
  | 'rollback-failed'
  | 'not-enough-requests'
  | 'not-watched'
  | 'superseded'
  | 'stopped';

/** What a watch has seen so far; when it has ended, `watch.json` beside the model. */
export interface WatchStatus {
  schemaVersion: 1;
  pipeline: string;
  /** In the registry: the N of `models/vN/`. */
  modelVersion: number;
  aliasName: string;
  botVersion: string;
  /** The bot version that was live before. */
  previousVersion: string;
  /** ISO 8601, UTC: the traffic of this time counts. */
  since: string;
  until: string;
  looks: number;
  /** Where the last look ended. */
  seenUntil: string | null;
  baseline: Baseline | null;
  assessment: WatchAssessment | null;
  verdict: WatchVerdict | null;
  /** Why it ended so, where that is not in the figures: who stopped it, or what went wrong. */
  note: string | null;
  endedAt: string | null;
}

/** Workflow id of the watch over a model that went live. */
export function watchWorkflowId(pipeline: string, modelVersion: number): string {
  return `watch/${pipeline}/v${modelVersion}`;
}
