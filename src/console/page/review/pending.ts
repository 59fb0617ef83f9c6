import type { ConsoleProposal, DecisionRequest } from '../../api';
import { effectiveEvents } from '../../../domain/review/decision';
import { subjectsOf } from '../outbox/outbox';

/**
 * How a proposal stands once decisions count that it does not show yet: what decides fast meets a proposal again before
 * the review was read anew.
 * @param pending in the order in which they were taken
 */
export function statusAfter(
  { id, status }: Pick<ConsoleProposal, 'id' | 'status'>,
  pending: readonly DecisionRequest[],
): ConsoleProposal['status'] {
  const standing = effectiveEvents(
    pending.map((request) => ({ action: request.decision.action, ids: subjectsOf(request) })),
  );
  let after = status;
  for (const { action, ids } of standing) {
    if (action === 'accept-all' && after === 'open') after = 'accepted';
    if (!ids.includes(id)) continue;
    // The others join the first.
    if (action === 'merge') after = ids[0] === id ? after : 'merged';
    else after = outcomes[action] ?? after;
  }
  return after;
}

const outcomes: Partial<Record<DecisionRequest['decision']['action'], ConsoleProposal['status']>> = {
  accept: 'accepted',
  assign: 'assigned',
  reject: 'rejected',
  'put-aside': 'aside',
  reopen: 'open',
};
