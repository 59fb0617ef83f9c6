/**
 * A proposal as the review sees it: counts and names only. Its phrases stay in `discovery.json`, so that no
 * utterance enters a workflow's history.
 */
export interface ReviewProposal {
  id: string;
  kind: 'new-intent' | 'new-examples';
  /** Suggested name, or the intent that the examples are for. */
  name: string;
  /** Distinct utterances. */
  size: number;
  interactions: number;
  /** `clashes`: hardly any two intents of the bot come so close; absent in reviews of before that was measured. */
  nearestIntent: { name: string; similarity: number; clashes?: boolean } | null;
}

/** `aside`: neither yes nor no; it comes back in the next cycle. */
export type ProposalStatus = 'open' | 'accepted' | 'rejected' | 'merged' | 'assigned' | 'aside';

/** A proposal with what was decided about it. */
export interface ReviewedProposal extends ReviewProposal {
  status: ProposalStatus;
  /** Where its utterances go: the new category's name or an existing intent; null while open or rejected. */
  category: string | null;
  /** For a merged one, and one that all phrases were moved out of: the proposal that they joined. */
  mergedInto: string | null;
  /** For one that a split made: where it came from. */
  splitFrom: string | null;
  /** Utterance ids, where the caller gave them. */
  memberIds: string[] | null;
  reason: string | null;
}
