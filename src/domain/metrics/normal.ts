/** Quantile of the standard normal distribution at 0.975: two-sided 95 % intervals. */
export const normalQuantile975 = 1.959963984540054;

/** Quantile at 0.95: one-sided 95 % bounds. */
export const normalQuantile95 = 1.6448536269514722;

/** Quantile at 0.80: a power of 80 %. */
export const normalQuantile80 = 0.8416212335729143;
