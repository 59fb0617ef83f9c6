import assert from 'node:assert/strict';
import type { Sentence } from '../../../src/domain/language';
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
function objection(proposals: ReviewProposal[], decisions: Decision[]): Sentence | null {
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
    assert.deepEqual(objection(proposals, renamed), {
      en: '"Wifi" (p-1) and "wifi" (p-2) would both become the intent "Wifi": merge the two, or rename one of them.',
      es: 'Dos propuestas serían la misma intención, «Wifi»: únalas, o renombre una de ellas.',
    });
    const merged: Decision = { action: 'merge', proposals: ['p-1', 'p-2'], author };
    assert.equal(objection(proposals, [renamed[0]!, merged, renamed[1]!]), null);
  });

  it('may not be those of an accepted proposal or of the bot either', () => {
    const accepted: Decision[] = [
      { action: 'rename', proposal: 'p-2', name: 'WIFI', author },
      { action: 'accept', proposal: 'p-1', author },
      { action: 'accept-all', author },
    ];
    assert.deepEqual(objection(proposals, accepted), {
      en: 'Another proposal (p-1) was accepted as "Wifi": merge the two, or choose another name.',
      es: 'Otra propuesta ya se aceptó como «Wifi»: una las dos, o elija otro nombre.',
    });
    assert.deepEqual(objection([proposal('p-1', 'SALUDAR')], [{ action: 'accept-all', author }]), {
      en: 'The bot has an intent "Saludar" already: assign the proposal to it, or choose another name.',
      es: 'El bot ya tiene la intención «Saludar»: dé la propuesta a esa, o elija otro nombre.',
    });
  });
});
