import type { Interval } from './interval';
import { quantile } from './quantile';
import { seededRandom } from './random';

/** A bootstrap estimate: the two-sided 95 % interval and the one-sided 95 % lower bound. */
export interface BootstrapEstimate extends Interval {
  oneSidedLower: number;
}

/**
 * Stratified percentile bootstrap (Efron and Tibshirani 1993) of several statistics at once. Every resample draws from
 * each stratum as many items as it holds, so that rare intents never vanish. A difference of two models over the same
 * items is a paired bootstrap, because both are seen through the same draw.
 *
 * @param strata indices of items, one list a stratum
 * @param statistics the statistics of a sample given as indices, always in the same order
 * @param options `resamples` 1,000 or more for steady ends; `seed` fixes the outcome
 * @returns one estimate for each statistic; its value is that of the whole sample
 */
export function stratifiedBootstrap(
  strata: readonly (readonly number[])[],
  statistics: (sample: Int32Array) => ArrayLike<number>,
  options: { resamples: number; seed: number },
): BootstrapEstimate[] {
  const whole = Int32Array.from(strata.flat());
  const values = Array.from(statistics(whole));
  const drawn = values.map(() => new Float64Array(options.resamples));
  const random = seededRandom(options.seed);
  const sample = new Int32Array(whole.length);

  for (let resample = 0; resample < options.resamples; resample++) {
    let position = 0;
    for (const stratum of strata) {
      for (let draw = 0; draw < stratum.length; draw++) sample[position++] = stratum[random(stratum.length)]!;
    }
    const statisticsOfSample = statistics(sample);
    drawn.forEach((column, index) => (column[resample] = statisticsOfSample[index]!));
  }

  return drawn.map((column, index) => {
    const sorted = column.sort();
    return {
      value: values[index]!,
      lower: quantile(sorted, 0.025),
      upper: quantile(sorted, 0.975),
      oneSidedLower: quantile(sorted, 0.05),
    };
  });
}
