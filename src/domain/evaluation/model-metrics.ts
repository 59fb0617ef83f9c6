import { calibrate, quantile, wilsonInterval, type BootstrapEstimate, type Interval } from '../metrics';
import { outOfScope } from '../utterance';
import { groupOf, type AnsweredItem } from './answered';
import type { ModelEstimates } from './estimates';
import type { ModelRole } from './inputs';
import { countAnswers, type LabelledAnswers } from './labels';
import type { ConfusionCell, ModelMetrics } from './schema';

/** Measures one model on the items of a set. */
export function measureModel(
  model: ModelRole,
  answered: readonly AnsweredItem[],
  answers: LabelledAnswers,
  estimates: ModelEstimates,
  newIntents: ReadonlySet<string>,
): ModelMetrics {
  const counts = countAnswers(
    answers,
    model,
    answered.map((_, index) => index),
  );
  const predictions = answered.map((answer) => ({ item: answer.item, ...answer[model] }));
  const right = predictions.filter(({ item, intent }) => item.intent === intent);
  const inScope = predictions.filter(({ item }) => item.intent !== outOfScope);
  const fellBack = (prediction: { intent: string }) => prediction.intent === outOfScope;
  const latencies = Float64Array.from(predictions, ({ latencyMs }) => latencyMs).sort();
  const outOfScopeItems = predictions.length - inScope.length;

  return {
    correct: right.length,
    accuracy: wilsonInterval(right.length, predictions.length),
    macroF1: interval(estimates.macroF1),
    weightedF1: interval(estimates.weightedF1),
    fallbackRate: wilsonInterval(predictions.filter(fellBack).length, predictions.length),
    coverage: wilsonInterval(inScope.filter((prediction) => !fellBack(prediction)).length, inScope.length),
    outOfScopeRecall:
      outOfScopeItems === 0 ? null : wilsonInterval(right.filter(fellBack).length, outOfScopeItems),
    intents: answers.labels.map((intent, label) => {
      const { support, predicted, hits } = counts[label]!;
      return {
        intent,
        group: groupOf(intent, newIntents),
        support,
        predicted,
        hits,
        precision: wilsonInterval(hits, predicted),
        recall: wilsonInterval(hits, support),
        f1: interval(estimates.intentF1[label]!),
      };
    }),
    confusion: confusionOf(predictions.map(({ item, intent }) => [item.intent, intent])),
    latency: { p50Ms: quantile(latencies, 0.5), p95Ms: quantile(latencies, 0.95) },
    calibration: calibrate(
      predictions.flatMap(({ item, intent, confidence }) =>
        confidence === null ? [] : [{ confidence, right: item.intent === intent }],
      ),
    ),
  };
}

/** The two-sided interval of a bootstrap estimate. */
export function interval({ value, lower, upper }: BootstrapEstimate): Interval {
  return { value, lower, upper };
}

/** Counts pairs of right and predicted intent, in the order of their names. */
function confusionOf(pairs: readonly (readonly [string, string])[]): ConfusionCell[] {
  const cells = new Map<string, ConfusionCell>();
  for (const [intent, predicted] of pairs) {
    const key = JSON.stringify([intent, predicted]);
    const cell = cells.get(key) ?? { intent, predicted, count: 0 };
    cells.set(key, { ...cell, count: cell.count + 1 });
  }
  return [...cells.values()].sort((a, b) => order(a.intent, b.intent) || order(a.predicted, b.predicted));
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
