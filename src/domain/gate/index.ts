export { decide } from './decide';
export type {
  EvidenceSize,
  GateCode,
  GateDecision,
  GateOutcome,
  GateReason,
  GateRule,
  Verdict,
} from './decision';
export type { GateEvidence } from './evidence';
export { defaultExistingIntentsTolerance, defaultGatePolicy, type GatePolicy } from './policy';
