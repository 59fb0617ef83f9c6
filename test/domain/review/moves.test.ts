import assert from 'node:assert/strict';
import {
  effectiveEvents,
  foldReview,
  objectionTo,
  type DecisionAction,
  type DecisionEvent,
  type ReviewProposal,
} from '../../../src/domain/review';

const proposal = (id: string, name: string, size: number, interactions: number): ReviewProposal => ({
  id,
  kind: id.startsWith('e-') ? 'new-examples' : 'new-intent',
  name,
  size,
  interactions,
  nearestIntent: null,
});
const proposals = [
  proposal('p-1', 'PreguntarWifi', 3, 30),
  proposal('p-2', 'PreguntarPerros', 2, 8),
  proposal('e-Saludar', 'Saludar', 1, 5),
];
const members = new Map([
  ['p-1', ['a', 'b', 'c']],
  ['p-2', ['d', 'e']],
  ['e-Saludar', ['f']],
]);
const existingIntents = ['Saludar', 'PedirCafe'];

const taken = (...decisions: (DecisionAction & Partial<DecisionEvent>)[]): DecisionEvent[] =>
  decisions.map((decision, index) => ({
    author: 'ana',
    at: '2026-11-01T00:00:00.000Z',
    ...decision,
    number: index + 1,
  }));
/** Id → status, size, interactions, members: with the phrases and, as the workflow folds, without. */
function standing(events: DecisionEvent[]) {
  const withMembers = foldReview(proposals, events, members);
  const without = foldReview(proposals, events);
  const figures = ({ proposals: all }: typeof without) =>
    all.map(({ id, status, category, size, interactions, mergedInto }) => ({
      id,
      status,
      category,
      size,
      interactions,
      mergedInto,
    }));
  assert.deepEqual(
    figures(without),
    figures(withMembers),
    'the workflow counts what the data set builds from',
  );
  return {
    aside: withMembers.aside,
    ...Object.fromEntries(
      withMembers.proposals.map(({ id, status, category, size, interactions, memberIds }) => [
        id,
        [status, category, size, interactions, (memberIds ?? []).join('')],
      ]),
    ),
  };
}
const objection = (decision: DecisionAction, events: DecisionEvent[] = []) =>
  objectionTo(
    { ...decision, author: 'ana' },
    {
      state: foldReview(proposals, events),
      events,
      existingIntents,
    },
  );

describe('review: phrases that move', () => {
  const fromFirst = { from: 'p-1', phrases: 1, interactions: 10 };

  it('leave one proposal for another', () => {
    const events = taken({ action: 'move', members: ['a'], proposal: 'p-2', moved: [fromFirst] });
    assert.deepEqual(standing(events), {
      aside: [],
      'p-1': ['open', null, 2, 20, 'bc'],
      'p-2': ['open', null, 3, 18, 'dea'],
      'e-Saludar': ['open', null, 1, 5, 'f'],
    });
  });

  it('make a proposal of their own, out of several places at once', () => {
    const moved = [
      fromFirst,
      { from: 'p-2', phrases: 1, interactions: 3 },
      { from: 't-1', phrases: 1, interactions: 2 },
    ];
    const events = taken({ action: 'move', members: ['a', 'd', 'x'], name: 'Nuevo', moved });
    assert.deepEqual(standing(events), {
      aside: [],
      'p-1': ['open', null, 2, 20, 'bc'],
      'p-2': ['open', null, 1, 5, 'e'],
      'e-Saludar': ['open', null, 1, 5, 'f'],
      'n-1': ['open', null, 3, 15, 'adx'],
    });
  });

  it('go to an intent that the bot has, which is a decision about them, and add up there', () => {
    const events = taken(
      { action: 'move', members: ['a'], intent: 'PedirCafe', moved: [fromFirst] },
      {
        action: 'move',
        members: ['d'],
        intent: 'PedirCafe',
        moved: [{ from: 'p-2', phrases: 1, interactions: 3 }],
      },
    );
    assert.deepEqual((standing(events) as Record<string, unknown>)['m-PedirCafe'], [
      'accepted',
      'PedirCafe',
      2,
      13,
      'ad',
    ]);
  });

  it('into the tray and out of it again', () => {
    const aside: DecisionEvent[] = taken({
      action: 'move',
      members: ['f'],
      aside: true,
      moved: [{ from: 'e-Saludar', phrases: 1, interactions: 5 }],
    });
    assert.deepEqual(standing(aside), {
      aside: ['f'],
      'p-1': ['open', null, 3, 30, 'abc'],
      'p-2': ['open', null, 2, 8, 'de'],
      'e-Saludar': ['aside', null, 0, 0, ''],
    });
    const back = [
      ...aside,
      {
        ...taken({
          action: 'move',
          members: ['f'],
          proposal: 'p-2',
          moved: [{ from: 't-aside', phrases: 1, interactions: 5 }],
        })[0]!,
        number: 2,
      },
    ];
    assert.deepEqual(standing(back), {
      aside: [],
      'p-1': ['open', null, 3, 30, 'abc'],
      'p-2': ['open', null, 3, 13, 'def'],
      'e-Saludar': ['aside', null, 0, 0, ''],
    });
  });

  it('leave nothing to accept where all of them went', () => {
    const events = taken({
      action: 'move',
      members: ['d', 'e'],
      proposal: 'p-1',
      moved: [{ from: 'p-2', phrases: 2, interactions: 8 }],
    });
    const { proposals: all } = foldReview(proposals, events);
    assert.deepEqual(
      all.map(({ id, status, mergedInto }) => [id, status, mergedInto]),
      [
        ['p-1', 'open', null],
        ['p-2', 'merged', 'p-1'],
        ['e-Saludar', 'open', null],
      ],
    );
    assert.match(
      objection({ action: 'accept', proposal: 'p-2' }, events)?.en ?? '',
      /was merged into "PreguntarWifi" \(p-1\)/,
    );
  });

  it('want one target that there is', () => {
    const move: DecisionAction & { action: 'move' } = { action: 'move', members: ['a'] };
    assert.match(objection(move)?.en ?? '', /needs one target/);
    assert.match(objection({ ...move, intent: 'Saludar', name: 'Nuevo' })?.en ?? '', /needs one target/);
    assert.match(objection({ ...move, intent: 'Nada' })?.en ?? '', /no intent "Nada"/);
    assert.match(objection({ ...move, proposal: 'p-9' })?.en ?? '', /no proposal "p-9"/);
    assert.match(objection({ ...move, name: 'con acento é' })?.en ?? '', /no intent name/);
    assert.match(objection({ ...move, name: 'saludar' })?.en ?? '', /has an intent "Saludar" already/);
    assert.match(objection({ ...move, members: ['a', 'a'], aside: true })?.en ?? '', /named twice/);
    assert.match(objection({ ...move, members: [], aside: true })?.en ?? '', /needs the ids/);
    assert.equal(objection({ ...move, aside: true }), null);
  });
});

