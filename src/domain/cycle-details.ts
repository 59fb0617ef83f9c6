import { reviewPage } from './console-address';
import type { CycleStatus, StageStatus } from './cycle';

/**
 * A cycle's status as Markdown, for the details of its workflow in the Temporal UI.
 * @param consoleUrl where a review that waits can be answered in a browser; absent where that is not known
 */
export function describeCycle(status: CycleStatus, consoleUrl?: string): string {
  const title =
    status.cycle === null ? `**${status.pipeline}**` : `**${status.pipeline}, cycle ${status.cycle}**`;
  const waiting = status.waitingForReview
    ? `\n\nWaiting for a person in \`${status.waitingForReview}\`. Answer ${consoleUrl !== undefined && status.cycle !== null ? `in the [review console](${consoleUrl}/${reviewPage(status.pipeline, status.cycle)}), or ` : ''}with \`npx ciclo console\` or \`npx ciclo review ${status.pipeline}\`.`
    : '';
  const edits = status.waitingForDraftEdits ? `\n\n${status.waitingForDraftEdits.en}` : '';
  const result = status.result ? `\n\n**${status.result.outcome}**: ${status.result.reason.en}` : '';
  const rows = status.stages.map(
    (stage) => `| ${stage.name} | ${stage.state} | ${took(stage)} | ${what(stage)} |`,
  );
  return `${title} (${status.trigger})${waiting}${edits}${result}\n\n| stage | state | time | what |\n|---|---|---|---|\n${rows.join('\n')}`;
}

function took(stage: StageStatus): string {
  if (!stage.startedAt || !stage.finishedAt) return '';
  return formatDuration(Date.parse(stage.finishedAt) - Date.parse(stage.startedAt));
}

function what(stage: StageStatus): string {
  const reused = stage.reuse !== null && stage.reuse.fromCycle !== null ? stage.reuse.explanation.en : null;
  return [stage.failure, stage.note?.en, reused, formatCounts(stage.counts)].filter(Boolean).join(' ');
}

/** `newObjects: 1062` → `1,062 new objects`. */
export function formatCounts(counts: Record<string, number>): string {
  return Object.entries(counts)
    .map(([name, count]) => {
      const words = name.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
      return `${String(count).replace(/\B(?=(\d{3})+$)/g, ',')} ${words}`;
    })
    .join(', ');
}

/** `850 ms`, `12.3 s`, `4 min 10 s`, `3 h 05 min`, `6 d 2 h`. */
export function formatDuration(durationMs: number): string {
  if (durationMs < 1_000) return `${Math.round(durationMs)} ms`;
  if (durationMs < 60_000) return `${(durationMs / 1_000).toFixed(1)} s`;
  const seconds = Math.round(durationMs / 1_000);
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 1_440) return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
  const hours = Math.round(minutes / 60);
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}
