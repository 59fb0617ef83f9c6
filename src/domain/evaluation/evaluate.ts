import { matchAnswers, type AnsweredItem } from './answered';
import { compareModels } from './comparison';
import { estimate } from './estimates';
import type { EvaluationItem, EvaluationSubject, Prediction, Unanswered } from './inputs';
import { labelAnswers } from './labels';
import { measureModel } from './model-metrics';
import type { ChangedItem, Evaluation, SetEvaluation } from './schema';

export interface EvaluationInput {
  subject: EvaluationSubject;
  items: readonly EvaluationItem[];
  champion: readonly Prediction[];
  challenger: readonly Prediction[];
  /** Intents that only the challenger knows. */
  newIntents: readonly string[];
  /** Why answers are missing, where that is known. */
  unanswered?: readonly Unanswered[];
  seed: number;
  /** Bootstrap resamples; 2,000 make the ends of the intervals steady. */
  resamples: number;
}

/**
 * Compares champion and challenger on the same items: the whole content of `evaluation.json`. The same input gives the
 * same evaluation, to the last digit.
 *
 * @throws InvalidInputError when items or answers occur twice, or an answer belongs to no item
 */
export function evaluate(input: EvaluationInput): Evaluation {
  const newIntents = new Set(input.newIntents);
  const { answered, unanswered } = matchAnswers(
    input.items,
    { champion: input.champion, challenger: input.challenger },
    newIntents,
    input.unanswered ?? [],
  );
  const evaluateItems = (items: AnsweredItem[]) => evaluateSet(items, newIntents, input);
  const golden = input.items.filter(({ set }) => set === 'golden').length;
  return {
    schemaVersion: 1,
    subject: input.subject,
    method: { seed: input.seed, resamples: input.resamples, confidenceLevel: 0.95 },
    newIntents: [...newIntents].sort(),
    counts: {
      items: input.items.length,
      golden,
      validation: input.items.length - golden,
      answeredByBoth: answered.length,
      notAnsweredByBoth: input.items.length - answered.length,
    },
    unanswered,
    sets: {
      golden: evaluateItems(answered.filter(({ item }) => item.set === 'golden')),
      validation: evaluateItems(answered.filter(({ item }) => item.set === 'validation')),
      together: evaluateItems(answered),
    },
    changes: changesOf(answered),
  };
}

function evaluateSet(
  answered: AnsweredItem[],
  newIntents: ReadonlySet<string>,
  options: { seed: number; resamples: number },
): SetEvaluation | null {
  if (answered.length === 0) return null;
  const answers = labelAnswers(answered);
  const estimates = estimate(answers, newIntents, options);
  const champion = measureModel('champion', answered, answers, estimates.champion, newIntents);
  const challenger = measureModel('challenger', answered, answers, estimates.challenger, newIntents);
  return {
    items: answered.length,
    champion,
    challenger,
    comparison: compareModels(answered, answers, { champion, challenger }, estimates.difference, newIntents),
  };
}

function changesOf(answered: readonly AnsweredItem[]): Evaluation['changes'] {
  const changes: Evaluation['changes'] = { fixed: [], broken: [], differentlyWrong: [] };
  for (const { item, group, champion, challenger } of answered) {
    if (champion.intent === challenger.intent) continue;
    const changed: ChangedItem = {
      ...item,
      group,
      champion: { intent: champion.intent, confidence: champion.confidence },
      challenger: { intent: challenger.intent, confidence: challenger.confidence },
    };
    if (challenger.intent === item.intent) changes.fixed.push(changed);
    else if (champion.intent === item.intent) changes.broken.push(changed);
    else changes.differentlyWrong.push(changed);
  }
  return changes;
}
