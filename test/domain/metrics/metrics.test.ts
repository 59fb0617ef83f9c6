import assert from 'node:assert/strict';
import {
  accuracy,
  calibrate,
  countLabels,
  exactMcNemar,
  f1,
  fewestTellingChanges,
  itemsNeeded,
  macroF1,
  pairedDifferenceLowerBound,
  plannedDiscordantShare,
  provableDifference,
  quantile,
  seededRandom,
  stratifiedBootstrap,
  weightedF1,
  wilsonInterval,
} from '../../../src/domain/metrics';
import { references } from './references';

const near = (actual: number, expected: number, tolerance = 1e-9) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not within ${tolerance} of ${expected}`);

describe('metrics', () => {
  describe('of classification agree with scikit-learn', () => {
    const { right, predicted, precision, recall, f1: expectedF1, support } = references.classification;
    const counts = countLabels(
      right,
      predicted,
      right.map((_, index) => index),
      5,
    );

    it('precision, recall, F1 and support of each label', () => {
      counts.forEach((label, index) => {
        assert.equal(label.support, support[index]);
        near(label.predicted === 0 ? 0 : label.hits / label.predicted, precision[index]!);
        near(label.support === 0 ? 0 : label.hits / label.support, recall[index]!);
        near(f1(label), expectedF1[index]!);
      });
    });

    it('accuracy, macro and weighted F1', () => {
      near(accuracy(counts), references.classification.accuracy);
      near(macroF1(counts), references.classification.macroF1);
      near(weightedF1(counts), references.classification.weightedF1);
    });

    it('an empty sample has neither', () => {
      assert.deepEqual([accuracy([]), macroF1([]), weightedF1([])], [0, 0, 0]);
    });
  });

  it('the exact McNemar test agrees with scipy.stats.binomtest', () => {
    for (const [fixed, broken, pValue] of references.mcNemar) {
      near(exactMcNemar(fixed, broken), pValue);
      near(exactMcNemar(broken, fixed), pValue);
    }
  });

  it('it takes six changes, all one way, to be significant at 5 %', () => {
    assert.equal(fewestTellingChanges(0.05), 6);
    assert.ok(exactMcNemar(6, 0) <= 0.05 && exactMcNemar(5, 0) > 0.05);
  });

  it('the Wilson interval agrees with scipy', () => {
    for (const [successes, total, lower, upper] of references.wilson) {
      const interval = wilsonInterval(successes, total);
      near(interval.value, successes / total);
      near(interval.lower, lower);
      near(interval.upper, upper);
    }
    assert.deepEqual(wilsonInterval(0, 0), { value: 0, lower: 0, upper: 1 });
  });

  describe('the lower bound of a paired difference', () => {
    it('agrees with a constrained maximum-likelihood fit by scipy', () => {
      for (const [fixed, broken, total, bound] of references.pairedDifference) {
        near(pairedDifferenceLowerBound(fixed, broken, total), bound, 1e-6);
      }
    });

    it('is −z² ÷ (n + z²) where nothing changed, so that few items prove little', () => {
      const z2 = 1.6448536269514722 ** 2;
      for (const items of [1, 10, 100, 1000]) {
        near(pairedDifferenceLowerBound(0, 0, items), -z2 / (items + z2));
      }
    });

    it('is −1 where nothing is known or everything broke, and stays below the difference', () => {
      assert.equal(pairedDifferenceLowerBound(0, 0, 0), -1);
      assert.equal(pairedDifferenceLowerBound(0, 7, 7), -1);
      for (const [fixed, broken] of [
        [10, 0],
        [0, 9],
        [4, 6],
      ] as const) {
        const bound = pairedDifferenceLowerBound(fixed, broken, 10);
        assert.ok(bound < (fixed - broken) / 10 && bound > -1);
      }
    });
  });

  describe('the stratified paired bootstrap', () => {
    const { right, champion, challenger, intervals } = references.bootstrap;
    const strata = [0, 1, 2, 3].map((label) =>
      right.flatMap((value, index) => (value === label ? [index] : [])),
    );
    const differences = (sample: Int32Array) => {
      const before = countLabels(right, champion, sample, 4);
      const now = countLabels(right, challenger, sample, 4);
      return [
        accuracy(now) - accuracy(before),
        macroF1(now) - macroF1(before),
        weightedF1(now) - weightedF1(before),
        f1(now[2]!) - f1(before[2]!),
      ];
    };

    it('agrees with scipy.stats.bootstrap, percentile exactly in kind and BCa closely', () => {
      const estimates = stratifiedBootstrap(strata, differences, { resamples: 5000, seed: 1 });
      intervals.forEach(({ value, percentile, bca }, index) => {
        const estimate = estimates[index]!;
        near(estimate.value, value);
        near(estimate.lower, percentile[0], 0.015);
        near(estimate.upper, percentile[1], 0.015);
        near(estimate.lower, bca[0], 0.03);
        near(estimate.upper, bca[1], 0.03);
        assert.ok(estimate.lower < estimate.oneSidedLower && estimate.oneSidedLower < estimate.value);
      });
    });

    it('gives the same for the same seed and something else for another', () => {
      const run = (seed: number) => stratifiedBootstrap(strata, differences, { resamples: 200, seed });
      assert.deepEqual(run(5), run(5));
      assert.notDeepEqual(run(5), run(6));
    });
  });

  it('quantiles agree with NumPy', () => {
    const sorted = [1, 1, 2, 3, 4, 5, 6, 9];
    near(quantile(sorted, 0.5), 3.5);
    near(quantile(sorted, 0.95), 7.95);
    assert.equal(quantile([4], 0.95), 4);
  });

  describe('calibration', () => {
    it('is the weighted gap between confidence and being right', () => {
      const { confidences, right, error } = references.calibration;
      const calibration = calibrate(
        confidences.map((confidence, index) => ({ confidence, right: right[index] === 1 })),
      );
      near(calibration.expectedCalibrationError!, error);
      assert.equal(
        calibration.bins.reduce((total, bin) => total + bin.items, 0),
        confidences.length,
      );
    });

    it('is unknown without confidences', () => {
      assert.deepEqual(calibrate([]), { items: 0, expectedCalibrationError: null, bins: [] });
    });
  });

  it('sample sizes are those of 6.18 · d ÷ δ²', () => {
    assert.deepEqual(
      [0.02, 0.05, 0.1].map((difference) => itemsNeeded(0.05, difference)),
      [773, 124, 31],
    );
    near(provableDifference(0.05, 773), 0.02, 1e-4);
    assert.equal(provableDifference(0.05, 0), 1);
    near(plannedDiscordantShare(0, 99), 0.01);
  });

  it('seeded numbers are uniform below their bound', () => {
    const random = seededRandom(42);
    const seen = new Array<number>(6).fill(0);
    for (let draw = 0; draw < 60_000; draw++) seen[random(6)]!++;
    for (const count of seen) near(count, 10_000, 400);
  });
});
