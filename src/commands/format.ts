import pc from 'picocolors';
import { formatCounts, formatDuration } from '../domain/cycle-details';
import type { StageStatus } from '../domain/cycle';

/** One stage of a cycle as a line: mark, name, duration, what happened. */
export function formatStage(stage: StageStatus, nowMs: number): string {
  const startedMs = stage.startedAt ? Date.parse(stage.startedAt) : nowMs;
  const endedMs = stage.finishedAt ? Date.parse(stage.finishedAt) : nowMs;
  const took =
    stage.state === 'pending' || stage.state === 'skipped' ? '' : formatDuration(endedMs - startedMs);
  const reused = stage.reuse?.fromCycle ? `Reused from cycle ${stage.reuse.fromCycle}.` : null;
  const what = [stage.failure, stage.note?.en, reused, formatCounts(stage.counts)].filter(Boolean).join(' ');
  return `  ${mark(stage.state)} ${stage.name.padEnd(9)} ${took.padStart(9)}  ${what}`.trimEnd();
}

function mark(state: StageStatus['state']): string {
  switch (state) {
    case 'done':
      return pc.green('✓');
    case 'failed':
      return pc.red('✗');
    case 'running':
      return pc.yellow('▸');
    case 'skipped':
    case 'pending':
      return pc.dim('·');
  }
}

/** Columns as wide as their widest cell; the last one may run on. */
export function formatTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
        .join('  '),
    )
    .join('\n');
}
