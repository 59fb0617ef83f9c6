/** What the gate decides and why, as data; the report and the notification put it into words. */
import type { SetName } from '../evaluation';
import type { GatePolicy } from './policy';

export type Verdict = 'promote' | 'keep' | 'not-enough-evidence';

export interface GateDecision {
  verdict: Verdict;
  policy: GatePolicy['policy'];
  /** The set that the rules looked at. */
  basis: SetName;
  evidence: EvidenceSize;
  /** One for every check, in the order of the rules. */
  reasons: GateReason[];
}

/** How much the compared items can tell. */
export interface EvidenceSize {
  /** Items that both models answered. */
  items: number;
  /** Items that only one model got right. */
  changed: number;
  /** Smallest difference of accuracy (0–1) that so many items prove with a power of 80 % (6.18 · d ÷ δ² solved for δ). */
  provableDifference: number;
}

export type GateRule =
  | 'answers'
  | 'macro-f1'
  | 'mcnemar'
  | 'existing-intents'
  | 'protected-intents'
  | 'out-of-scope'
  | 'confusion'
  | 'latency'
  | 'calibration'
  | 'accuracy-above';

/** `undecided`: neither shown to hold nor shown to be broken. `not-applicable`: there is nothing to check. */
export type GateOutcome = 'passed' | 'failed' | 'undecided' | 'not-applicable';

export type GateCode =
  | 'no-items'
  | 'answers-complete'
  | 'answers-missing'
  | 'macro-f1-better'
  | 'macro-f1-held-with-coverage'
  | 'macro-f1-worse'
  | 'macro-f1-no-worthwhile-gain'
  | 'macro-f1-unclear'
  | 'macro-f1-too-few-changes'
  | 'mcnemar-not-worse'
  | 'mcnemar-worse'
  | 'existing-intents-kept'
  | 'existing-intents-worse'
  | 'existing-intents-unclear'
  | 'existing-intents-none'
  | 'protected-intent-kept'
  | 'protected-intent-worse'
  | 'protected-intent-unclear'
  | 'protected-intent-without-items'
  | 'protected-intents-none'
  | 'out-of-scope-kept'
  | 'out-of-scope-worse'
  | 'out-of-scope-unclear'
  | 'out-of-scope-too-few'
  | 'confusion-steady'
  | 'confusion-grew'
  | 'latency-kept'
  | 'latency-worse'
  | 'calibration-kept'
  | 'calibration-worse'
  | 'calibration-unknown'
  | 'accuracy-above'
  | 'accuracy-not-above';

export interface GateReason {
  code: GateCode;
  rule: GateRule;
  outcome: GateOutcome;
  /** True for `passed` and `not-applicable`: the reason does not stand in the way. */
  passed: boolean;
  /** What was measured, in the rule's unit: a share or difference 0–1, a p-value, items, a ratio. */
  value: number | null;
  /** What it was held against, in the same unit. */
  threshold: number | null;
  /** Further numbers and names that the words need. */
  facts: Record<string, string | number>;
  /** For an undecided rule: about how many items would settle it; null where more items are not the remedy. */
  itemsNeeded: number | null;
}
