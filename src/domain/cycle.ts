/** A cycle: one run of the retrain workflow for a pipeline. */

import type { Sentence } from './language';
import type { StageReuse } from './stage-reuse';

export const stageNames = [
  'ingest',
  'prepare',
  'discover',
  'review',
  'dataset',
  'train',
  'evaluate',
  'gate',
  'promote',
  'notify',
] as const;

export type StageName = (typeof stageNames)[number];

/** What starts a cycle. */
export const triggers = ['schedule', 'manual', 'interactions', 'drift'] as const;

export type Trigger = (typeof triggers)[number];

export interface StageStatus {
  name: StageName;
  state: 'pending' | 'running' | 'done' | 'skipped' | 'failed';
  /** ISO 8601, UTC. */
  startedAt: string | null;
  finishedAt: string | null;
  /** Named numbers worth showing, e.g. `{ accepted: 5120, quarantined: 31 }`. */
  counts: Record<string, number>;
  /** What happened or is happening. */
  note: Sentence | null;
  /** Why it failed, in English, as errors are; null for a stage that did not. */
  failure: string | null;
  /** How it came by its result; null while that is open, and for stages that always run. */
  reuse: StageReuse | null;
}

/** What a cycle's status query answers. */
export interface CycleStatus {
  pipeline: string;
  /** Null until the cycle has its number. */
  cycle: number | null;
  trigger: Trigger;
  stages: StageStatus[];
  /** Workflow id of the review that waits for a person, if one does. */
  waitingForReview: string | null;
  /** What somebody changed in DRAFT while the cycle ran, when it waits to be told to keep that. */
  waitingForDraftEdits: Sentence | null;
  result: CycleResult | null;
}

export const cycleOutcomes = [
  'promoted',
  'kept',
  'not-enough-evidence',
  'nothing-to-learn',
  'skipped',
  'abandoned',
] as const;

export type CycleOutcome = (typeof cycleOutcomes)[number];

/** How a person wants a cycle to run. */
export interface CycleOptions {
  /** Runs every stage, also where an earlier result could be reused. */
  noCache?: boolean;
  /** Takes over what was changed in DRAFT since Ciclo's last import, in the Lex console for example. */
  keepConsoleEdits?: boolean;
}

/** How a cycle ended; "kept" and the like are results, not failures. */
export interface CycleResult {
  pipeline: string;
  cycle: number | null;
  outcome: CycleOutcome;
  reason: Sentence;
  /** Live bot version before and after. */
  liveVersionBefore: string | null;
  liveVersionAfter: string | null;
  /** `report.html` */
  reportUri: string | null;
}

/** A cycle's number as object keys carry it: `0007`. */
export function cycleKey(cycle: number): string {
  return String(cycle).padStart(4, '0');
}

/** Workflow id of a pipeline's cycle: one at a time. */
export function retrainWorkflowId(pipeline: string): string {
  return `retrain/${pipeline}`;
}

export function reviewWorkflowId(pipeline: string, cycle: number): string {
  return `review/${pipeline}/${cycleKey(cycle)}`;
}

export function promoteWorkflowId(pipeline: string, modelVersion: number): string {
  return `promote/${pipeline}/v${modelVersion}`;
}

export function rollbackWorkflowId(pipeline: string): string {
  return `rollback/${pipeline}`;
}

export function importWorkflowId(pipeline: string): string {
  return `import/${pipeline}`;
}

/** All stages, none begun. */
export function pendingStages(): StageStatus[] {
  return stageNames.map((name) => ({
    name,
    state: 'pending',
    startedAt: null,
    finishedAt: null,
    counts: {},
    note: null,
    failure: null,
    reuse: null,
  }));
}
