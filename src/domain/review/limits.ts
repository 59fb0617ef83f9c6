import type { Sentence } from '../language';
import { jsonBytes } from '../pages';
import { reviewObjections } from './objections';
import type { ReviewProposal } from './proposal';

/** More would be more than a person decides on. */
export const mostProposals = 500;

/**
 * Bytes of the proposals and the bot's intents together: with the review's settings they are one payload, which stays
 * below the 256 KB from which Temporal warns.
 */
export const mostInputBytes = 224 * 1024;

/** Bytes of the decisions in one payload; a split's ids come on top of them. */
export const decisionPageBytes = 128 * 1024;

/**
 * Temporal warns from 10,240 events and 10 MB of history, and ends a workflow at 51,200 events or 50 MB. An update takes
 * five events, a split eleven: 10,000 events are 2,000 decisions, four for each of the most proposals.
 */
export const mostHistory = { events: 10_000, bytes: 10 * 1024 * 1024 };

/** Characters of the name of whoever decides or approves. */
export const longestAuthor = 200;

/** How many refused signals a review remembers, and how many characters of each. */
export const mostRefusals = { signals: 20, characters: 500 };

/**
 * The proposals that one review can hold; those left out come back in the next cycle.
 * @param proposals the most important first
 * @param existingIntents what the review has to know besides
 */
export function proposalsWithinLimits(
  proposals: readonly ReviewProposal[],
  existingIntents: readonly string[],
): ReviewProposal[] {
  let bytes = jsonBytes(existingIntents);
  let fits = 0;
  for (const proposal of proposals.slice(0, mostProposals)) {
    bytes += jsonBytes(proposal) + 1;
    if (bytes > mostInputBytes) break;
    fits++;
  }
  return proposals.slice(0, fits);
}

/**
 * Whether a review's history can take more decisions.
 * @returns why not, or null
 */
export function objectionToHistory(history: { events: number; bytes: number }): Sentence | null {
  const isFull = history.events >= mostHistory.events || history.bytes >= mostHistory.bytes;
  return isFull ? reviewObjections.historyFull(history) : null;
}
