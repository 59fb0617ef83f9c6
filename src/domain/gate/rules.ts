/** The rules of the `significant` policy, one function each; docs/evaluation.md gives them in words. */
import type { IntentComparison } from '../evaluation';
import {
  exactMcNemar,
  fewestTellingChanges,
  itemsNeeded,
  plannedDiscordantShare,
  type Calibration,
} from '../metrics';
import type { GateReason } from './decision';
import type { GateEvidence, SetEvidence } from './evidence';
import { defaultExistingIntentsTolerance, type SignificantPolicy } from './policy';
import { reason } from './reason';

const significanceLevel = 0.05;
/** Share of the items that both models must have answered: what is missing is seldom missing at random. */
const answeredShareNeeded = 0.99;
/** Less macro F1 than this is not worth a new version, however well it is proved. */
const worthwhileGain = 0.01;
/** With fewer out-of-scope items their recall says nothing. */
const outOfScopeItemsNeeded = 20;
/** Nobody notices so little waiting, whatever the ratio. */
const negligibleLatencyMs = 50;

/** Both models answered (nearly) all items. */
export function checkAnswers({ counts }: GateEvidence): GateReason {
  const value = counts.items === 0 ? 0 : counts.answeredByBoth / counts.items;
  const complete = value >= answeredShareNeeded;
  return reason({
    code: complete ? 'answers-complete' : 'answers-missing',
    rule: 'answers',
    outcome: complete ? 'passed' : 'undecided',
    value,
    threshold: answeredShareNeeded,
    facts: { items: counts.items, missing: counts.notAnsweredByBoth },
  });
}

/** Rule 1: macro F1 is better, or held while the bot answers more. */
export function checkMacroF1(set: SetEvidence, policy: SignificantPolicy): GateReason {
  const { macroF1, coverage, pairs } = set.comparison;
  const changed = pairs.fixed + pairs.broken;
  const fewest = fewestTellingChanges(significanceLevel);
  const common = {
    rule: 'macro-f1',
    value: macroF1.value,
    threshold: 0,
    facts: {
      lower: macroF1.lower,
      upper: macroF1.upper,
      champion: set.champion.macroF1.value,
      challenger: set.challenger.macroF1.value,
      changed,
      fewestChanges: fewest,
      coverageGain: coverage.value,
      worthwhileGain,
    },
  } as const;
  const coverageGrows = coverage.value > 0 && coverage.pValue < significanceLevel;

  if (macroF1.upper < 0) return reason({ ...common, code: 'macro-f1-worse', outcome: 'failed' });
  if (macroF1.lower > 0 && changed >= fewest) {
    return reason({ ...common, code: 'macro-f1-better', outcome: 'passed' });
  }
  if (coverageGrows && macroF1.lower >= -policy.macroF1Tolerance) {
    return reason({
      ...common,
      code: 'macro-f1-held-with-coverage',
      outcome: 'passed',
      threshold: -policy.macroF1Tolerance,
    });
  }
  const needed = itemsNeeded(
    plannedDiscordantShare(changed, pairs.items),
    Math.max(macroF1.value, worthwhileGain),
  );
  if (macroF1.lower > 0) {
    return reason({
      ...common,
      code: 'macro-f1-too-few-changes',
      outcome: 'undecided',
      itemsNeeded: Math.max(needed, Math.ceil((pairs.items * fewest) / Math.max(changed, 1))),
    });
  }
  if (macroF1.upper < worthwhileGain && changed >= fewest) {
    return reason({
      ...common,
      code: 'macro-f1-no-worthwhile-gain',
      outcome: 'failed',
      threshold: worthwhileGain,
    });
  }
  return reason({
    ...common,
    code: 'macro-f1-unclear',
    outcome: 'undecided',
    itemsNeeded: Math.max(needed, pairs.items + 1),
  });
}

/** Rule 2: McNemar's exact test does not speak against the challenger, on all items and on those the champion could know. */
export function checkMcNemar({ comparison }: SetEvidence): GateReason[] {
  const { existing, 'out-of-scope': outOfScope } = comparison.groups;
  const old = [existing, outOfScope].flatMap((group) => (group ? [group.pairs] : []));
  const total = (count: 'fixed' | 'broken') => old.reduce((sum, pairs) => sum + pairs[count], 0);
  return [
    judgeChanges('all', comparison.pairs.fixed, comparison.pairs.broken),
    ...(comparison.groups.new ? [judgeChanges('without-new', total('fixed'), total('broken'))] : []),
  ];
}