describe('review: several at once, aside and open again', () => {
  it('takes a decision about several, and one undo takes it back', () => {
    const accepted = taken({ action: 'accept', proposals: ['p-1', 'p-2'] });
    const all = foldReview(proposals, accepted).proposals;
    assert.deepEqual(
      all.map(({ status, category }) => [status, category]),
      [
        ['accepted', 'PreguntarWifi'],
        ['accepted', 'PreguntarPerros'],
        ['open', null],
      ],
    );
    const undone = [...accepted, ...taken({ action: 'undo' })];
    assert.ok(foldReview(proposals, undone).proposals.every(({ status }) => status === 'open'));
  });

  it('refuses what cannot be said of several', () => {
    assert.match(
      objection({ action: 'accept', proposals: ['p-1', 'p-2'], name: 'Uno' })?.en ?? '',
      /for one proposal/,
    );
    assert.match(objection({ action: 'reject', proposals: ['p-1', 'p-1'] })?.en ?? '', /named twice/);
    assert.match(objection({ action: 'reject', proposals: [] })?.en ?? '', /needs a "proposal"/);
    assert.match(objection({ action: 'reject', proposal: 'p-1', proposals: ['p-2'] })?.en ?? '', /not both/);
    const renamed = taken({ action: 'rename', proposal: 'p-2', name: 'preguntarwifi' });
    assert.match(
      objection({ action: 'accept', proposals: ['p-1', 'p-2'] }, renamed)?.en ?? '',
      /both become/,
    );
  });

  it('puts aside and opens again', () => {
    const aside = taken({ action: 'put-aside', proposal: 'p-1', reason: 'later' });
    assert.equal(foldReview(proposals, aside).proposals[0]!.status, 'aside');
    const open = [...aside, { ...taken({ action: 'reopen', proposal: 'p-1' })[0]!, number: 2 }];
    const [first] = foldReview(proposals, open).proposals;
    assert.deepEqual([first!.status, first!.reason], ['open', null]);
    assert.match(objection({ action: 'reopen', proposal: 'p-1' })?.en ?? '', /is open/);
  });
});

describe('review: undo and redo', () => {
  const actions = (...names: string[]) =>
    effectiveEvents(
      taken(
        ...names.map((name): DecisionAction =>
          name === 'undo' || name === 'redo' ? { action: name } : { action: 'reject', proposal: name },
        ),
      ),
    ).map((event) => event.number);

  it('goes back and forth, step by step', () => {
    assert.deepEqual(actions('p-1', 'p-2', 'undo', 'undo', 'redo'), [1]);
    assert.deepEqual(actions('p-1', 'p-2', 'undo', 'undo', 'redo', 'redo'), [1, 2]);
    assert.deepEqual(actions('p-1', 'undo', 'redo', 'undo'), []);
  });

  it('redoes nothing after a new decision', () => {
    assert.deepEqual(actions('p-1', 'undo', 'p-2', 'redo'), [3]);
    const events = taken({ action: 'reject', proposal: 'p-1' }, { action: 'undo' });
    assert.equal(objection({ action: 'redo' }, events), null);
    assert.match(
      objection({ action: 'redo' }, [
        ...events,
        { ...taken({ action: 'reject', proposal: 'p-2' })[0]!, number: 3 },
      ])?.en ?? '',
      /nothing to redo/,
    );
  });
});
