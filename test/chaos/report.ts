import type { Coverage } from './coverage';
import type { Records, Violation } from './records';
import { serverNames, type Victim, type VictimName } from './victim';

const columns: VictimName[] = [...serverNames, 'job'];

/** The end of a run, for a person. */
export function formatReport(run: {
  seed: number;
  seconds: number;
  outcomes: Record<string, number>;
  coverage: Coverage;
  victims: readonly Victim[];
  violations: readonly Violation[];
  records: Records;
}): string {
  const { coverage, violations, records } = run;
  const cell = (value: number | string | undefined) => String(value ?? '·').padStart(9);
  const rows = Object.entries(coverage).map(
    ([stage, counts]) => stage.padEnd(10) + columns.map((victim) => cell(counts[victim])).join(''),
  );
  const totals = columns.map((victim) =>
    Object.values(coverage).reduce((sum, counts) => sum + (counts[victim] ?? 0), 0),
  );
  const outcomes = Object.entries(run.outcomes).map(([outcome, count]) => `${count} ${outcome}`);
  const byItself = run.victims.flatMap(({ name, endedByItself }) =>
    endedByItself.map((how) => `  ${name} ${how}`),
  );
  return [
    '',
    `Kills by stage and victim (seed ${run.seed})`,
    ' '.repeat(10) + columns.map(cell).join(''),
    ...rows,
    'together'.padEnd(10) + totals.map(cell).join(''),
    '',
    `Cycles: ${outcomes.join(', ')}; ${run.seconds.toFixed(0)} s`,
    `Looked at: ${records.workflows.length} workflows, ${records.lex.versions.length} versions, ${records.journal.length} requests, ` +
      `${records.messages.length} messages, ${records.jobs.length} Batch jobs, ${records.store.manifests.length} manifests`,
    ...(byItself.length > 0 ? ['Ended without having been killed:', ...byItself] : []),
    violations.length === 0 ? 'No violation.' : `${violations.length} violations:`,
    ...violations.map(formatViolation),
  ].join('\n');
}

/** One line. */
export function formatViolation({ cycle, check, evidence }: Violation): string {
  return `  ✗ cycle ${cycle ?? '–'}: ${check}: ${evidence}`;
}
