import type { ConsoleDecisionEvent, Review } from '../../api';
import type { Messages } from '../messages';
import { asVisible } from '../text/visible';

/** The fields of a decision that its description needs; an action as decided here, or an event as the server tells it. */
interface Described {
  action: string;
  proposal?: string;
  proposals?: readonly string[];
  members?: readonly string[];
  name?: string;
  intent?: string;
}

/** So many decisions are told of one by one. */
const mostTold = 3;

/** What others decided, told at once. */
export function describeOthers(
  events: readonly ConsoleDecisionEvent[],
  review: Pick<Review, 'proposals'>,
  words: Messages,
): string {
  const told = events
    .slice(0, mostTold)
    .map((event) => words.decidedBy(event.author, describeDecision(event, review, words)));
  const more = events.length - told.length;
  return `${told.join('; ')}${more > 0 ? ` ${words.andMore(String(more))}` : ''}`;
}

/** A decision in a few words, e.g. `accepted “PreguntarWifi”`, with the names that its proposals had before it. */
export function describeDecision(
  decision: Described,
  { proposals }: Pick<Review, 'proposals'>,
  words: Messages,
): string {
  const nameOf = (id: string) => asVisible(proposals.find((one) => one.id === id)?.name ?? id, 60);
  const subjects = decision.proposals ?? (decision.proposal === undefined ? [] : [decision.proposal]);
  const subject = subjects.length === 1 ? nameOf(subjects[0]!) : words.proposalsCount(subjects.length);
  const name = decision.name === undefined ? null : asVisible(decision.name, 60);
  const { acts } = words;
  switch (decision.action) {
    case 'accept':
      return acts.accept(name ?? subject);
    case 'accept-all':
      return acts.acceptAll;
    case 'rename':
      return acts.rename(subject, name ?? '');
    case 'merge':
      return acts.merge(subjects.map(nameOf).slice(0, 3).join(' + '));
    case 'split':
      return acts.split(decision.members?.length ?? 0, name ?? '');
    case 'move':
      return acts.move(
        decision.members?.length ?? 0,
        decision.intent ??
          (decision.proposal === undefined ? name : nameOf(decision.proposal)) ??
          words.trayHeading,
      );
    case 'assign':
      return acts.assign(subject, decision.intent ?? '');
    case 'reject':
      return acts.reject(subject);
    case 'put-aside':
      return acts.putAside(subject);
    case 'reopen':
      return acts.reopen(subject);
    case 'undo':
      return acts.undo;
    case 'redo':
      return acts.redo;
    default:
      return decision.action;
  }
}
