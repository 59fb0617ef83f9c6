/** An estimate with its 95 % interval. */
export interface Interval {
  value: number;
  lower: number;
  upper: number;
}
