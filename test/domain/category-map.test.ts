import assert from 'node:assert/strict';
import { advanceCategoryMap, emptyCategoryMap, reviewProposals } from '../../src/domain/category-map';
import type { Decision, DecisionEvent } from '../../src/domain/review';
import { aDiscovery, aProposal } from '../support/discovery';

const discovery = aDiscovery({
  proposals: [
    aProposal({
      id: 'p-1',
      name: 'PreguntarWifi',
      interactions: 30,
      representatives: ['hay wifi'],
      memberIds: ['a', 'b', 'c'],
    }),
    aProposal({
      id: 'p-2',
      name: 'PreguntarTiempo',
      interactions: 5,
      representatives: ['va a llover'],
      memberIds: ['d', 'e'],
    }),
  ],
  enrichments: [
    {
      id: 'e-Saludar',
      intent: 'Saludar',
      size: 1,
      interactions: 4,
      representatives: ['buenas'],
      memberIds: ['f'],
    },
  ],
});
const utterances = new Map(
  ['a', 'b', 'c', 'd', 'e', 'f'].map((id, index) => [id, { text: `phrase ${id}`, count: index + 1 }]),
);

function events(...decisions: Decision[]): DecisionEvent[] {
  return decisions.map((decision, index) => ({
    ...decision,
    number: index + 1,
    at: `2026-11-0${index + 1}T00:00:00.000Z`,
  }));
}

describe('category map: the fold of what persons decided', () => {
  it('shows proposals and enrichments to the review without their phrases', () => {
    const proposals = reviewProposals(discovery);
    assert.deepEqual(
      proposals.map(({ id, kind, name }) => [id, kind, name]),
      [
        ['p-1', 'new-intent', 'PreguntarWifi'],
        ['p-2', 'new-intent', 'PreguntarTiempo'],
        ['e-Saludar', 'new-examples', 'Saludar'],
      ],
    );
    assert.ok(!JSON.stringify(proposals).includes('wifi"'));
  });

  it('keeps accepted examples by category, and remembers what was rejected, by whom and why', () => {
    const { map, accepted } = advanceCategoryMap(emptyCategoryMap, {
      cycle: 1,
      discovery,
      utterances,
      events: events(
        { action: 'accept', proposal: 'p-1', name: 'Wifi', author: 'ana' },
        { action: 'reject', proposal: 'p-2', reason: 'small talk', author: 'luis' },
        { action: 'accept', proposal: 'e-Saludar', author: 'ana' },
      ),
    });
    assert.equal(map.version, 1);
    assert.deepEqual(
      map.categories.map(({ name, origin, sinceCycle, examples }) => [
        name,
        origin,
        sinceCycle,
        examples.length,
      ]),
      [
        ['Wifi', 'new', 1, 3],
        ['Saludar', 'existing', 1, 1],
      ],
    );
    assert.deepEqual(
      accepted.map(({ intent, isNew }) => [intent, isNew]),
      [
        ['Wifi', true],
        ['Saludar', false],
      ],
    );
    assert.deepEqual(map.rejected, [
      {
        cycle: 1,
        proposal: 'p-2',
        name: 'PreguntarTiempo',
        author: 'luis',
        at: '2026-11-02T00:00:00.000Z',
        reason: 'small talk',
        texts: ['phrase d', 'phrase e'],
      },
    ]);
    assert.equal(map.history.length, 3);
  });

  it('leaves undecided proposals out: a suggestion is no decision', () => {
    const { map, accepted } = advanceCategoryMap(emptyCategoryMap, {
      cycle: 1,
      discovery,
      utterances,
      events: [],
    });
    assert.deepEqual([map.version, map.categories, map.rejected, accepted], [1, [], [], []]);
  });

  it('gives a new intent that was assigned to an existing one to that one', () => {
    const { accepted } = advanceCategoryMap(emptyCategoryMap, {
      cycle: 1,
      discovery,
      utterances,
      events: events({ action: 'assign', proposal: 'p-1', intent: 'Saludar', author: 'ana' }),
    });
    assert.deepEqual(
      accepted.map(({ intent, isNew, examples }) => [intent, isNew, examples.map((one) => one.id)]),
      [['Saludar', false, ['a', 'b', 'c']]],
    );
  });

  it('grows from cycle to cycle without repeating an example, and keeps undone decisions in its history', () => {
    const accept: Decision = { action: 'accept', proposal: 'p-1', author: 'ana' };
    const first = advanceCategoryMap(emptyCategoryMap, {
      cycle: 1,
      discovery,
      utterances,
      events: events(accept),
    }).map;
    const second = advanceCategoryMap(first, {
      cycle: 2,
      discovery,
      utterances,
      events: events(
        { action: 'reject', proposal: 'p-2', author: 'ana' },
        { action: 'undo', author: 'ana' },
        accept,
      ),
    }).map;
    assert.equal(second.version, 2);
    assert.deepEqual(
      second.categories.map(({ name, sinceCycle, examples }) => [name, sinceCycle, examples.length]),
      [['PreguntarWifi', 1, 3]],
    );
    assert.deepEqual(second.rejected, []);
    assert.deepEqual(
      second.history.map(({ cycle, action }) => `${cycle} ${action}`),
      ['1 accept', '2 reject', '2 undo', '2 accept'],
    );
  });
});
