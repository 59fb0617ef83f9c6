import assert from 'node:assert/strict';
import { matchPrevious } from '../../../../src/jobs/discover/describe/persistence';

const proposal = (id: string, ...memberIds: string[]) => ({ id, name: `Name ${id}`, memberIds });
const previous = {
  proposals: [proposal('p-1', 'a', 'b', 'c', 'd'), proposal('p-2', 'e', 'f', 'g')],
  utteranceIds: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'x', 'y'],
};
const idsOf = (groups: string[][], all = [...groups.flat(), 'x', 'y']) =>
  matchPrevious(groups, all, previous).map((match) => match?.id ?? null);

describe('proposals that persist', () => {
  it('keep their id and name, whatever their place', () => {
    const groups = [
      ['g', 'f', 'e'],
      ['a', 'b', 'c', 'd'],
    ];
    assert.deepEqual(matchPrevious(groups, groups.flat(), previous), [
      { id: 'p-2', name: 'Name p-2' },
      { id: 'p-1', name: 'Name p-1' },
    ]);
  });

  it('are judged by the utterances that both discoveries looked at', () => {
    // A hundred new phrases, and two that a review settled meanwhile, break nothing.
    const fresh = Array.from({ length: 100 }, (_, index) => `new ${index}`);
    assert.deepEqual(idsOf([['a', 'b', ...fresh]]), ['p-1']);
    // x and y were there before and belonged elsewhere: {a, b} of {a, b, c, d, x, y}.
    assert.deepEqual(
      idsOf([
        ['a', 'b', 'x', 'y'],
        ['c', 'd'],
      ]),
      [null, 'p-1'],
    );
  });

  it('take half of the union at least, and two utterances', () => {
    // {a, b} of {a, b, c, d} is exactly a half; {a} is less.
    assert.deepEqual(idsOf([['a', 'b']], ['a', 'b', 'c', 'd']), ['p-1']);
    assert.deepEqual(idsOf([['a']], ['a', 'b', 'c', 'd']), [null]);
    assert.deepEqual(idsOf([['a', 'new']], ['a', 'new']), [null]);
  });

  it('give the id of one that fell apart to one half at most, and that of two that were joined once', () => {
    assert.deepEqual(
      idsOf([
        ['a', 'b'],
        ['c', 'd'],
      ]),
      ['p-1', null],
    );
    assert.deepEqual(idsOf([['a', 'b', 'c', 'd', 'e', 'f', 'g']]), ['p-1']);
  });

  it('are none the first time', () => {
    assert.deepEqual(matchPrevious([['a', 'b']], ['a', 'b'], null), [null]);
  });
});
