import { countLabels, type LabelCounts } from '../metrics';
import type { AnsweredItem } from './answered';
import type { ModelRole } from './inputs';

/** The items of a set with intents as numbers, which is what resampling runs on. */
export interface LabelledAnswers {
  /** Names of the intents that are right or predicted somewhere, in order. */
  labels: string[];
  right: Int32Array;
  champion: Int32Array;
  challenger: Int32Array;
}

/** Numbers the intents of a set by name. */
export function labelAnswers(answered: readonly AnsweredItem[]): LabelledAnswers {
  const labels = [
    ...new Set(
      answered.flatMap(({ item, champion, challenger }) => [item.intent, champion.intent, challenger.intent]),
    ),
  ].sort();
  const numbers = new Map(labels.map((label, number) => [label, number]));
  const numbered = (intent: (answer: AnsweredItem) => string) =>
    Int32Array.from(answered, (answer) => numbers.get(intent(answer))!);
  return {
    labels,
    right: numbered(({ item }) => item.intent),
    champion: numbered(({ champion }) => champion.intent),
    challenger: numbered(({ challenger }) => challenger.intent),
  };
}

/** Counts by label what a model answered to the items of a sample. */
export function countAnswers(
  answers: LabelledAnswers,
  model: ModelRole,
  sample: ArrayLike<number>,
): LabelCounts[] {
  return countLabels(answers.right, answers[model], sample, answers.labels.length);
}

/** Indices of the items by their right intent: the strata of the bootstrap. */
export function strataOf(answers: LabelledAnswers): number[][] {
  const strata = answers.labels.map((): number[] => []);
  answers.right.forEach((label, index) => strata[label]!.push(index));
  return strata.filter((stratum) => stratum.length > 0);
}
