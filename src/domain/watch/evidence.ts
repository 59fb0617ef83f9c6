import { incompleteBeta, logBeta } from '../metrics/beta';

/** Parameters of Jeffreys' prior, Beta(½, ½). */
const half = 0.5;

/**
 * Evidence that a share lies above a bound, which may be looked at as often as one likes: the likelihood of the counts,
 * averaged over the shares above the bound by Jeffreys' prior, over their likelihood at the bound.
 *
 * While the true share is at or below the bound this is a supermartingale that starts at 1, so the chance that it ever
 * reaches 1 ÷ α, at whatever look, is at most α (Ville 1939; the mixture is Robbins' 1970, Annals of Mathematical
 * Statistics 41:1397–1409; Ramdas, Grünwald, Vovk and Shafer 2023, Statistical Science 38:576–601). No correction for
 * repeated looks is needed.
 *
 * @param successes 0 … total; need not be whole: counts that were divided by a dispersion of at least 1 keep the promise
 * @param bound 0–1
 * @returns the natural logarithm; −∞ where the bound leaves no room above it
 */
export function logEvidenceAbove(successes: number, total: number, bound: number): number {
  if (bound >= 1) return -Infinity;
  if (bound <= 0) return successes > 0 ? Infinity : 0;
  const failures = total - successes;
  // 1 − I(bound; a, b) as I(1 − bound; b, a), which loses no digits.
  const above = incompleteBeta(1 - bound, failures + half, successes + half);
  if (above === 0) return -Infinity;
  const logMixture =
    logBeta(successes + half, failures + half) +
    Math.log(above) -
    logBeta(half, half) -
    Math.log(incompleteBeta(1 - bound, half, half));
  return logMixture - successes * Math.log(bound) - failures * Math.log1p(-bound);
}
