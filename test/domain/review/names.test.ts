import assert from 'node:assert/strict';
import { foldReview, objectionTo, type Decision, type DecisionEvent } from '../../../src/domain/review';
import type { ReviewProposal } from '../../../src/domain/review';

const proposal = (id: string, name: string): ReviewProposal => ({
  id,
  kind: 'new-intent',
  name,
  size: 10,
  interactions: 100,
  nearestIntent: null,
});

/** What is said of decisions, taken one after the other until one is refused. */
function objection(proposals: ReviewProposal[], decisions: Decision[]): string | null {
  const events: DecisionEvent[] = [];
  for (const decision of decisions) {
    const state = foldReview(proposals, events);
    const message = objectionTo(decision, { state, events, existingIntents: ['Saludar'] });
    if (message !== null) return message;
    events.push({ ...decision, number: events.length + 1, at: '' });
  }
  return null;
}

describe('names of intents in a review', () => {
  const author = 'ana';
  const proposals = [proposal('p-1', 'Wifi'), proposal('p-2', 'Perros')];

  it('may not differ by case only where all are accepted at once', () => {
    const renamed: Decision[] = [
      { action: 'rename', proposal: 'p-2', name: 'wifi', author },
      { action: 'accept-all', author },
    ];
    assert.equal(
      objection(proposals, renamed),
      'Proposals p-1 and p-2 would both become the intent "Wifi": merge the two, or rename one of them.',
    );
    const merged: Decision = { action: 'merge', proposals: ['p-1', 'p-2'], author };
    assert.equal(objection(proposals, [renamed[0]!, merged, renamed[1]!]), null);
  });

  it('may not be those of an accepted proposal or of the bot either', () => {
    const accepted: Decision[] = [
      { action: 'rename', proposal: 'p-2', name: 'WIFI', author },
      { action: 'accept', proposal: 'p-1', author },
      { action: 'accept-all', author },
    ];
    assert.match(String(objection(proposals, accepted)), /Proposal p-1 was accepted as "Wifi": merge/);
    assert.match(
      String(objection([proposal('p-1', 'SALUDAR')], [{ action: 'accept-all', author }])),
      /The bot has an intent "Saludar" already/,
    );
  });
});
