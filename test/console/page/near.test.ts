import assert from 'node:assert/strict';
import type { ConsoleProposal } from '../../../src/console/api';
import { nearProposals } from '../../../src/console/page/review/near';
import { createFixture } from './fake/fixture';

describe('nearProposals: what a proposal may be merged with', () => {
  const [some] = createFixture().proposals;
  const proposal = (id: string, near: string[], known: Partial<ConsoleProposal> = {}): ConsoleProposal => ({
    ...some!,
    id,
    near,
    ...known,
  });
  const namesOf = (of: ConsoleProposal, proposals: ConsoleProposal[]) =>
    nearProposals(of, { proposals }).map(({ id }) => id);

  it('is what lies nearest, without what cannot be merged', () => {
    const a = proposal('a', ['b', 'c', 'd', 'gone']);
    const others = [
      proposal('b', [], { status: 'rejected' }),
      proposal('c', []),
      proposal('d', [], { status: 'accepted' }),
      proposal('e', []),
    ];
    assert.deepEqual(namesOf(a, [a, ...others]), ['c', 'd']);
  });

  it('is what lies nearest to any of its pieces, once these were merged', () => {
    const a = proposal('a', ['b', 'c', 'd']);
    const b = proposal('b', ['a', 'e', 'c'], { status: 'merged', mergedInto: 'a' });
    const proposals = [a, b, proposal('c', ['b']), proposal('d', []), proposal('e', [])];
    // Of the nearest only pieces of its own; then the second nearest of each, then the third.
    assert.deepEqual(namesOf(a, proposals), ['c', 'e', 'd']);
    assert.deepEqual(namesOf(proposals[2]!, proposals), ['a'], 'a piece counts for what it became');
  });
});
