import {
  accuracy,
  f1,
  macroF1,
  stratifiedBootstrap,
  weightedF1,
  type BootstrapEstimate,
  type LabelCounts,
} from '../metrics';
import { outOfScope } from '../utterance';
import { groupOf } from './answered';
import type { ModelRole } from './inputs';
import { countAnswers, strataOf, type LabelledAnswers } from './labels';
import type { IntentGroup } from './schema';

/** Everything that is estimated by resampling: for the two models and for challenger minus champion. */
export type Estimates = Record<ModelRole | 'difference', ModelEstimates>;

export interface ModelEstimates {
  accuracy: BootstrapEstimate;
  macroF1: BootstrapEstimate;
  weightedF1: BootstrapEstimate;
  fallbackRate: BootstrapEstimate;
  coverage: BootstrapEstimate;
  outOfScopeRecall: BootstrapEstimate;
  groups: Record<IntentGroup, { accuracy: BootstrapEstimate; macroF1: BootstrapEstimate }>;
  /** By label number. */
  intentF1: BootstrapEstimate[];
}

const groups = ['existing', 'new', 'out-of-scope'] as const satisfies readonly IntentGroup[];
const headStatistics = 6 + 2 * groups.length;

/** Resamples both models through the same draws, stratified by right intent. */
export function estimate(
  answers: LabelledAnswers,
  newIntents: ReadonlySet<string>,
  options: { seed: number; resamples: number },
): Estimates {
  const labelGroups = answers.labels.map((label) => groupOf(label, newIntents));
  const fallback = answers.labels.indexOf(outOfScope);
  const statistics = (sample: Int32Array) => {
    const champion = modelStatistics(countAnswers(answers, 'champion', sample), labelGroups, fallback);
    const challenger = modelStatistics(countAnswers(answers, 'challenger', sample), labelGroups, fallback);
    return [...champion, ...challenger, ...challenger.map((value, index) => value - champion[index]!)];
  };
  const all = stratifiedBootstrap(strataOf(answers), statistics, options);
  const size = all.length / 3;
  return {
    champion: named(all.slice(0, size)),
    challenger: named(all.slice(size, 2 * size)),
    difference: named(all.slice(2 * size)),
  };
}

/** The statistics of one model, in the order that `named` takes apart. */
function modelStatistics(counts: LabelCounts[], labelGroups: IntentGroup[], fallback: number): number[] {
  const items = counts.reduce((total, label) => total + label.support, 0);
  const none: LabelCounts = { support: 0, predicted: 0, hits: 0 };
  const fallbacks = counts[fallback] ?? none;
  const inScope = items - fallbacks.support;
  const answeredInScope = inScope - (fallbacks.predicted - fallbacks.hits);
  return [
    accuracy(counts),
    macroF1(counts),
    weightedF1(counts),
    share(fallbacks.predicted, items),
    share(answeredInScope, inScope),
    share(fallbacks.hits, fallbacks.support),
    ...groups.flatMap((group) => {
      const members = counts.filter((_, label) => labelGroups[label] === group);
      return [accuracy(members), macroF1(members)];
    }),
    ...counts.map(f1),
  ];
}

function named(estimates: BootstrapEstimate[]): ModelEstimates {
  const [accuracyOfAll, macro, weighted, fallbackRate, coverage, outOfScopeRecall] = estimates as [
    BootstrapEstimate,
    BootstrapEstimate,
    BootstrapEstimate,
    BootstrapEstimate,
    BootstrapEstimate,
    BootstrapEstimate,
  ];
  const group = (index: number) => ({
    accuracy: estimates[6 + 2 * index]!,
    macroF1: estimates[7 + 2 * index]!,
  });
  return {
    accuracy: accuracyOfAll,
    macroF1: macro,
    weightedF1: weighted,
    fallbackRate,
    coverage,
    outOfScopeRecall,
    groups: { existing: group(0), new: group(1), 'out-of-scope': group(2) },
    intentF1: estimates.slice(headStatistics),
  };
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
