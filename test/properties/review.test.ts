import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  foldReview,
  objectionTo,
  type Decision,
  type DecisionEvent,
  type ReviewProposal,
} from '../../src/domain/review';

const seed = 4;
const ids = ['p-1', 'p-2', 'p-3', 'e-Saludar'];
const proposals: ReviewProposal[] = ids.map((id, index) => ({
  id,
  kind: id.startsWith('e-') ? 'new-examples' : 'new-intent',
  name: id.startsWith('e-') ? 'Saludar' : `Tema${index}`,
  size: 4,
  interactions: 10,
  nearestIntent: null,
}));
const members = new Map(ids.map((id) => [id, ['a', 'b', 'c', 'd'].map((one) => `${id}${one}`)]));

const someId = fc.constantFrom(...ids, 'p-1.1', 'p-9', '__proto__', '');
const someName = fc.constantFrom('Nuevo', 'nuevo', 'Saludar', 'Con acento é', '', 'x'.repeat(101), 'Tema0');
const action = fc.constantFrom(
  'accept',
  'accept-all',
  'rename',
  'merge',
  'split',
  'assign',
  'reject',
  'put-aside',
  'reopen',
  'undo',
  'redo',
  'delete',
  '',
);

/** Decisions as a signal from the Temporal UI may bring them: some right, all JSON. */
const anyJson = fc.jsonValue({ maxDepth: 2 });
const oddText = fc.oneof(
  fc.constantFrom<unknown>({ toString: 1 }, [], {}, null, 7, 'x'.repeat(300_000)),
  anyJson,
);
const sensible = fc.oneof(
  fc.record({
    action: fc.constantFrom('accept', 'reject'),
    author: fc.constant('ana'),
    proposal: fc.constantFrom(...ids),
  }),
  fc.record({
    action: fc.constant('merge'),
    author: fc.constant('ana'),
    proposals: fc.shuffledSubarray(ids.slice(0, 3), { minLength: 2 }),
  }),
  fc.constant({ action: 'undo', author: 'eva' }),
  fc.constant({ action: 'redo', author: 'eva' }),
);
const decision = fc.oneof(
  { weight: 3, arbitrary: sensible },
  fc.record(
    {
      action,
      author: fc.constantFrom('ana', '', ' '),
      proposal: someId,
      proposals: fc.array(someId, { maxLength: 3 }),
      members: fc.array(fc.constantFrom('p-1a', 'p-1b', 'p-2a', 'zz'), { maxLength: 5 }),
      intent: fc.constantFrom('Saludar', 'Nada'),
      name: someName,
      reason: fc.string({ maxLength: 5 }),
    },
    { requiredKeys: ['action'] },
  ),
  fc.record(
    {
      action,
      author: fc.oneof(fc.constant('ana'), oddText),
      proposal: oddText,
      proposals: oddText,
      members: oddText,
      intent: oddText,
      name: oddText,
      reason: oddText,
    },
    { requiredKeys: ['action', 'author'] },
  ),
  anyJson,
);

describe('decisions of a review, whatever they are', () => {
  it('are refused in words or can be folded, and never throw', () => {
    let taken = 0;
    fc.assert(
      fc.property(fc.array(decision, { maxLength: 12 }), (decisions) => {
        const events: DecisionEvent[] = [];
        for (const some of decisions) {
          const state = foldReview(proposals, events, members);
          const objection = objectionTo(some as Decision, { state, events, existingIntents: ['Saludar'] });
          if (objection !== null) {
            for (const text of Object.values(objection))
              assert.ok(text.length > 10 && text.length < 2_000, text.slice(0, 200));
            continue;
          }
          taken++;
          const event = { ...(some as Decision), number: events.length + 1, at: '2026-11-01T00:00:00.000Z' };
          assert.ok(JSON.stringify(event).length < 10_000, 'what is taken stays small');
          events.push(event);
          const folded = foldReview(proposals, events, members);
          const all = folded.proposals
            .filter(({ status }) => status !== 'merged')
            .flatMap(({ memberIds }) => memberIds ?? []);
          assert.equal(new Set(all).size, all.length, 'no phrase stands in two proposals');
        }
      }),
      { seed, numRuns: 2_000 },
    );
    assert.ok(taken > 1_000, `only ${taken} decisions were right`);
  });
});
