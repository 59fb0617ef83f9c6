export { stratifiedBootstrap, type BootstrapEstimate } from './bootstrap';
export { calibrate, type Calibration, type CalibrationBin } from './calibration';
export { accuracy, countLabels, f1, macroF1, weightedF1, type LabelCounts } from './classification';
export type { Interval } from './interval';
export { exactMcNemar, fewestTellingChanges } from './mcnemar';
export { pairedDifferenceLowerBound, wilsonInterval } from './proportion';
export { quantile } from './quantile';
export { seededRandom } from './random';
export { itemsNeeded, plannedDiscordantShare, provableDifference } from './sample-size';
