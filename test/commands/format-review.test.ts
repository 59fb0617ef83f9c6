import assert from 'node:assert/strict';
import { stripVTControlCharacters } from 'node:util';
import { formatPhrases, formatReview } from '../../src/commands/format-review';
import { explainNewExamples } from '../../src/domain/report';
import type { ListedProposal, ReviewListing } from '../../src/operations/reviews';

const examples = { chosenByBot: ['b1', 'b2', 'b3'], byLikenessAlone: ['n1', 'n2'] };
const proposal: ListedProposal = {
  id: 'e-ConsultarHorario',
  kind: 'new-examples',
  name: 'ConsultarHorario',
  size: 5,
  interactions: 23,
  nearestIntent: null,
  status: 'open',
  category: null,
  mergedInto: null,
  splitFrom: null,
  memberIds: [...examples.chosenByBot, ...examples.byLikenessAlone],
  reason: null,
  terms: [],
  representatives: ['a qué hora abrís'],
  borderline: [],
  explanations: explainNewExamples(examples, 'en'),
  byLikenessAlone: examples.byLikenessAlone,
};
const listing: ReviewListing = {
  workflowId: 'review/cafe/0001',
  view: {
    pipeline: 'cafe',
    cycle: 1,
    waitingSince: '2026-11-20T09:00:00.000Z',
    deadline: '2026-12-04T09:00:00.000Z',
    approvals: [],
    approvalsMissing: 1,
    approversRemaining: [],
    reviewers: [],
    refusedSignals: [],
  } as unknown as ReviewListing['view'],
  events: [],
  proposals: [proposal],
};

describe('a review at the terminal', () => {
  it('says how many new examples the bot chose and how many are there by likeness alone', () => {
    const lines = stripVTControlCharacters(formatReview(listing, 200)).split('\n');
    const at = lines.findIndex((line) => line.startsWith('e-ConsultarHorario'));
    assert.deepEqual(lines.slice(at, at + 5), [
      'e-ConsultarHorario  new examples for ConsultarHorario  [open]',
      '    5 phrases, 23 interactions',
      '  ! chosen by the bot itself: 3; by likeness alone: 2, look at each. In the example’s logs 97 in 100',
      '    of the former are right, and half of the latter',
      '    · a qué hora abrís',
    ]);
  });

  it('marks the phrases that have to be looked at', () => {
    const phrase = { count: 1, firstSeen: null, lastSeen: null };
    const shown = formatPhrases([
      { ...phrase, id: 'n1', text: 'hasta cuándo', byLikenessAlone: true },
      { ...phrase, id: 'b1', text: 'a qué hora abrís', byLikenessAlone: false },
    ]);
    assert.deepEqual(
      stripVTControlCharacters(shown)
        .split('\n')
        .map((line) => line.trim()),
      ['n1  1 ×  hasta cuándo  (by likeness alone)', 'b1  1 ×  a qué hora abrís'],
    );
  });
});
