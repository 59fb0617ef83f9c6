import type { SetName } from '../evaluation';
import { plannedDiscordantShare, provableDifference } from '../metrics';
import type { EvidenceSize, GateDecision, GateReason, Verdict } from './decision';
import type { GateEvidence, SetEvidence } from './evidence';
import type { GatePolicy, SignificantPolicy } from './policy';
import { reason } from './reason';
import * as rules from './rules';

/**
 * Decides whether the challenger goes live. `keep` when a rule is broken; otherwise `not-enough-evidence` when one is
 * undecided; otherwise `promote`. Pure and quick, so that a workflow may call it.
 *
 * @param evidence an evaluation
 */
export function decide(evidence: GateEvidence, policy: GatePolicy): GateDecision {
  switch (policy.policy) {
    case 'significant':
      // The golden set is the frozen one: no version was trained on it, neither champion nor challenger.
      return decideOn('golden', evidence, policy, (set) => significantReasons(evidence, set, policy));
    case 'accuracy-above':
      return decideOn('validation', evidence, policy, (set) => [accuracyAbove(set)]);
  }
}

function decideOn(
  basis: SetName,
  evidence: GateEvidence,
  { policy }: GatePolicy,
  reasonsFor: (set: SetEvidence) => GateReason[],
): GateDecision {
  const set = evidence.sets[basis];
  const reasons = set
    ? reasonsFor(set)
    : [reason({ code: 'no-items', rule: 'answers', outcome: 'undecided', facts: { set: basis } })];
  return { verdict: verdictOf(reasons), policy, basis, evidence: evidenceSize(set), reasons };
}

function significantReasons(
  evidence: GateEvidence,
  set: SetEvidence,
  policy: SignificantPolicy,
): GateReason[] {
  return [
    rules.checkAnswers(evidence),
    rules.checkMacroF1(set, policy),
    ...rules.checkMcNemar(set),
    rules.checkExistingIntents(set, policy),
    ...rules.checkProtectedIntents(set, policy),
    rules.checkOutOfScope(set, policy),
    ...rules.checkConfusion(set, policy),
    rules.checkLatency(set, policy),
    rules.checkCalibration(set, policy),
  ];
}

function accuracyAbove({ champion, challenger }: SetEvidence): GateReason {
  const above = challenger.accuracy.value > champion.accuracy.value;
  return reason({
    code: above ? 'accuracy-above' : 'accuracy-not-above',
    rule: 'accuracy-above',
    outcome: above ? 'passed' : 'failed',
    value: challenger.accuracy.value,
    threshold: champion.accuracy.value,
  });
}

function verdictOf(reasons: readonly GateReason[]): Verdict {
  if (reasons.some(({ outcome }) => outcome === 'failed')) return 'keep';
  return reasons.some(({ outcome }) => outcome === 'undecided') ? 'not-enough-evidence' : 'promote';
}

function evidenceSize(set: SetEvidence | null): EvidenceSize {
  const items = set?.items ?? 0;
  const changed = set ? set.comparison.pairs.fixed + set.comparison.pairs.broken : 0;
  return {
    items,
    changed,
    provableDifference: provableDifference(plannedDiscordantShare(changed, items), items),
  };
}
