import type { ConsoleProposal, DecisionRequest, Review } from '../../api';
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

/** Whether there is something to undo or to redo once decisions count that the review does not show yet. */
export function turnsAfter(
  { canUndo, canRedo }: Pick<Review, 'canUndo' | 'canRedo'>,
  pending: readonly DecisionRequest[],
): { canUndo: boolean; canRedo: boolean } {
  const actions = pending.map(({ decision: { action } }) => ({ action }));
  const last = actions.at(-1)?.action;
  return {
    canUndo: canUndo || last === 'redo' || effectiveEvents(actions).length > 0,
    canRedo: last === 'undo' || (canRedo && actions.every(({ action }) => action === 'redo')),
  };
}

const outcomes: Partial<Record<DecisionRequest['decision']['action'], ConsoleProposal['status']>> = {
  accept: 'accepted',
  assign: 'assigned',
  reject: 'rejected',
  'put-aside': 'aside',
  reopen: 'open',
};
