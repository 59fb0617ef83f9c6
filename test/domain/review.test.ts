import assert from 'node:assert/strict';
import {
  foldReview,
  objectionTo,
  type Decision,
  type DecisionEvent,
  type ReviewProposal,
} from '../../src/domain/review';

const proposals: ReviewProposal[] = [
  { id: 'p-1', kind: 'new-intent', name: 'PreguntarWifi', size: 10, interactions: 100, nearestIntent: null },
  {
    id: 'p-2',
    kind: 'new-intent',
    name: 'PreguntarClaveWifi',
    size: 4,
    interactions: 20,
    nearestIntent: null,
  },
  {
    id: 'e-PedirCafe',
    kind: 'new-examples',
    name: 'PedirCafe',
    size: 6,
    interactions: 30,
    nearestIntent: null,
  },
];
const members = new Map([
  ['p-1', ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']],
  ['p-2', ['k', 'l', 'm', 'n']],
  ['e-PedirCafe', ['o', 'p', 'q', 'r', 's', 't']],
]);

function events(...decisions: Decision[]): DecisionEvent[] {
  return decisions.map((decision, index) => ({
    ...decision,
    number: index + 1,
    at: '2026-11-01T00:00:00.000Z',
  }));
}

function fold(...decisions: Decision[]) {
  const { proposals: folded } = foldReview(proposals, events(...decisions), members);
  return new Map(folded.map((one) => [one.id, one]));
}

const author = 'ana';

describe('review: the fold of decisions', () => {
  it('accepts under the suggested name or another', () => {
    assert.equal(fold({ action: 'accept', proposal: 'p-1', author }).get('p-1')?.category, 'PreguntarWifi');
    assert.equal(
      fold({ action: 'accept', proposal: 'p-1', name: 'Wifi', author }).get('p-1')?.category,
      'Wifi',
    );
  });

  it('merges members and counts into the first, and undo takes all of it back', () => {
    const merge: Decision = { action: 'merge', proposals: ['p-1', 'p-2'], name: 'Wifi', author };
    const merged = fold(merge, { action: 'accept', proposal: 'p-1', author });
    assert.deepEqual(
      [merged.get('p-1')?.size, merged.get('p-1')?.interactions, merged.get('p-1')?.category],
      [14, 120, 'Wifi'],
    );
    assert.deepEqual(merged.get('p-1')?.memberIds, [
      ...(members.get('p-1') ?? []),
      ...(members.get('p-2') ?? []),
    ]);
    assert.equal(merged.get('p-2')?.status, 'merged');
    const undone = fold(merge, { action: 'undo', author });
    assert.deepEqual([undone.get('p-1')?.size, undone.get('p-2')?.status], [10, 'open']);
  });

  it('splits members off into a proposal of their own', () => {
    const { proposals: folded } = foldReview(
      proposals,
      [
        {
          action: 'split',
          proposal: 'p-1',
          members: ['a', 'c'],
          name: 'ClaveWifi',
          author,
          number: 1,
          at: '',
          interactions: 15,
        },
      ],
      members,
    );
    const parent = folded.find((one) => one.id === 'p-1');
    const child = folded.find((one) => one.id === 'p-1.1');
    assert.deepEqual([parent?.size, parent?.interactions], [8, 85]);
    assert.deepEqual([child?.size, child?.interactions, child?.memberIds], [2, 15, ['a', 'c']]);
    assert.ok(!parent?.memberIds?.includes('a'));
  });

  it('gives the same counts with and without members', () => {
    const decisions = events(
      { action: 'merge', proposals: ['p-2', 'p-1'], author },
      { action: 'accept-all', author },
      { action: 'rename', proposal: 'p-2', name: 'Wifi', author },
    );
    const strip = (list: { memberIds: string[] | null }[]) =>
      list.map((one) => ({ ...one, memberIds: null }));
    assert.deepEqual(
      strip(foldReview(proposals, decisions).proposals),
      strip(foldReview(proposals, decisions, members).proposals),
    );
  });
});

describe('review: what a decision may not be', () => {
  const context = (...decisions: Decision[]) => {
    const list = events(...decisions);
    return { state: foldReview(proposals, list), events: list, existingIntents: ['PedirCafe', 'Saludar'] };
  };
  const cases: [string, Decision, RegExp, Decision[]?][] = [
    ['an unknown proposal', { action: 'accept', proposal: 'p-9', author }, /no proposal "p-9".*p-1, p-2/],
    ['no author', { action: 'accept-all', author: ' ' }, /needs its author/],
    ['a name with an accent', { action: 'accept', proposal: 'p-1', name: 'Menú', author }, /no intent name/],
    [
      'a name that differs by case only',
      { action: 'accept', proposal: 'p-1', name: 'pedircafe', author },
      /"PedirCafe" already/,
    ],
    [
      'a name that another proposal took',
      { action: 'accept', proposal: 'p-2', name: 'preguntarwifi', author },
      /merge the two/,
      [{ action: 'accept', proposal: 'p-1', author }],
    ],
    ['an unknown action', { action: 'approve', author } as unknown as Decision, /Unknown action "approve"/],
    ['nothing to undo', { action: 'undo', author }, /no decision to undo/],
    [
      'an undo of an undone decision',
      { action: 'undo', author },
      /no decision to undo/,
      [
        { action: 'accept-all', author },
        { action: 'undo', author },
      ],
    ],
    ['a merge with itself', { action: 'merge', proposals: ['p-1', 'p-1'], author }, /two different/],
    [
      'a merge with examples of an intent',
      { action: 'merge', proposals: ['p-1', 'e-PedirCafe'], author },
      /assign the others/,
    ],
    [
      'an assignment to no intent',
      { action: 'assign', proposal: 'p-1', intent: 'Nada', author },
      /no intent "Nada".*PedirCafe/,
    ],
    [
      'a split of everything',
      { action: 'split', proposal: 'p-2', members: ['k', 'l', 'm', 'n'], name: 'X', author },
      /at least one must stay/,
    ],
    [
      'a decision about a merged proposal',
      { action: 'accept', proposal: 'p-2', author },
      /merged into "PreguntarWifi" \(p-1\)/,
      [{ action: 'merge', proposals: ['p-1', 'p-2'], author }],
    ],
  ];
  for (const [what, decision, expected, before] of cases) {
    it(`refuses ${what}`, () =>
      assert.match(objectionTo(decision, context(...(before ?? [])))?.en ?? 'taken', expected));
  }

  it('refuses what is no object, as the Temporal UI may send it', () => {
    assert.match(objectionTo(undefined as unknown as Decision, context())?.en ?? 'taken', /accept-all/);
    assert.match(objectionTo('yes' as unknown as Decision, context())?.en ?? 'taken', /accept-all/);
  });

  it('takes what is fine', () => {
    assert.equal(objectionTo({ action: 'accept', proposal: 'p-1', author }, context()), null);
    assert.equal(
      objectionTo({ action: 'assign', proposal: 'p-2', intent: 'PedirCafe', author }, context()),
      null,
    );
    assert.equal(objectionTo({ action: 'accept', proposal: 'e-PedirCafe', author }, context()), null);
  });
});
