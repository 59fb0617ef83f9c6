import assert from 'node:assert/strict';
import { membersByProposal, reviewProposals } from '../../src/domain/category-map';
import type { Enrichment } from '../../src/domain/discovery';
import { newExamplesOf } from '../../src/domain/new-examples';
import { foldReview, type DecisionEvent } from '../../src/domain/review';
import { aDiscovery, aProposal } from '../support/discovery';

const hours: Enrichment = {
  id: 'e-ConsultarHorario',
  intent: 'ConsultarHorario',
  size: 5,
  chosenByBot: 3,
  interactions: 5,
  representatives: [],
  memberIds: ['b1', 'b2', 'b3', 'n1', 'n2'],
};
const discovery = aDiscovery({
  enrichments: [hours],
  proposals: [aProposal({ id: 'p-1', name: 'PreguntarWifi', memberIds: ['w1', 'w2'] })],
});
const moved = (number: number, from: string, members: string[], to: object) =>
  ({
    action: 'move',
    number,
    author: 'ana',
    at: '2026-11-20T09:00:00.000Z',
    members,
    moved: [{ from, phrases: members.length, interactions: members.length }],
    ...to,
  }) as DecisionEvent;
const after = (...events: DecisionEvent[]) => {
  const { proposals } = foldReview(reviewProposals(discovery), events, membersByProposal(discovery));
  return (id: string) =>
    newExamplesOf(
      proposals.find((proposal) => proposal.id === id)!,
      discovery,
    );
};

describe('new examples by whose word they have', () => {
  it('are those that the bot chose the intent for, and those by likeness alone', () => {
    assert.deepEqual(after()('e-ConsultarHorario'), {
      chosenByBot: ['b1', 'b2', 'b3'],
      byLikenessAlone: ['n1', 'n2'],
    });
  });

  it('stay right when people move phrases out, in, and back', () => {
    const out = moved(1, hours.id, ['b1', 'n2'], { aside: true });
    const into = moved(2, 'p-1', ['w1'], { proposal: hours.id });
    const back = moved(3, 't-aside', ['n2'], { proposal: hours.id });
    assert.deepEqual(after(out, into)(hours.id), { chosenByBot: ['b2', 'b3'], byLikenessAlone: ['n1'] });
    assert.deepEqual(after(out, into, back)(hours.id), {
      chosenByBot: ['b2', 'b3'],
      byLikenessAlone: ['n1', 'n2'],
    });
  });

  it('has nothing to say of what a person gave to an intent, nor of a new intent', () => {
    const none = { chosenByBot: [], byLikenessAlone: [] };
    const given = after(moved(1, hours.id, ['n1'], { intent: 'ConsultarHorario' }));
    assert.deepEqual(given('m-ConsultarHorario'), none);
    assert.deepEqual(given('p-1'), none);
  });

  it('has nothing to say where discovery did not count yet', () => {
    const uncounted: Enrichment = { ...hours };
    delete uncounted.chosenByBot;
    const proposal = { id: hours.id, memberIds: hours.memberIds };
    assert.deepEqual(newExamplesOf(proposal, { enrichments: [uncounted] }), {
      chosenByBot: [],
      byLikenessAlone: [],
    });
  });
});
