import type { Artifact } from '../artifact';

/** What a person does with a proposal. Names of actions are what the signal `decide` takes from the Temporal UI. */
export type Decision = DecisionAction & {
  /** Who decided; shown in the audit trail. */
  author: string;
  reason?: string;
};

export type DecisionAction =
  | ({ action: 'accept'; name?: string } & Subjects)
  | { action: 'accept-all' }
  | { action: 'rename'; proposal: string; name: string }
  /** The others join the first one. */
  | { action: 'merge'; proposals: string[]; name?: string }
  /** The members leave the proposal and form one of their own. */
  | { action: 'split'; proposal: string; members: string[]; name: string }
  /** The members leave whatever they are in for exactly one of the four. */
  | ({ action: 'move'; members: string[] } & MoveTarget)
  | ({ action: 'assign'; intent: string } & Subjects)
  | ({ action: 'reject' } & Subjects)
  /** Neither yes nor no: it comes back in the next cycle. */
  | ({ action: 'put-aside' } & Subjects)
  /** Open again, whatever was decided about it. */
  | ({ action: 'reopen' } & Subjects)
  /** Takes the last decision back that was not undone yet. */
  | { action: 'undo' }
  /** Takes the last undo back, as long as nothing was decided since. */
  | { action: 'redo' };

/** The names of all actions, in the order in which people meet them. */
export const decisionActions = [
  'accept',
  'accept-all',
  'rename',
  'merge',
  'split',
  'move',
  'assign',
  'reject',
  'put-aside',
  'reopen',
  'undo',
  'redo',
] as const satisfies readonly DecisionAction['action'][];

/** What a decision is about: one proposal, or several at once, which one undo takes back together. */
export interface Subjects {
  proposal?: string;
  proposals?: string[];
}

/** Where phrases go: into a proposal, an intent that the bot has, a new proposal of that name, or the tray. */
export interface MoveTarget {
  proposal?: string;
  intent?: string;
  name?: string;
  aside?: true;
}

/** Phrases that a move took out of one place: a proposal, or what discovery left elsewhere. */
export interface MovedPart {
  /** Id of the proposal, or of the tray's group; `i-INTENT` for what discovery assigned to an intent. */
  from: string;
  phrases: number;
  interactions: number;
}

/** A decision that was taken: never changed afterwards; an undo is one more event. */
export type DecisionEvent = Decision & {
  /** 1, 2, 3 … within the review. */
  number: number;
  /** ISO 8601, UTC. */
  at: string;
  /** For a split: interactions of the members that left. */
  interactions?: number;
  /** For a move: where the members were. */
  moved?: MovedPart[];
};

/** The proposals that a decision names, in its order. */
export function subjectsOf(decision: DecisionAction): string[] {
  const { proposal, proposals }: Subjects = { proposal: undefined, proposals: undefined, ...decision };
  return proposals ?? (proposal === undefined ? [] : [proposal]);
}

/** A review's decisions in a form that fits into one payload, however many there are. */
export interface DecisionParts {
  /** The older ones, as JSON lines; null while there are few. */
  stored: Artifact | null;
  /** Those after them. */
  since: DecisionEvent[];
}

/** The events that still count: those that no undo took back, or that a redo brought back, in order. */
export function effectiveEvents<Event extends { action: string }>(events: readonly Event[]): Event[] {
  return replay(events).standing;
}

/** The event that a redo would bring back; null where nothing was undone since the last decision. */
export function redoableEvent(events: readonly DecisionEvent[]): DecisionEvent | null {
  return replay(events).undone.at(-1) ?? null;
}

function replay<Event extends { action: string }>(
  events: readonly Event[],
): { standing: Event[]; undone: Event[] } {
  const standing: Event[] = [];
  let undone: Event[] = [];
  for (const event of events) {
    if (event.action === 'undo') {
      const last = standing.pop();
      if (last) undone.push(last);
    } else if (event.action === 'redo') {
      const last = undone.pop();
      if (last) standing.push(last);
    } else {
      standing.push(event);
      undone = [];
    }
  }
  return { standing, undone };
}
