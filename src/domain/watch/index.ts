export { assessTraffic, type MeasureFinding, type WatchAssessment } from './assess';
export { describeWatch, findingSentences } from './describe';
export { watchWorkflowId, type WatchStatus, type WatchVerdict } from './status';
export {
  dispersionOf,
  totalTraffic,
  type Baseline,
  type HourOfTraffic,
  type Traffic,
  type WatchedMeasure,
} from './traffic';
export { metricPeriodMs, nextLook, watchWindow, type WatchWindow } from './window';
