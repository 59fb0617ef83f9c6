import type { Review } from '../../api';
import { intentNamePattern } from '../../../domain/review/validate';

/** Why a name cannot be taken. */
export type NameProblem =
  | { kind: 'empty' }
  | { kind: 'form' }
  | { kind: 'intent'; name: string }
  | { kind: 'accepted'; name: string };

/**
 * Checks an intent's name while it is typed: by Lex's rule, against the bot's intents and what was accepted already. The
 * review itself has the last word.
 * @param ids proposals that would carry the name
 */
export function nameProblem(
  name: string,
  ids: readonly string[],
  { proposals, existingIntents }: Pick<Review, 'proposals' | 'existingIntents'>,
): NameProblem | null {
  if (name === '') return { kind: 'empty' };
  if (!intentNamePattern.test(name)) return { kind: 'form' };
  const isSame = (other: string) => other.toLowerCase() === name.toLowerCase();
  const intent = existingIntents.find((one) => isSame(one.name));
  if (intent) return { kind: 'intent', name: intent.name };
  const accepted = proposals.find(
    (one) =>
      !ids.includes(one.id) && one.status === 'accepted' && one.category !== null && isSame(one.category),
  );
  return accepted ? { kind: 'accepted', name: accepted.category! } : null;
}
