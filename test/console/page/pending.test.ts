import assert from 'node:assert/strict';
import type { DecisionRequest } from '../../../src/console/api';
import { statusAfter } from '../../../src/console/page/review/pending';

describe('statusAfter: how a proposal stands before the review shows it', () => {
  const after = (status: 'open' | 'accepted', ...decisions: DecisionRequest['decision'][]) =>
    statusAfter(
      { id: 'a', status },
      decisions.map((decision) => ({ decision })),
    );

  it('is what the last decision about it says', () => {
    assert.equal(after('open'), 'open');
    assert.equal(after('open', { action: 'accept', proposal: 'a' }), 'accepted');
    assert.equal(after('open', { action: 'accept', proposal: 'b' }), 'open');
    assert.equal(after('open', { action: 'reject', proposals: ['b', 'a'] }), 'rejected');
    assert.equal(
      after('open', { action: 'put-aside', proposal: 'a' }, { action: 'reopen', proposal: 'a' }),
      'open',
    );
    assert.equal(after('accepted', { action: 'assign', proposal: 'a', intent: 'Saludar' }), 'assigned');
  });

  it('is not changed by a new name, nor for the first of a merge', () => {
    assert.equal(after('open', { action: 'rename', proposal: 'a', name: 'Otro' }), 'open');
    assert.equal(after('accepted', { action: 'merge', proposals: ['a', 'b'] }), 'accepted');
    assert.equal(after('open', { action: 'merge', proposals: ['b', 'a'] }), 'merged');
  });

  it('is what it was once the decision is taken back', () => {
    const accept = { action: 'accept', proposal: 'a' } as const;
    assert.equal(after('open', accept, { action: 'undo' }), 'open');
    assert.equal(after('open', accept, { action: 'undo' }, { action: 'redo' }), 'accepted');
    assert.equal(after('open', { action: 'undo' }, accept), 'accepted');
  });

  it('is accepted with all that is open', () => {
    assert.equal(after('open', { action: 'accept-all' }), 'accepted');
    assert.equal(after('open', { action: 'reject', proposal: 'a' }, { action: 'accept-all' }), 'rejected');
  });
});
