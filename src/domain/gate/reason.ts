import type { GateReason } from './decision';

type Optional = 'value' | 'threshold' | 'facts' | 'itemsNeeded';

/** Fills in what a reason does not state; `passed` follows from the outcome. */
export function reason(
  stated: Omit<GateReason, Optional | 'passed'> & Partial<Pick<GateReason, Optional>>,
): GateReason {
  return {
    value: null,
    threshold: null,
    facts: {},
    itemsNeeded: null,
    ...stated,
    passed: stated.outcome === 'passed' || stated.outcome === 'not-applicable',
  };
}
