import type { Interval } from './interval';
import { normalQuantile95, normalQuantile975 } from './normal';

/**
 * A proportion with its two-sided 95 % score interval (Wilson 1927), which stays inside 0–1 and keeps a width at 0 and 1.
 *
 * @param successes 0 … total
 * @param total with 0 nothing is known: value 0, interval 0–1
 */
export function wilsonInterval(successes: number, total: number): Interval {
  if (total === 0) return { value: 0, lower: 0, upper: 1 };
  const z2 = normalQuantile975 ** 2;
  const share = successes / total;
  const centre = (share + z2 / (2 * total)) / (1 + z2 / total);
  const half =
    (normalQuantile975 / (1 + z2 / total)) *
    Math.sqrt((share * (1 - share)) / total + z2 / (4 * total * total));
  return {
    value: share,
    lower: successes === 0 ? 0 : Math.max(0, centre - half),
    upper: successes === total ? 1 : Math.min(1, centre + half),
  };
}

/**
 * One-sided 95 % lower bound of the difference of two paired proportions (fixed − broken) ÷ total: the score interval of
 * Tango (1998, Statistics in Medicine 17:891–908). Unlike a bootstrap it stays honest when nothing or little changed:
 * with no changed pair at all it is −z² ÷ (total + z²), so few items never prove that nothing is lost.
 *
 * @param fixed pairs that only the second model got right
 * @param broken pairs that only the first model got right
 * @param total all pairs; with 0 nothing is known and the bound is −1
 */
export function pairedDifferenceLowerBound(fixed: number, broken: number, total: number): number {
  if (total === 0 || broken === total) return -1;
  // Bisection: the score falls steadily in the supposed difference.
  let below = -1;
  let above = (fixed - broken) / total;
  for (let step = 0; step < 60; step++) {
    const middle = (below + above) / 2;
    if (tangoScore(fixed, broken, total, middle) > normalQuantile95) below = middle;
    else above = middle;
  }
  return below;
}

/** Tango's score for the hypothesis that the paired difference is `difference`. */
function tangoScore(fixed: number, broken: number, total: number, difference: number): number {
  const b = -fixed - broken + (2 * total - fixed + broken) * difference;
  const c = -broken * difference * (1 - difference);
  const brokenShare = (Math.sqrt(Math.max(0, b * b - 8 * total * c)) - b) / (4 * total);
  const variance = total * (2 * brokenShare + difference * (1 - difference));
  const distance = fixed - broken - total * difference;
  return variance <= 0 ? (distance > 0 ? Infinity : 0) : distance / Math.sqrt(variance);
}
