import type { GateConfiguration } from '../pipeline';

/** The rules and thresholds of a pipeline's gate; docs/evaluation.md explains each. */
export type GatePolicy = GateConfiguration;

export type SignificantPolicy = Extract<GatePolicy, { policy: 'significant' }>;

/** Loss of accuracy on the existing intents taken together that is tolerated where the pipeline file names none. */
export const defaultExistingIntentsTolerance = 0.03;

/** The gate of a pipeline file that says nothing about it. */
export const defaultGatePolicy: SignificantPolicy = {
  policy: 'significant',
  macroF1Tolerance: 0.005,
  existingIntentsTolerance: defaultExistingIntentsTolerance,
  protectedIntentTolerance: 0.1,
  protectedIntents: [],
  outOfScopeTolerance: 0.05,
  confusionCellGrowth: { count: 3, share: 0.02 },
  latencyRatio: 1.5,
  calibrationTolerance: 0.05,
};
