import assert from 'node:assert/strict';
import { wilsonInterval } from '../../../../src/domain/metrics';
import { EffectEstimator } from '../../../../src/jobs/discover/describe/effect';
import { trafficOf } from '../../../../src/jobs/discover/describe/traffic';
import { contextOf, type Placed } from './space';

const times = (howMany: number, placed: Placed): Placed[] => Array.from({ length: howMany }, () => placed);
/** Apart, beside it, between both. */
const [east, north, between] = [
  [1, 0],
  [0, 1],
  [1, 0.9],
];

function effectOf(placed: Placed[]) {
  const context = contextOf(placed);
  const estimator = new EffectEstimator(context, trafficOf(context.utterances));
  const [topic] = context.grouping.topics;
  return estimator.estimate(0, topic!, context.members(topic!));
}

describe('the estimated effect of a proposal', () => {
  it('is nothing to intents that lie apart, and all of its own is recognised', () => {
    const { own, neighbours } = effectOf([
      ...times(10, { at: east, of: 'Menu' }),
      ...times(8, { at: north, of: 0 }),
    ]);
    const { lower } = wilsonInterval(8, 8);
    assert.deepEqual(own, { phrases: 8, recognised: 8, lower: Math.round(lower * 1e4) / 1e4, upper: 1 });
    assert.equal(neighbours.length, 1);
    const [menu] = neighbours;
    assert.deepEqual([menu!.f1Before, menu!.f1After, menu!.examplesLost], [1, 1, 0]);
    // −z² ÷ (n + z²) with z = 1.645, which ten examples cannot rule out.
    assert.ok(Math.abs(menu!.worstRecallChange + 2.7055 / 12.7055) < 1e-4, String(menu!.worstRecallChange));
  });

  it('counts examples that the proposal would take', () => {
    // Two of ten examples lie where the topic does: recall .8 with no false alarm is an F1 of 1.6 ÷ 1.8.
    const { neighbours } = effectOf([
      ...times(8, { at: east, of: 'Menu' }),
      ...times(2, { at: north, of: 'Menu' }),
      ...times(8, { at: north, of: 0 }),
    ]);
    const [menu] = neighbours;
    assert.deepEqual([menu!.examples, menu!.f1Before, menu!.f1After], [10, 1, 0.8889]);
    assert.equal(menu!.examplesLost, 2);
    assert.ok(menu!.worstRecallChange < -0.2);
  });

  it('counts phrases of its own that an intent would take', () => {
    // Three of ten lie at Menu: recall .7; Menu keeps its ten with three false alarms, 20 ÷ 23.
    const { own, neighbours, fallback } = effectOf([
      ...times(10, { at: east, of: 'Menu' }),
      ...times(7, { at: north, of: 0 }),
      ...times(3, { at: east, of: 0 }),
      { at: between, of: null, utterance: { count: 10 } },
    ]);
    assert.deepEqual([own!.phrases, own!.recognised], [10, 7]);
    assert.equal(neighbours[0]!.f1After, 0.8696);
    // Half of the missed interactions are its own, of which 7 in 10 are recognised.
    assert.deepEqual(fallback, { interactions: 10, share: 0.5, likelyShare: 0.35 });
  });

  it('takes the other proposals for rivals too', () => {
    const { own } = effectOf([...times(6, { at: north, of: 0 }), ...times(6, { at: [0, 1], of: 1 })]);
    assert.deepEqual([own!.phrases, own!.recognised], [6, 0]);
  });

  it('counts as rescued only what the bot missed', () => {
    const { fallback } = effectOf([
      { at: north, of: 0, utterance: { count: 3 } },
      { at: north, of: 0, utterance: { count: 5, outcome: 'uncertain' } },
      { at: east, of: null, utterance: { count: 9 } },
    ]);
    assert.deepEqual([fallback.interactions, fallback.share], [3, 0.25]);
  });

  it('shows the intents that lose most, and says nothing of what it cannot hold out', () => {
    const around = (degrees: number) => [
      Math.cos((degrees * Math.PI) / 180),
      Math.sin((degrees * Math.PI) / 180),
    ];
    const { neighbours } = effectOf([
      ...times(5, { at: around(0), of: 'A' }),
      ...times(4, { at: around(60), of: 'B' }),
      { at: around(89), of: 'B' },
      ...times(5, { at: around(180), of: 'C' }),
      ...times(5, { at: around(240), of: 'D' }),
      { at: around(120), of: 'Single' },
      ...times(5, { at: around(90), of: 0 }),
    ]);
    assert.equal(neighbours.length, 3);
    assert.deepEqual([neighbours[0]!.intent, neighbours[0]!.examplesLost], ['B', 1]);
    assert.ok(neighbours.every(({ intent }) => intent !== 'Single'));
  });

  it('has no rival to speak of where there is nothing else', () => {
    const { own, neighbours } = effectOf(times(4, { at: north, of: 0 }));
    assert.equal(own, null);
    assert.deepEqual(neighbours, []);
  });
});
