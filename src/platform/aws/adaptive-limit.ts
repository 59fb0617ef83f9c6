/**
 * How many calls may run at once: additive increase, multiplicative decrease, as TCP does (Chiu and Jain 1989).
 * Starts at the most, is halved when the service throttles, and grows by about one for each full round of answers.
 */
export class AdaptiveLimit {
  private exact: number;
  private calm = 0;

  constructor(private readonly most: number) {
    this.exact = most;
  }

  get current(): number {
    return Math.max(1, Math.floor(this.exact));
  }

  answered(): void {
    this.calm++;
    this.exact = Math.min(this.most, this.exact + 1 / this.exact);
  }

  /** Calls that were under way together are throttled together: they count as one sign. */
  throttled(): void {
    if (this.calm === 0 && this.exact < this.most) return;
    this.calm = 0;
    this.exact = Math.max(1, this.exact / 2);
  }
}
