import assert from 'node:assert/strict';
import { learnMetric } from '../../../../src/jobs/discover/grouping/metric';
import { sampleEvenly } from '../../../../src/jobs/discover/grouping/sample';
import { dot, normalizeRows, type Matrix } from '../../../../src/jobs/discover/numeric/matrix';
import { gaussian, seededRandom } from '../../../../src/jobs/discover/numeric/random';

function matrixOf(rows: readonly (readonly number[])[]): Matrix {
  return { rows: rows.length, columns: rows[0]!.length, values: Float32Array.from(rows.flat()) };
}

describe('the learned metric', () => {
  it('makes little of what varies within the groups', () => {
    const draw = gaussian(seededRandom(1));
    // Groups differ in the first two columns a little; the third varies wildly within each.
    const centres = [
      [1, 0],
      [0, 1],
      [-1, 0],
      [0, -1],
    ];
    const rows = centres.flatMap(([x, y]) =>
      Array.from({ length: 50 }, () => [x! + 0.1 * draw(), y! + 0.1 * draw(), 3 * draw(), 0.1 * draw()]),
    );
    const points = normalizeRows(matrixOf(rows));
    const groups = Int32Array.from(rows, (_, row) => Math.floor(row / 50));
    const metric = learnMetric(points, groups, 4);
    const meanCosine = (space: Matrix, isWanted: (a: number, b: number) => boolean) => {
      let [sum, count] = [0, 0];
      for (let a = 0; a < space.rows; a++) {
        for (let b = 0; b < a; b++) {
          if (!isWanted(groups[a]!, groups[b]!)) continue;
          sum += dot(space, a, space, b);
          count++;
        }
      }
      return sum / count;
    };
    const contrast = (space: Matrix) =>
      meanCosine(space, (a, b) => a === b) - meanCosine(space, (a, b) => a !== b);
    assert.ok(contrast(metric) > contrast(points) + 0.2, `${contrast(points)} → ${contrast(metric)}`);
  });

  it('leaves points as they are where nothing is known, or one example of each', () => {
    const points = normalizeRows(
      matrixOf([
        [1, 0],
        [0.6, 0.8],
        [0, 1],
      ]),
    );
    assert.deepEqual(learnMetric(points, Int32Array.of(-1, -1, -1), 0).values, points.values);
    assert.deepEqual(learnMetric(points, Int32Array.of(0, 1, -1), 2).values, points.values);
  });
});

describe('a sample of known rows', () => {
  it('takes all where they are few, and evenly from each group where they are many', () => {
    const groups = Int32Array.from({ length: 120 }, (_, row) => (row < 100 ? 0 : row < 110 ? 1 : -1));
    assert.deepEqual(
      [...sampleEvenly(groups, 2, 200)].sort((a, b) => a - b),
      [...Array(110).keys()],
    );
    const sample = sampleEvenly(groups, 2, 40);
    assert.equal(sample.filter((row) => groups[row] === 1).length, 10);
    assert.equal(sample.filter((row) => groups[row] === 0).length, 30);
    assert.equal(new Set(sample).size, 40);
  });
});
