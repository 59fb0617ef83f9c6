import assert from 'node:assert/strict';
import { contextPoints } from '../../../../src/jobs/discover/embedders/word-contexts';
import { dot } from '../../../../src/jobs/discover/numeric/matrix';

/** Sixty topics, each with two words for it that are never said together and six that are said with either. */
const topics = Array.from({ length: 60 }, (_, topic) => ({
  names: [`name${topic}a`, `name${topic}b`],
  companions: Array.from({ length: 6 }, (_, index) => `word${topic}x${index}`),
}));
const said = topics.flatMap(({ names, companions }) =>
  names.flatMap((name) =>
    companions.map((word, index) => [name, word, companions[(index + 1) % companions.length]!]),
  ),
);

describe('the company that words keep', () => {
  it('brings words together that are never said together, but with the same others', () => {
    const first = said.length;
    const points = contextPoints([...said, ...topics.flatMap(({ names }) => names.map((name) => [name]))], 1);
    const cosines = (other: (row: number) => number) =>
      topics.map((_, topic) => dot(points, first + 2 * topic, points, first + other(topic)));
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const same = mean(cosines((topic) => 2 * topic + 1));
    const different = mean(cosines((topic) => 2 * ((topic + 1) % topics.length)));
    assert.ok(same > 0.4 && different < 0.1, `${same} against ${different}`);
  });

  it('gives rows of length 1, of zeros where no word stands in a second text, and the same for a seed', () => {
    const points = contextPoints([...said, ['única']], 1);
    assert.ok(Math.abs(dot(points, 0, points, 0) - 1) < 1e-5);
    assert.equal(dot(points, said.length, points, said.length), 0);
    assert.deepEqual(contextPoints([...said, ['única']], 1), points);
  });

  it('bears no texts, and texts that have no word in common', () => {
    assert.equal(contextPoints([], 1).rows, 0);
    assert.equal(contextPoints([['uno'], ['dos']], 1).rows, 2);
  });
});
