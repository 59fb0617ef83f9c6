import type { Comparison, EvaluationCounts, ModelMetrics, SetName } from '../evaluation';

/** The part of an evaluation that the gate looks at; an `Evaluation` is one. */
export interface GateEvidence {
  counts: EvaluationCounts;
  sets: Record<SetName, SetEvidence | null>;
}

export interface SetEvidence {
  items: number;
  champion: ModelEvidence;
  challenger: ModelEvidence;
  comparison: Comparison;
}

type ModelEvidence = Pick<
  ModelMetrics,
  'accuracy' | 'macroF1' | 'outOfScopeRecall' | 'latency' | 'calibration'
>;
