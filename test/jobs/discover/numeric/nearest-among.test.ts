import assert from 'node:assert/strict';
import { dot, zeros } from '../../../../src/jobs/discover/numeric/matrix';
import { nearestAmong } from '../../../../src/jobs/discover/numeric/nearest-among';
import { gaussianMixture } from './mixture';

const width = 10;

describe('nearest neighbours among some rows', () => {
  const { points } = gaussianMixture({ rows: 3_000, columns: 24, groups: 30 }, 0.8, 1);
  const all = Array.from({ length: points.rows }, (_, row) => row);
  const among = Int32Array.from(all.filter((row) => row % 3 === 0));
  const queries = Int32Array.from(all.filter((row) => row % 3 !== 0));

  it('are nearly those of a plain search, best first', () => {
    const { rows, indices, similarities } = nearestAmong(points, queries, among, width, 1);
    assert.equal(rows, queries.length);
    let hits = 0;
    queries.forEach((row, place) => {
      const plain = Array.from(among, (other) => ({ other, similarity: dot(points, row, points, other) }))
        .sort((a, b) => b.similarity - a.similarity)
        .slice(0, width);
      const found = indices.subarray(place * width, (place + 1) * width);
      hits += plain.filter(({ other }) => found.includes(other)).length;
      found.forEach((other, rank) => {
        assert.ok(among.includes(other));
        const similarity = similarities[place * width + rank]!;
        assert.ok(Math.abs(similarity - dot(points, row, points, other)) < 1e-5);
        assert.ok(rank === 0 || similarity <= similarities[place * width + rank - 1]!);
      });
    });
    assert.ok(hits / (queries.length * width) > 0.9, String(hits / (queries.length * width)));
  });

  it('are the same for the same seed, and fewer where there are fewer', () => {
    const [one, other] = [1, 1].map((seed) => nearestAmong(points, queries, among, width, seed));
    assert.deepEqual(one, other);
    const few = nearestAmong(points, queries.subarray(0, 2), among.subarray(0, 3), 5, 1);
    assert.deepEqual([...few.indices.subarray(3, 5)], [-1, -1]);
    assert.deepEqual([...few.indices.subarray(0, 3)].sort(), [0, 3, 6]);
    assert.equal(nearestAmong(points, new Int32Array(0), among, 5, 1).indices.length, 0);
  });

  it('bear thousands of copies of one row', () => {
    const copies = zeros(4_000, 3);
    for (let row = 0; row < copies.rows; row++) copies.values[3 * row] = 1;
    const half = Int32Array.from({ length: 2_000 }, (_, index) => 2 * index);
    const { indices, similarities } = nearestAmong(
      copies,
      half.map((row) => row + 1),
      half,
      3,
      1,
    );
    assert.ok(indices.every((other) => other % 2 === 0));
    assert.ok(similarities.every((similarity) => similarity === 1));
  });
});
