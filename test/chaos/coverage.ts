import { stageNames, type StageName } from '../../src/domain/cycle';
import type { Kill } from './killer';
import type { Records } from './records';
import type { VictimName } from './victim';

/** How many kills fell into each stage, by victim. */
export type Coverage = Record<StageName | 'between', Partial<Record<VictimName, number>>>;

/** Counts the kills by the stage that the cycle's history was in. */
export function coverageOf(
  kills: readonly Kill[],
  records: Records,
  cycles: readonly { number: number; runId: string }[],
): Coverage {
  const coverage = Object.fromEntries(
    [...stageNames, 'between' as const].map((stage) => [stage, {}]),
  ) as Coverage;
  for (const { cycle, victim, atMs } of kills) {
    const runId = cycles.find(({ number }) => number === cycle)?.runId;
    const workflow = records.workflows.find((one) => one.runId === runId);
    const isOver = atMs > (workflow?.closedMs ?? Infinity);
    const stage = isOver ? undefined : workflow?.stages.filter((one) => one.atMs <= atMs).at(-1)?.stage;
    const counts = coverage[stage ?? 'between'];
    counts[victim] = (counts[victim] ?? 0) + 1;
  }
  return coverage;
}
