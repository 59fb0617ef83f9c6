/** The documented shape of `evaluation.json`; docs/evaluation.md explains every field. */
import type { Calibration, Interval } from '../metrics';
import type { EvaluationItem, EvaluationSubject, Unanswered } from './inputs';

/** Existing: the champion knows it. New: only the challenger can. Out of scope: the right answer is the fallback. */
export type IntentGroup = 'existing' | 'new' | 'out-of-scope';

export type SetName = 'golden' | 'validation' | 'together';

export interface Evaluation {
  schemaVersion: 1;
  subject: EvaluationSubject;
  method: { seed: number; resamples: number; confidenceLevel: 0.95 };
  newIntents: string[];
  counts: EvaluationCounts;
  /** Items that at least one model did not answer; they are left out of everything below. */
  unanswered: Unanswered[];
  /** null where a set has no item that both models answered. */
  sets: Record<SetName, SetEvaluation | null>;
  /** Items on which the two models differ or are wrong in different ways. Texts are redacted utterances. */
  changes: { fixed: ChangedItem[]; broken: ChangedItem[]; differentlyWrong: ChangedItem[] };
}

/** items = golden + validation = answeredByBoth + notAnsweredByBoth. */
export interface EvaluationCounts {
  items: number;
  golden: number;
  validation: number;
  answeredByBoth: number;
  notAnsweredByBoth: number;
}

export interface SetEvaluation {
  items: number;
  champion: ModelMetrics;
  challenger: ModelMetrics;
  comparison: Comparison;
}

/** How one model answered the items of a set. */
export interface ModelMetrics {
  correct: number;
  /** Wilson interval, as for every proportion below. */
  accuracy: Interval;
  /** Over the intents that are right for at least one item; bootstrap interval, as for every F1 below. */
  macroF1: Interval;
  weightedF1: Interval;
  /** Share of all items that fell back. */
  fallbackRate: Interval;
  /** Share of the items with an intent that were answered with some intent. */
  coverage: Interval;
  /** Share of the out-of-scope items that fell back; null where there are none. */
  outOfScopeRecall: Interval | null;
  /** Every intent that is right or predicted somewhere, by name. */
  intents: IntentMetrics[];
  /** Cells that hold items, the diagonal included, by right and then predicted intent. */
  confusion: ConfusionCell[];
  latency: { p50Ms: number; p95Ms: number };
  calibration: Calibration;
}

export interface IntentMetrics {
  intent: string;
  group: IntentGroup;
  support: number;
  predicted: number;
  hits: number;
  /** 0 with the interval 0–1 where the intent was never predicted. */
  precision: Interval;
  /** 0 with the interval 0–1 where no item has the intent. */
  recall: Interval;
  f1: Interval;
}

export interface ConfusionCell {
  intent: string;
  predicted: string;
  count: number;
}

/** Challenger minus champion on the same items; intervals are paired bootstrap intervals. */
export interface Comparison {
  accuracy: Interval;
  macroF1: Interval;
  weightedF1: Interval;
  fallbackRate: Interval;
  coverage: CoverageComparison;
  outOfScopeRecall: Interval | null;
  pairs: PairCounts;
  /** Existing and new intents and out-of-scope items apart; null where a group has no item. */
  groups: Record<IntentGroup, GroupComparison | null>;
  /** Every intent that is right for at least one item, by name. */
  intents: IntentComparison[];
  /** Wrong cells of the confusion matrix that hold more items than before, the greatest growth first. */
  confusionGrowth: ConfusionGrowth[];
}

/** items = bothRight + bothWrong + fixed + broken. */
export interface PairCounts {
  items: number;
  bothRight: number;
  bothWrong: number;
  /** McNemar's c: only the challenger is right. */
  fixed: number;
  /** McNemar's b: only the champion is right. */
  broken: number;
  /** Exact McNemar test, two-sided. */
  pValue: number;
}

/** Change of coverage; the pairs count answered with an intent instead of right. */
export interface CoverageComparison extends Interval {
  gained: number;
  lost: number;
  pValue: number;
}

export interface GroupComparison {
  pairs: PairCounts;
  accuracy: Interval;
  /** Mean F1 of the group's intents. */
  macroF1: Interval;
  /** One-sided 95 % lower bound of the difference of accuracies (Tango). */
  accuracyLowerBound: number;
}

export interface IntentComparison {
  intent: string;
  group: IntentGroup;
  pairs: PairCounts;
  f1: Interval;
  /** One-sided 95 % lower bound of the difference of F1: the lower of the bootstrap's and of what the bound of the recall leaves. */
  f1LowerBound: number;
  /** One-sided 95 % lower bound of the difference of recalls (Tango). */
  recallLowerBound: number;
}

export interface ConfusionGrowth {
  intent: string;
  group: IntentGroup;
  predicted: string;
  champion: number;
  challenger: number;
  /** Items whose right intent it is. */
  support: number;
}

export interface ChangedItem {
  id: string;
  text: string;
  set: EvaluationItem['set'];
  intent: string;
  group: IntentGroup;
  champion: Answer;
  challenger: Answer;
}

export interface Answer {
  intent: string;
  /** 0–1; null where the service gave none. */
  confidence: number | null;
}
