import assert from 'node:assert/strict';
import { clashSimilarity, closeness, nearestIntent } from '../../../../src/jobs/discover/describe/closeness';
import { neighbourhoodOf } from '../../../../src/jobs/discover/describe/merges';
import { contextOf, type Placed } from './space';

/** Points on a circle: the cosine of two is that of the angle between them. */
const at = (degrees: number, of: Placed['of']): Placed => ({
  at: [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)],
  of,
});
const cosine = (degrees: number) => Math.round(Math.cos((degrees * Math.PI) / 180) * 1e4) / 1e4;

describe('how close topics and intents are', () => {
  it('is the mean of the three best cosines, of fewer where there are fewer', () => {
    const { points } = contextOf([at(0, 'A'), at(90, 'B'), at(60, 'B'), at(0, 'B'), at(180, 'B')]);
    // 1, cos 60° and cos 90°; the opposite one does not count.
    assert.equal(closeness(points, [0], [1, 2, 3, 4]), 0.5);
    assert.equal(closeness(points, [0], [2, 3]), 0.75);
    assert.equal(closeness(points, [0], []), 0);
    assert.equal(closeness(points, [0], [4]), 0);
  });

  it('names the nearest intent, an excepted one aside', () => {
    const context = contextOf([at(0, 'A'), at(40, 'B'), at(120, 'C'), at(10, 0)]);
    assert.deepEqual(nearestIntent(context, [3]), { name: 'A', similarity: cosine(10) });
    assert.deepEqual(nearestIntent(context, [3], 'A'), { name: 'B', similarity: cosine(30) });
    assert.equal(nearestIntent(contextOf([at(10, 0)]), [0]), null);
  });

  it('measures a clash on the bot’s own intents, and on none where they are few', () => {
    // Ten intents, 30° apart but for two pairs: the nearest of each is 10°, 10°, 20°, 20° and six times 30° away.
    const angles = [0, 10, 40, 60, 90, 120, 150, 180, 210, 240];
    const context = contextOf(angles.map((angle, index) => at(angle, `Intent${index}`)));
    // Nine in ten are further from their nearest than cos 10°, the two closest.
    assert.equal(clashSimilarity(context), cosine(10));
    assert.equal(clashSimilarity(contextOf(angles.slice(0, 4).map((angle) => at(angle, `${angle}`)))), null);
  });

  it('suggests to merge topics that are closer than that, each pair once, the larger one first', () => {
    const context = contextOf([
      at(0, 0),
      { ...at(5, 1), utterance: { count: 9 } },
      at(25, 2),
      at(90, 3),
      at(180, 4),
    ]);
    const ids = ['p-a', 'p-b', 'p-c', 'p-d', 'p-e'];
    const { suggestedMerges, near } = neighbourhoodOf(context, ids, cosine(22));
    assert.deepEqual(suggestedMerges, [
      { proposals: ['p-b', 'p-a'], similarity: cosine(5) },
      { proposals: ['p-b', 'p-c'], similarity: cosine(20) },
    ]);
    // Three at most are told of each, however far away they are.
    assert.deepEqual(
      near.map((list) => list.length),
      [3, 3, 3, 3, 3],
    );
    assert.deepEqual(near[0]!.slice(0, 2), [
      { proposal: 'p-b', similarity: cosine(5) },
      { proposal: 'p-c', similarity: cosine(25) },
    ]);
    assert.deepEqual(near[3]!.slice(0, 2), [
      { proposal: 'p-c', similarity: cosine(65) },
      { proposal: 'p-b', similarity: cosine(85) },
    ]);
    const withoutLimit = neighbourhoodOf(context, ids, null);
    assert.deepEqual(withoutLimit, { suggestedMerges: [], near });
  });
});
