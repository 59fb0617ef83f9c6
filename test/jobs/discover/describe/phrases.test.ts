import assert from 'node:assert/strict';
import { borderlineOf, representativesOf } from '../../../../src/jobs/discover/describe/phrases';
import { contextOf, type Placed } from './space';

const at = (degrees: number, of: Placed['of'], count = 1): Placed => ({
  at: [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)],
  of,
  utterance: { count },
});

describe('phrases that stand for a topic', () => {
  it('are the most said of the most typical half', () => {
    // 18 phrases 20° apart from each other in rank: the half that is typical are the first nine.
    const placed = Array.from({ length: 18 }, (_, index) => at(20 * index, 0, index === 5 ? 7 : 1));
    const context = contextOf([...placed.slice(0, 17), at(340, 0, 99)]);
    const shown = representativesOf(
      context,
      Array.from({ length: 18 }, (_, index) => index),
    );
    assert.equal(shown.length, 8);
    assert.equal(shown[0], 'phrase 5');
    assert.ok(!shown.includes('phrase 17'), 'said most, but at the edge');
  });

  it('make room for one another where two say the same, as long as there is another', () => {
    // cos 10° is over .95, cos 20° is not.
    const context = contextOf([at(0, 0, 9), at(10, 0, 8), at(30, 0, 7), at(60, 0, 6)]);
    assert.deepEqual(representativesOf(context, [0, 1, 2, 3]), [
      'phrase 0',
      'phrase 2',
      'phrase 3',
      'phrase 1',
    ]);
  });
});

describe('phrases at the edge of a topic', () => {
  it('are those with the smallest margin, with what they lie near', () => {
    const context = contextOf([
      at(0, 'Menu'),
      at(180, 1),
      ...[80, 90, 100, 90, 88, 30, 150].map((angle) => at(angle, 0)),
    ]);
    const typical = [3, 5, 6, 2, 4, 7, 8];
    const edge = borderlineOf(context, 0, typical, (topic) => `p-${topic}`);
    assert.deepEqual(edge.slice(0, 2), [
      // The centre lies at 89.7°, a little further from this one.
      { text: 'phrase 8', near: 'p-1' },
      { text: 'phrase 7', near: 'Menu' },
    ]);
    // What is as sure as the typical member is no edge.
    assert.ok(edge.length <= 3, JSON.stringify(edge));
    assert.ok(edge.every(({ text }) => text !== 'phrase 3' && text !== 'phrase 5'));
  });

  it('are none where there is nothing else to be near to', () => {
    const context = contextOf([at(80, 0), at(100, 0), at(90, 0)]);
    assert.deepEqual(
      borderlineOf(context, 0, [2, 0, 1], () => ''),
      [],
    );
  });
});