function judgeChanges(items: 'all' | 'without-new', fixed: number, broken: number): GateReason {
  const pValue = exactMcNemar(fixed, broken);
  const worse = broken > fixed && pValue < significanceLevel;
  return reason({
    code: worse ? 'mcnemar-worse' : 'mcnemar-not-worse',
    rule: 'mcnemar',
    outcome: worse ? 'failed' : 'passed',
    value: pValue,
    threshold: significanceLevel,
    facts: { items, fixed, broken },
  });
}

/** Rule 3, first part: the existing intents taken together lose no more than is tolerated. */
export function checkExistingIntents({ comparison }: SetEvidence, policy: SignificantPolicy): GateReason {
  const { existing } = comparison.groups;
  if (!existing) {
    return reason({ code: 'existing-intents-none', rule: 'existing-intents', outcome: 'undecided' });
  }
  const tolerance = policy.existingIntentsTolerance ?? defaultExistingIntentsTolerance;
  const { items, fixed, broken } = existing.pairs;
  const difference = (fixed - broken) / items;
  const common = {
    rule: 'existing-intents',
    value: existing.accuracyLowerBound,
    threshold: -tolerance,
    facts: { difference, items, fixed, broken },
  } as const;
  if (existing.accuracyLowerBound > -tolerance) {
    return reason({ ...common, code: 'existing-intents-kept', outcome: 'passed' });
  }
  if (difference < -tolerance && existing.pairs.pValue < significanceLevel) {
    return reason({ ...common, code: 'existing-intents-worse', outcome: 'failed' });
  }
  return reason({
    ...common,
    code: 'existing-intents-unclear',
    outcome: 'undecided',
    itemsNeeded: itemsToRuleOut(fixed + broken, items, tolerance),
  });
}

/** Rule 3, second part: no protected intent loses more than is tolerated. */
export function checkProtectedIntents({ comparison }: SetEvidence, policy: SignificantPolicy): GateReason[] {
  const names =
    policy.protectedIntents === 'all-existing'
      ? comparison.intents.filter(({ group }) => group === 'existing').map(({ intent }) => intent)
      : policy.protectedIntents;
  if (names.length === 0) {
    return [reason({ code: 'protected-intents-none', rule: 'protected-intents', outcome: 'not-applicable' })];
  }
  return names.map((name) => {
    const intent = comparison.intents.find((candidate) => candidate.intent === name);
    return intent
      ? judgeProtectedIntent(intent, policy.protectedIntentTolerance)
      : reason({
          code: 'protected-intent-without-items',
          rule: 'protected-intents',
          outcome: 'undecided',
          facts: { intent: name },
        });
  });
}

function judgeProtectedIntent(
  { intent, pairs, f1, f1LowerBound }: IntentComparison,
  tolerance: number,
): GateReason {
  const common = {
    rule: 'protected-intents',
    value: f1LowerBound,
    threshold: -tolerance,
    facts: { intent, difference: f1.value, ...pairs },
  } as const;
  if (f1LowerBound > -tolerance)
    return reason({ ...common, code: 'protected-intent-kept', outcome: 'passed' });
  if (f1.value < -tolerance && f1.upper < 0)
    return reason({ ...common, code: 'protected-intent-worse', outcome: 'failed' });
  return reason({
    ...common,
    code: 'protected-intent-unclear',
    outcome: 'undecided',
    itemsNeeded: itemsToRuleOut(pairs.fixed + pairs.broken, pairs.items, tolerance),
  });
}

