import { exactMcNemar, f1, pairedDifferenceLowerBound, type LabelCounts } from '../metrics';
import { outOfScope } from '../utterance';
import { groupOf, type AnsweredItem } from './answered';
import type { ModelEstimates } from './estimates';
import type { LabelledAnswers } from './labels';
import { interval } from './model-metrics';
import type {
  Comparison,
  ConfusionGrowth,
  CoverageComparison,
  GroupComparison,
  IntentGroup,
  ModelMetrics,
  PairCounts,
} from './schema';

/** Compares the two models on the items of a set. */
export function compareModels(
  answered: readonly AnsweredItem[],
  answers: LabelledAnswers,
  models: { champion: ModelMetrics; challenger: ModelMetrics },
  difference: ModelEstimates,
  newIntents: ReadonlySet<string>,
): Comparison {
  const group = (name: IntentGroup): GroupComparison | null => {
    const pairs = countPairs(answered.filter((answer) => answer.group === name));
    if (pairs.items === 0) return null;
    return {
      pairs,
      accuracy: interval(difference.groups[name].accuracy),
      macroF1: interval(difference.groups[name].macroF1),
      accuracyLowerBound: pairedDifferenceLowerBound(pairs.fixed, pairs.broken, pairs.items),
    };
  };
  const groups = { existing: group('existing'), new: group('new'), 'out-of-scope': group('out-of-scope') };
  return {
    accuracy: interval(difference.accuracy),
    macroF1: interval(difference.macroF1),
    weightedF1: interval(difference.weightedF1),
    fallbackRate: interval(difference.fallbackRate),
    coverage: compareCoverage(answered, difference),
    outOfScopeRecall: groups['out-of-scope'] && interval(difference.outOfScopeRecall),
    pairs: countPairs(answered),
    groups,
    intents: answers.labels.flatMap((intent, label) => {
      const pairs = countPairs(answered.filter(({ item }) => item.intent === intent));
      if (pairs.items === 0) return [];
      const recallLowerBound = pairedDifferenceLowerBound(pairs.fixed, pairs.broken, pairs.items);
      const f1Difference = difference.intentF1[label]!;
      return [
        {
          intent,
          group: groupOf(intent, newIntents),
          pairs,
          f1: interval(f1Difference),
          f1LowerBound: Math.min(
            f1Difference.oneSidedLower,
            f1DifferenceAtRecallBound(
              models.champion.intents[label]!,
              models.challenger.intents[label]!,
              recallLowerBound,
            ),
          ),
          recallLowerBound,
        },
      ];
    }),
    confusionGrowth: growthOf(models, newIntents),
  };
}

/**
 * The difference of F1 that would remain if the challenger's recall were as bad as its lower bound allows. The bootstrap
 * alone is blind where nothing changed: without this, two unchanged items would prove that nothing is lost.
 */
function f1DifferenceAtRecallBound(
  champion: LabelCounts,
  challenger: LabelCounts,
  recallLowerBound: number,
): number {
  const hitsAtBound = Math.max(0, champion.hits + recallLowerBound * champion.support);
  const lost = Math.max(0, challenger.hits - hitsAtBound);
  const atBound = {
    support: challenger.support,
    predicted: challenger.predicted - lost,
    hits: challenger.hits - lost,
  };
  return f1(atBound) - f1(champion);
}

function countPairs(answered: readonly AnsweredItem[]): PairCounts {
  const pairs = { items: answered.length, bothRight: 0, bothWrong: 0, fixed: 0, broken: 0 };
  for (const { item, champion, challenger } of answered) {
    const before = champion.intent === item.intent;
    const now = challenger.intent === item.intent;
    if (before && now) pairs.bothRight++;
    else if (before) pairs.broken++;
    else if (now) pairs.fixed++;
    else pairs.bothWrong++;
  }
  return { ...pairs, pValue: exactMcNemar(pairs.fixed, pairs.broken) };
}

function compareCoverage(answered: readonly AnsweredItem[], difference: ModelEstimates): CoverageComparison {
  const inScope = answered.filter(({ item }) => item.intent !== outOfScope);
  const changed = inScope.filter(
    ({ champion, challenger }) => (champion.intent === outOfScope) !== (challenger.intent === outOfScope),
  );
  const gained = changed.filter(({ champion }) => champion.intent === outOfScope).length;
  const lost = changed.length - gained;
  return { ...interval(difference.coverage), gained, lost, pValue: exactMcNemar(gained, lost) };
}

function growthOf(
  { champion, challenger }: { champion: ModelMetrics; challenger: ModelMetrics },
  newIntents: ReadonlySet<string>,
): ConfusionGrowth[] {
  const before = new Map(
    champion.confusion.map(({ intent, predicted, count }) => [JSON.stringify([intent, predicted]), count]),
  );
  const supports = new Map(challenger.intents.map(({ intent, support }) => [intent, support]));
  return challenger.confusion
    .filter(({ intent, predicted }) => intent !== predicted)
    .map(({ intent, predicted, count }) => ({
      intent,
      group: groupOf(intent, newIntents),
      predicted,
      champion: before.get(JSON.stringify([intent, predicted])) ?? 0,
      challenger: count,
      support: supports.get(intent) ?? 0,
    }))
    .filter((cell) => cell.challenger > cell.champion)
    .sort((a, b) => b.challenger - b.champion - (a.challenger - a.champion));
}
