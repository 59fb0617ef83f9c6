import type { ModelRole, SetEvaluation } from '../evaluation';
import type { ReportInput } from './input';
import type { Language } from '../language';
import { messagesIn, type Messages, type ReportMessages } from './messages';
import { numbersIn, type Numbers } from './numbers';

/** What every section of the report is made from. */
export interface View {
  input: ReportInput;
  language: Language;
  messages: Messages;
  words: ReportMessages;
  numbers: Numbers;
  /** The set that the gate looked at; where that is empty, all items. */
  set: SetEvaluation | null;
  /** All compared items. */
  together: SetEvaluation | null;
  versions: Record<ModelRole, string>;
}

export function viewOf(input: ReportInput, language: Language): View {
  const messages = messagesIn(language);
  const { sets, subject } = input.evaluation;
  return {
    input,
    language,
    messages,
    words: messages.report,
    numbers: numbersIn(language),
    set: sets[input.decision.basis] ?? sets.together,
    together: sets.together,
    versions: subject,
  };
}
