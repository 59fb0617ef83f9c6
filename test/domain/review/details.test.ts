import assert from 'node:assert/strict';
import { describeReview, foldReview, type ReviewProposal } from '../../../src/domain/review';

const proposal = (id: string, nearestIntent: ReviewProposal['nearestIntent']): ReviewProposal => ({
  id,
  kind: 'new-intent',
  name: `Name${id}`,
  size: 4,
  interactions: 9,
  nearestIntent,
});

/** A review that waits, without proposals. */
const waiting = {
  pipeline: 'cafe',
  cycle: 1,
  proposals: [],
  waitingSince: '',
  deadline: '',
  finished: false,
  approvals: [],
  approvalsMissing: 1,
  approversRemaining: [],
  reviewers: [],
  refusedSignals: [],
};
const settings = { remindEveryHours: 72, deadlineHours: 504, onDeadline: 'abandon' } as const;

describe('a review in the Temporal UI', () => {
  it('names the intent nearest to each proposal, and warns where the two would clash', () => {
    const proposals = [
      proposal('p-1', { name: 'Menu', similarity: 0.4, clashes: false }),
      proposal('p-2', { name: 'Menu', similarity: 0.71, clashes: true }),
      proposal('p-3', { name: 'Menu', similarity: 0.5 }),
      proposal('p-4', null),
    ];
    const markdown = describeReview({ ...waiting, proposals: foldReview(proposals, []).proposals }, settings);
    assert.deepEqual(
      markdown.split('\n').filter((line) => line.startsWith('| p-')),
      [
        '| p-1 | Namep-1 | new intent | 4 | 9 | Menu 0.40 | open |',
        '| p-2 | Namep-2 | new intent | 4 | 9 | Menu 0.71 **clashes** | open |',
        '| p-3 | Namep-3 | new intent | 4 | 9 | Menu 0.50 | open |',
        '| p-4 | Namep-4 | new intent | 4 | 9 |  | open |',
      ],
    );
  });

  it('leads to the console where its address is known', () => {
    const review = { ...waiting, pipeline: 'cafe bar' };
    const link = '[review console](https://ciclo.example/#/cafe%20bar/review/1)';
    const described = describeReview({ ...review, consoleUrl: 'https://ciclo.example' }, settings);
    assert.ok(described.includes(`Answer in the ${link}, or:`), described);
    assert.ok(!describeReview(review, settings).includes('review console'));
  });
});
