import type { Evaluation } from '../evaluation';
import type { GateDecision, GateReason } from '../gate';
import type { Language } from '../language';
import { messagesIn } from './messages';
import { numbersIn } from './numbers';

/** A reason of the gate in plain words, with what would settle it where that is known. */
export function reasonText(reason: GateReason, language: Language): string {
  const messages = messagesIn(language);
  const numbers = numbersIn(language);
  const text = messages.reasons[reason.code](reason, numbers);
  const settles = reason.itemsNeeded !== null && reason.code !== 'out-of-scope-too-few';
  return settles ? `${text} ${messages.itemsNeeded(numbers.count(reason.itemsNeeded!))}` : text;
}

/** The verdict and what decided it in one or two sentences, for a status line. */
export function decisionSentence(
  decision: GateDecision,
  { subject }: Pick<Evaluation, 'subject'>,
  language: Language,
): string {
  const verdict = messagesIn(language).verdicts[decision.verdict](subject);
  const [telling] = tellingReasons(decision);
  return telling ? `${verdict}. ${reasonText(telling, language)}` : `${verdict}.`;
}

/** The reasons that made the verdict: broken rules, else undecided ones, else what got better. */
export function tellingReasons({ reasons, verdict }: GateDecision): GateReason[] {
  switch (verdict) {
    case 'keep':
      return reasons.filter(({ outcome }) => outcome === 'failed');
    case 'not-enough-evidence':
      return reasons.filter(({ outcome }) => outcome === 'undecided');
    case 'promote':
      return reasons.filter(({ rule }) => rule === 'macro-f1' || rule === 'accuracy-above');
  }
}
