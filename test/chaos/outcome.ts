import type { CycleOutcome, CycleResult } from '../../src/domain/cycle';
import type { Records } from './records';

/** Outcomes of cycles that trained a version. */
const trained: readonly CycleOutcome[] = ['promoted', 'kept', 'not-enough-evidence'];

/** How a cycle ended, by its workflow's history; undefined when it did not complete. */
export function resultOf(records: Records, runId: string): CycleResult | undefined {
  return records.workflows.find((workflow) => workflow.runId === runId)?.result ?? undefined;
}

/** Whether a cycle must have left a version behind. */
export function hasTrained(result: CycleResult | undefined): boolean {
  return result !== undefined && trained.includes(result.outcome);
}
