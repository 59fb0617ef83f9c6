import type { Artifact } from '../artifact';

/** What a person does with a proposal. Names of actions are what the signal `decide` takes from the Temporal UI. */
export type Decision = DecisionAction & {
  /** Who decided; shown in the audit trail. */
  author: string;
  reason?: string;
};

export type DecisionAction =
  | { action: 'accept'; proposal: string; name?: string }
  | { action: 'accept-all' }
  | { action: 'rename'; proposal: string; name: string }
  /** The others join the first one. */
  | { action: 'merge'; proposals: string[]; name?: string }
  /** The members leave the proposal and form one of their own. */
  | { action: 'split'; proposal: string; members: string[]; name: string }
  | { action: 'assign'; proposal: string; intent: string }
  | { action: 'reject'; proposal: string }
  /** Takes the last decision back that was not undone yet. */
  | { action: 'undo' };

/** A decision that was taken: never changed afterwards; an undo is one more event. */
export type DecisionEvent = Decision & {
  /** 1, 2, 3 … within the review. */
  number: number;
  /** ISO 8601, UTC. */
  at: string;
  /** For a split: interactions of the members that left. */
  interactions?: number;
};

/** A review's decisions in a form that fits into one payload, however many there are. */
export interface DecisionParts {
  /** The older ones, as JSON lines; null while there are few. */
  stored: Artifact | null;
  /** Those after them. */
  since: DecisionEvent[];
}

/** The events that still count: those that no undo took back, in order. */
export function effectiveEvents(events: readonly DecisionEvent[]): DecisionEvent[] {
  const standing: DecisionEvent[] = [];
  for (const event of events) {
    if (event.action === 'undo') standing.pop();
    else standing.push(event);
  }
  return standing;
}
