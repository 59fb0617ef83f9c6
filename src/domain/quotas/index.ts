/** What targets take at most, and how to choose when that is less than there is. */
export {
  checkQuotas,
  describeViolation,
  importedIntents,
  lexQuotas,
  type LexQuotas,
  type QuotaViolation,
} from './lex';
export {
  selectWithinQuota,
  type Candidate,
  type QuotaReason,
  type QuotaSelection,
} from './select-within-quota';