/** Rule 4: what the bot should not understand still falls back. */
export function checkOutOfScope(set: SetEvidence, policy: SignificantPolicy): GateReason {
  const pairs = set.comparison.groups['out-of-scope']?.pairs;
  const items = pairs?.items ?? 0;
  const difference = set.comparison.outOfScopeRecall?.value ?? null;
  const common = {
    rule: 'out-of-scope',
    value: difference,
    threshold: -policy.outOfScopeTolerance,
    facts: {
      items,
      champion: set.champion.outOfScopeRecall?.value ?? 0,
      challenger: set.challenger.outOfScopeRecall?.value ?? 0,
    },
  } as const;
  if (!pairs || difference === null || items < outOfScopeItemsNeeded) {
    return reason({
      ...common,
      code: 'out-of-scope-too-few',
      outcome: 'undecided',
      itemsNeeded: outOfScopeItemsNeeded,
    });
  }
  if (difference >= -policy.outOfScopeTolerance) {
    return reason({ ...common, code: 'out-of-scope-kept', outcome: 'passed' });
  }
  if (pairs.pValue < significanceLevel) {
    return reason({ ...common, code: 'out-of-scope-worse', outcome: 'failed' });
  }
  return reason({
    ...common,
    code: 'out-of-scope-unclear',
    outcome: 'undecided',
    itemsNeeded: itemsToRuleOut(pairs.fixed + pairs.broken, items, policy.outOfScopeTolerance),
  });
}

/**
 * Rule 5: no confusion grows much. Rows of new intents do not count: the champion gets all of their items wrong, so that
 * any wrong answer would be growth.
 */
export function checkConfusion({ comparison }: SetEvidence, policy: SignificantPolicy): GateReason[] {
  const { count, share } = policy.confusionCellGrowth;
  const cells = comparison.confusionGrowth.filter(({ group }) => group !== 'new');
  const grown = cells.filter(
    (cell) => cell.challenger - cell.champion > Math.max(count, share * cell.support),
  );
  if (grown.length === 0) {
    const growth = Math.max(0, ...cells.map((cell) => cell.challenger - cell.champion));
    return [
      reason({
        code: 'confusion-steady',
        rule: 'confusion',
        outcome: 'passed',
        value: growth,
        threshold: count,
      }),
    ];
  }
  return grown.map(({ intent, predicted, champion, challenger, support }) =>
    reason({
      code: 'confusion-grew',
      rule: 'confusion',
      outcome: 'failed',
      value: challenger - champion,
      threshold: Math.max(count, share * support),
      facts: { intent, predicted, champion, challenger, support },
    }),
  );
}

/** Rule 6, first part: answers do not become noticeably slower. */
export function checkLatency({ champion, challenger }: SetEvidence, policy: SignificantPolicy): GateReason {
  const [before, now] = [champion.latency.p95Ms, challenger.latency.p95Ms];
  const worse = now > before * policy.latencyRatio && now - before > negligibleLatencyMs;
  return reason({
    code: worse ? 'latency-worse' : 'latency-kept',
    rule: 'latency',
    outcome: worse ? 'failed' : 'passed',
    value: before === 0 ? null : now / before,
    threshold: policy.latencyRatio,
    facts: { champion: before, challenger: now },
  });
}

/**
 * Rule 6, second part: stated confidence still means what it meant. An answer that is right more often than it says harms
 * nobody, and a better model easily becomes such: only overconfidence counts.
 */
export function checkCalibration(
  { champion, challenger }: SetEvidence,
  policy: SignificantPolicy,
): GateReason {
  const before = champion.calibration.expectedCalibrationError;
  const now = challenger.calibration.expectedCalibrationError;
  if (before === null || now === null) {
    return reason({ code: 'calibration-unknown', rule: 'calibration', outcome: 'not-applicable' });
  }
  const worse = now - before > policy.calibrationTolerance && overconfidence(challenger.calibration) > 0;
  return reason({
    code: worse ? 'calibration-worse' : 'calibration-kept',
    rule: 'calibration',
    outcome: worse ? 'failed' : 'passed',
    value: now - before,
    threshold: policy.calibrationTolerance,
    facts: { champion: before, challenger: now },
  });
}

/** Mean confidence minus share of right answers. */
function overconfidence({ bins, items }: Calibration): number {
  return bins.reduce((total, bin) => total + (bin.meanConfidence - bin.accuracy) * (bin.items / items), 0);
}

/**
 * Items that rule out a loss, and always more than there are: with these the rule stayed undecided. Null where nothing is
 * tolerated, which no number of items can prove.
 */
function itemsToRuleOut(changed: number, items: number, tolerance: number): number | null {
  return tolerance === 0
    ? null
    : Math.max(items + 1, itemsNeeded(plannedDiscordantShare(changed, items), tolerance));
}
