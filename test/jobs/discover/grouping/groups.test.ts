import assert from 'node:assert/strict';
import type { Granularity } from '../../../../src/domain/job';
import { groupUnits } from '../../../../src/jobs/discover/groups';
import { normalizeRows, zeros, type Matrix } from '../../../../src/jobs/discover/numeric/matrix';
import { gaussian, seededRandom } from '../../../../src/jobs/discover/numeric/random';
import type { Unit } from '../../../../src/jobs/discover/units';

const columns = 24;

/** Units around so many random centres; of the first `known` groups half of the units belong to an intent. */
function world(
  groupCount: number,
  size: number,
  known: number,
  spread = 0.5,
): { units: Unit[]; points: Matrix; truth: number[] } {
  const draw = gaussian(seededRandom(3));
  const centres = Array.from({ length: groupCount }, () => Array.from({ length: columns }, draw));
  const truth = centres.flatMap((_, group) => Array.from({ length: size }, () => group));
  const points = zeros(truth.length, columns);
  truth.forEach((group, row) =>
    centres[group]!.forEach(
      (value, column) => (points.values[row * columns + column] = value + spread * draw()),
    ),
  );
  const units = truth.map((group, index): Unit => {
    const isKnown = group < known && index % 2 === 0;
    return {
      text: `text ${index}`,
      members: isKnown ? [] : [index],
      intent: isKnown ? `Intent${group}` : null,
      inTraining: isKnown,
      rejected: false,
    };
  });
  return { units, points: normalizeRows(points), truth };
}

describe('grouping', () => {
  it('finds the groups that nobody knows, and gives the others what is theirs', () => {
    const { units, points, truth } = world(12, 40, 8);
    const { topics, stabilities, fates } = groupUnits(units, points, 5, 1);
    assert.deepEqual(topics.map((topic) => truth[topic[0]!]!).sort(), [10, 11, 8, 9]);
    for (const topic of topics) {
      assert.ok(topic.length >= 36, String(topic.length));
      assert.ok(topic.every((unit) => truth[unit] === truth[topic[0]!]));
    }
    assert.ok(
      stabilities!.every((stability) => stability > 0.8 && stability <= 1),
      String(stabilities),
    );
    const ofKnown = fates.flatMap((fate, unit) => (truth[unit]! < 8 ? [{ fate, unit }] : []));
    const right = ofKnown.filter(
      ({ fate, unit }) => fate.kind === 'intent' && fate.intent === `Intent${truth[unit]}`,
    );
    assert.ok(right.length >= 0.95 * ofKnown.length, `${right.length} of ${ofKnown.length}`);
  });

  it('divides a sample of many units, and lets the others join what it finds', () => {
    const { units, points, truth } = world(12, 80, 8);
    const { divided, topics, stabilities, fates } = groupUnits(units, points, 5, 1, 'automatic', 600);
    assert.ok(divided < 720, String(divided));
    assert.deepEqual(topics.map((topic) => truth[topic[0]!]!).sort(), [10, 11, 8, 9]);
    for (const topic of topics) {
      assert.ok(topic.length >= 72, String(topic.length));
      assert.ok(topic.every((unit) => truth[unit] === truth[topic[0]!]));
    }
    assert.ok(stabilities!.every((stability) => stability > 0.8));
    const right = fates.filter(
      (fate, unit) => fate.kind === 'intent' && fate.intent === `Intent${truth[unit]}`,
    );
    assert.ok(right.length >= 0.95 * 8 * 80, String(right.length));
    assert.deepEqual(groupUnits(units, points, 5, 1, 'automatic', 600).fates, fates);
    assert.equal(groupUnits(units, points, 5, 1).divided, units.length);
  });

  it('lets the others join also where nothing is known, and where something was rejected', () => {
    const { units, points, truth } = world(12, 80, 0);
    const unknown = groupUnits(units, points, 5, 1, 'automatic', 600);
    assert.equal(unknown.topics.length, 12);
    for (const topic of unknown.topics) {
      assert.ok(topic.every((unit) => truth[unit] === truth[topic[0]!]));
    }
    const rejected = units.map((unit, index) => ({
      ...unit,
      rejected: truth[index] === 9 && index % 2 === 0,
    }));
    const { topics } = groupUnits(rejected, points, 5, 1, 'automatic', 600);
    assert.ok(topics.every((topic) => topic.every((unit) => truth[unit] !== 9)));
  });

  it('keeps what is close to rejected phrases aside', () => {
    const { units, points, truth } = world(12, 40, 8);
    const rejected = units.map((unit, index) => ({
      ...unit,
      rejected: truth[index] === 9 && index % 2 === 0,
    }));
    const { topics, fates } = groupUnits(rejected, points, 5, 1);
    assert.ok(topics.every((topic) => topic.every((unit) => truth[unit] !== 9)));
    const ofRejected = fates.filter((_, unit) => truth[unit] === 9);
    assert.ok(ofRejected.filter(({ kind }) => kind === 'rejected').length >= 36);
  });

  it('makes fewer topics when asked for coarser ones and more when asked for finer ones', () => {
    // So wide that the groups touch each other.
    const { units, points } = world(20, 30, 0, 1.2);
    const count = (granularity: Granularity) => groupUnits(units, points, 3, 1, granularity).topics.length;
    const automatic = count('automatic');
    assert.ok(Math.abs(automatic - 20) <= 5, String(automatic));
    assert.ok(
      count('coarser') < automatic && count('finer') > automatic,
      `${count('coarser')}, ${count('finer')}`,
    );
  });

  it('bears no units, one, and units that all say the same', () => {
    const { units, points } = world(1, 30, 0);
    assert.deepEqual(groupUnits([], zeros(0, columns), 3, 1).topics, []);
    assert.deepEqual(groupUnits(units.slice(0, 1), zeros(1, columns), 3, 1).fates, [{ kind: 'noise' }]);
    const same = zeros(30, columns);
    for (let row = 0; row < 30; row++) same.values.set(points.values.subarray(0, columns), row * columns);
    assert.equal(groupUnits(units, same, 3, 1).fates.length, 30);
  });
});
