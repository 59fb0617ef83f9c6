import type { LeftOutReason } from '../../dataset';
import type { IntentGroup, SetName } from '../../evaluation';
import type { GateCode, GateOutcome, GateReason, Verdict } from '../../gate';
import type { QuotaReason } from '../../quotas';
import type { StageName } from '../../cycle';
import type { Numbers } from '../numbers';
import type { DiscoveryMessages } from './discovery-messages';
import type { NotificationMessages } from './notification-messages';

/** Everything that reports and notifications say in one language. */
export interface Messages {
  reasons: Record<GateCode, (reason: GateReason, numbers: Numbers) => string>;
  verdicts: Record<Verdict, (versions: { champion: string; challenger: string }) => string>;
  /** One sentence on an undecided reason: how many items would settle it. */
  itemsNeeded: (items: string) => string;
  outcomes: Record<GateOutcome, string>;
  sets: Record<SetName, string>;
  groups: Record<IntentGroup, string>;
  /** Words for codes of reasons for leaving something out. */
  leftOutReasons: Record<LeftOutReason | QuotaReason, string>;
  stages: Record<StageName, string>;
  report: ReportMessages;
  discovery: DiscoveryMessages;
  notification: NotificationMessages;
}

export interface ReportMessages {
  languageName: string;
  switchLabel: string;
  title: (pipeline: string, cycle: string) => string;
  subtitle: (champion: string, challenger: string, time: string) => string;
  verdictHeading: string;
  leadChanges: (facts: { items: string; set: string; fixed: string; broken: string }) => string;
  leadEvidence: (facts: { items: string; difference: string }) => string;
  rulesAgainst: string;
  rulesUndecided: string;
  rulesFor: string;
  protectedKept: (count: string, weakest: string, bound: string) => string;
  protectedUnclear: (facts: { count: string; tolerance: string; intents: string }) => string;
  liveNow: (version: string) => string;
  numbersHeading: string;
  numbersNote: (set: string) => string;
  measures: Record<MeasureName, { name: string; explanation: string }>;
  before: string;
  after: string;
  difference: string;
  interval95: (lower: string, upper: string) => string;
  points: (value: string) => string;
  setsHeading: string;
  set: string;
  group: string;
  items: string;
  fixed: string;
  broken: string;
  pValue: string;
  changesHeading: string;
  changesNote: string;
  fixedHeading: (count: string) => string;
  brokenHeading: (count: string) => string;
  differentlyWrongHeading: (count: string) => string;
  noneFixed: string;
  noneBroken: string;
  phrase: string;
  rightIntent: string;
  answeredBefore: string;
  answeredNow: string;
  fallback: string;
  showMore: (count: string) => string;
  intentsHeading: string;
  intentsNote: string;
  intent: string;
  newTag: string;
  intentChartLabel: (facts: { intent: string; before: string; after: string }) => string;
  intentTable: string;
  precision: string;
  recall: string;
  support: string;
  confusionHeading: string;
  confusionNote: string;
  confusionMapLabel: (version: string) => string;
  confusionCell: (facts: { intent: string; predicted: string; count: string }) => string;
  confusionTable: string;
  noConfusion: string;
  taken: string;
  newIntentsHeading: string;
  newIntentFacts: (phrases: string, interactions: string) => string;
  diffHeading: string;
  diffNote: (facts: { intents: string; phrases: string; unchanged: string }) => string;
  diffNew: string;
  diffAdded: string;
  diffRemoved: string;
  diffRemovedIntents: string;
  diffOther: string;
  diffToEdit: string;
  diffClosingMessage: (intent: string, message: string) => string;
  phrases: (count: string) => string;
  dataHeading: string;
  funnel: Record<FunnelStep, string>;
  countsHeading: string;
  leftOutHeading: string;
  noneLeftOut: string;
  dataset: Record<'accepted' | 'training' | 'validation' | 'goldenAdded' | 'golden' | 'leftOut', string>;
  redacted: (count: string) => string;
  quarantined: (count: string) => string;
  timingHeading: string;
  stage: string;
  took: string;
  waitingForPerson: string;
  unansweredHeading: (count: string) => string;
  unanswered: (facts: { count: string; reason: string; model: string }) => string;
  champion: string;
  challenger: string;
  nextHeading: string;
  next: Record<Verdict, (pipeline: string) => { text: string; command: string | null }[]>;
  methodHeading: string;
  method: (facts: { resamples: string; seed: string }) => string;
}

export type MeasureName =
  | 'accuracy'
  | 'macroF1'
  | 'weightedF1'
  | 'coverage'
  | 'fallbackRate'
  | 'outOfScopeRecall'
  | 'latency'
  | 'calibration';

export type FunnelStep = 'records' | 'accepted' | 'counted' | 'utterances' | 'learnable' | 'training';
