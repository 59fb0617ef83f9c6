/**
 * Exact two-sided McNemar test: how likely so uneven a split of the changed pairs is when neither model is better,
 * by the binomial distribution with share one half.
 *
 * @param fixed pairs that only the second model got right
 * @param broken pairs that only the first model got right
 * @returns the p-value, 1 where nothing changed
 */
export function exactMcNemar(fixed: number, broken: number): number {
  const changed = fixed + broken;
  const fewer = Math.min(fixed, broken);
  let logTerm = -changed * Math.LN2;
  let tail = Math.exp(logTerm);
  for (let k = 1; k <= fewer; k++) {
    logTerm += Math.log((changed - k + 1) / k);
    tail += Math.exp(logTerm);
  }
  return Math.min(1, 2 * tail);
}

/**
 * The fewest changed pairs with which the exact test can reach a significance level, all of them going one way:
 * the smallest m with 2 · ½^m ≤ level. Six at 5 %.
 */
export function fewestTellingChanges(significanceLevel: number): number {
  return Math.ceil(1 - Math.log2(significanceLevel));
}
