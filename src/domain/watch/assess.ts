import { proportionUpperBound } from '../metrics/beta';
import type { WatchConfiguration } from '../pipeline';
import { logEvidenceAbove } from './evidence';
import { watchedMeasures, type Baseline, type Traffic, type WatchedMeasure } from './traffic';

/** One watched share before and after the switch. */
export interface MeasureFinding {
  measure: WatchedMeasure;
  /** Shares 0–1; null where nothing was asked. */
  before: number | null;
  after: number | null;
  /** The highest share that the champion's may have been, plus what is tolerated. */
  bound: number;
  /**
   * The chance, at most, that the evidence would ever have come so far were the share not above the bound; good at
   * every look.
   */
  pValue: number;
  /** Below this the share is worse. */
  needed: number;
  worse: boolean;
}

/** What a look at the traffic says. */
export interface WatchAssessment {
  traffic: Traffic;
  /** Whether both sides have the requests that it takes to tell. */
  enough: boolean;
  /** Worse than the champion in at least one share, with enough requests on both sides. */
  worse: boolean;
  findings: MeasureFinding[];
}

/**
 * Compares the traffic since the switch with the champion's. The significance is the chance of a false alarm over the
 * whole window: a half for each share, of which a half goes to the champion's bound (Clopper and Pearson) and a half to
 * the evidence above it.
 */
export function assessTraffic(
  baseline: Baseline,
  traffic: Traffic,
  policy: Pick<WatchConfiguration, 'significance' | 'missedTolerance' | 'errorTolerance' | 'minimumRequests'>,
): WatchAssessment {
  const enough = traffic.requests >= policy.minimumRequests && baseline.requests >= policy.minimumRequests;
  const needed = policy.significance / (2 * watchedMeasures.length);
  const tolerances = { missed: policy.missedTolerance, errors: policy.errorTolerance };
  const findings = watchedMeasures.map((measure): MeasureFinding => {
    const dispersion = baseline.dispersion[measure];
    const [countBefore, countAfter] = [countOf(baseline, measure), countOf(traffic, measure)];
    const highest =
      baseline.requests === 0
        ? 1
        : proportionUpperBound(countBefore / dispersion, baseline.requests / dispersion, needed);
    const bound = Math.min(1, highest + tolerances[measure]);
    const pValue = Math.min(
      1,
      Math.exp(-logEvidenceAbove(countAfter / dispersion, traffic.requests / dispersion, bound)),
    );
    return {
      measure,
      before: baseline.requests === 0 ? null : countBefore / baseline.requests,
      after: traffic.requests === 0 ? null : countAfter / traffic.requests,
      bound,
      pValue,
      needed,
      worse: enough && pValue <= needed,
    };
  });
  return { traffic, enough, worse: findings.some((finding) => finding.worse), findings };
}

/** One request can fail in two ways, and the metrics count both. */
function countOf(traffic: Traffic, measure: WatchedMeasure): number {
  return Math.min(traffic[measure], traffic.requests);
}
