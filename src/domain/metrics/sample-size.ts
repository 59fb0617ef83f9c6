import { normalQuantile80, normalQuantile95 } from './normal';

/** (z₀.₉₅ + z₀.₈₀)² = 6.18: a one-sided test at 5 % with a power of 80 %. */
const factor = (normalQuantile95 + normalQuantile80) ** 2;

/**
 * How many pairs it takes to prove a difference of two paired proportions: 6.18 · d ÷ δ².
 *
 * @param discordantShare share of pairs that only one model gets right, 0–1
 * @param difference the difference to prove, or the loss to rule out, above 0
 */
export function itemsNeeded(discordantShare: number, difference: number): number {
  return Math.ceil((factor * discordantShare) / difference ** 2);
}

/** The smallest difference that so many pairs can prove: √(6.18 · d ÷ n), at most 1. */
export function provableDifference(discordantShare: number, items: number): number {
  return items === 0 ? 1 : Math.min(1, Math.sqrt((factor * discordantShare) / items));
}

/**
 * Share of discordant pairs to plan with: one pair is added, so that a sample in which nothing happened to change does
 * not pretend that nothing can.
 */
export function plannedDiscordantShare(changed: number, items: number): number {
  return Math.min(1, (changed + 1) / (items + 1));
}
