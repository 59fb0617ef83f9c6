import assert from 'node:assert/strict';
import type { DecisionRequest } from '../../../src/console/api';
import { statusAfter, turnsAfter } from '../../../src/console/page/review/pending';

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

describe('turnsAfter: whether there is something to undo or redo before the review shows it', () => {
  const after = (
    shown: { canUndo: boolean; canRedo: boolean },
    ...actions: ('undo' | 'redo' | 'accept-all')[]
  ) =>
    turnsAfter(
      shown,
      actions.map((action) => ({ decision: { action } })),
    );

  it('counts what was just decided or undone', () => {
    const nothing = { canUndo: false, canRedo: false };
    assert.deepEqual(after(nothing), nothing);
    assert.deepEqual(after(nothing, 'accept-all'), { canUndo: true, canRedo: false });
    assert.deepEqual(after(nothing, 'accept-all', 'undo'), { canUndo: false, canRedo: true });
    assert.deepEqual(after(nothing, 'accept-all', 'undo', 'redo'), { canUndo: true, canRedo: false });
  });

  it('leaves nothing to redo after a new decision', () => {
    assert.deepEqual(after({ canUndo: true, canRedo: true }, 'accept-all'), {
      canUndo: true,
      canRedo: false,
    });
    assert.deepEqual(after({ canUndo: false, canRedo: true }, 'redo'), { canUndo: true, canRedo: true });
  });
});
