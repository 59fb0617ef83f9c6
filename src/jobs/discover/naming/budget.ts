import type { NamingSettings } from '../../../domain/embedding';

/** Tokens that a conversation's own marks take at most. */
const marksTokens = 100;

/**
 * Money that is never overspent: before each call what it can cost at most is set aside, for a token is at least one
 * byte; afterwards what it did cost is counted.
 */
export class Budget {
  private setAsideUsd = 0;
  spentUsd = 0;

  constructor(private readonly settings: NamingSettings) {}

  /** @returns null when the call might cost more than is left, else what was set aside */
  setAside(texts: readonly string[], maxOutputTokens: number): number | null {
    const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    const usd = this.priceOf(bytes + marksTokens, maxOutputTokens);
    if (this.spentUsd + this.setAsideUsd + usd > this.settings.budgetUsd) return null;
    this.setAsideUsd += usd;
    return usd;
  }

  /** @param setAsideUsd what `setAside` gave for the call */
  settle(setAsideUsd: number, costUsd: number): void {
    this.setAsideUsd -= setAsideUsd;
    this.spentUsd += costUsd;
  }

  priceOf(inputTokens: number, outputTokens: number): number {
    const { usdPerMillionInputTokens, usdPerMillionOutputTokens } = this.settings;
    return (inputTokens * usdPerMillionInputTokens + outputTokens * usdPerMillionOutputTokens) / 1_000_000;
  }
}
