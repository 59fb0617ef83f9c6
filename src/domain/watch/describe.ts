import type { MeasureFinding, WatchAssessment } from './assess';
import type { WatchStatus, WatchVerdict } from './status';
import type { Baseline, WatchedMeasure } from './traffic';

const measureNames: Record<WatchedMeasure, string> = { missed: 'fallback', errors: 'errors' };

const verdictSentences: Record<WatchVerdict, string> = {
  held: 'Held: the traffic shows nothing that got worse.',
  'rolled-back': 'Rolled back: worse than the version before.',
  'rollback-failed': 'Worse than the version before, and the rollback failed.',
  'not-enough-requests': 'Too few requests to tell whether anything got worse.',
  'not-watched': 'Not watched: the traffic could not be read.',
  superseded: 'Superseded: another version is live by now.',
  stopped: 'Stopped by a person.',
};

/** A watch in lines of plain English: for the command line, the Temporal UI and the model card. */
export function describeWatch(status: WatchStatus): string[] {
  const { verdict, baseline, assessment } = status;
  const head =
    verdict === null
      ? `Bot version ${status.botVersion} on alias ${status.aliasName} is watched from ${status.since} until ${status.until}.`
      : `${verdictSentences[verdict]}${status.note === null ? '' : ` ${status.note}`}`;
  if (assessment === null || baseline === null) {
    return [head, ...(verdict === null ? ['No look was taken yet.'] : [])];
  }
  return [
    head,
    ...findingSentences(baseline, assessment),
    `Looks: ${status.looks}, the last until ${status.seenUntil ?? 'never'}.` +
      (assessment.enough ? '' : ' Too few requests so far to conclude anything.'),
  ];
}

/** Each share before and after, and what would be worse. */
export function findingSentences(baseline: Baseline, assessment: WatchAssessment): string[] {
  return assessment.findings.map(
    (finding) =>
      `${measureNames[finding.measure]}: ${shareOf(finding.after)} of ${count(assessment.traffic.requests)} requests, ` +
      `before ${shareOf(finding.before)} of ${count(baseline.requests)}; ${comparisonOf(finding)}.`,
  );
}

function comparisonOf({ worse, bound, pValue, needed }: MeasureFinding): string {
  return worse
    ? `worse: above ${shareOf(bound)} with p ≤ ${probability(pValue)} (needed ${probability(needed)})`
    : `not shown to be above ${shareOf(bound)} (p ≤ ${probability(pValue)}, needed ${probability(needed)})`;
}

// Formatted by hand: this runs in workflows too, where two machines must write the same.
const shareOf = (share: number | null) => (share === null ? 'none' : `${(share * 100).toFixed(1)} %`);
const count = (value: number) => String(value).replace(/\B(?=(\d{3})+$)/g, ',');
const probability = (value: number) => (value < 0.0001 ? '0.0001' : value.toFixed(4));
