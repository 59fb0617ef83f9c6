import { advanceCategoryMap, emptyCategoryMap } from '../../../domain/category-map';
import { buildDataset, type DatasetInput } from '../../../domain/dataset';
import type { EvaluationItem } from '../../../domain/evaluation';
import { accuracy, countLabels, f1, macroF1, type LabelCounts } from '../../../domain/metrics';
import type { DecisionEvent } from '../../../domain/review';
import { outOfScope } from '../../../domain/utterance';
import type { Preview } from '../../api';
import { spaceOf } from '../likeness';
import type { Materials } from '../materials';
import { bestThreshold, NearestCentre } from './nearest-centre';

/** Golden utterances that are shown at most. */
const mostChanges = 200;
/** Characters of one that is shown. */
const longestShown = 500;

/**
 * Estimates what the decisions so far would do. The data set is built as the cycle will build it, and a nearest-centre
 * classifier answers its golden set twice: knowing what the bot has, and what would be added. How much is rescued comes
 * from the accepted phrases themselves, each answered as if it had not been given.
 */
export function estimate(
  materials: Materials,
  events: readonly DecisionEvent[],
  golden: readonly EvaluationItem[],
  parameters: DatasetInput['parameters'],
): Omit<Preview, 'computedInMs'> {
  const { discovery, utterances, known } = materials;
  const { accepted } = advanceCategoryMap(emptyCategoryMap, { cycle: 1, discovery, events, utterances });
  const dataset = buildDataset({ known, accepted, golden, parameters });
  const space = spaceOf(materials);
  const before = new NearestCentre(space, known);
  const after = new NearestCentre(space, [...known, ...dataset.training]);
  const items = dataset.golden;
  const threshold = bestThreshold(
    items.map(({ text, intent }) => ({ nearest: before.nearest(text), right: intent })),
  );
  const answer = (nearest: ReturnType<NearestCentre['nearest']>) =>
    nearest !== null && nearest.similarity >= threshold && nearest.similarity > 0
      ? nearest.intent
      : outOfScope;
  const answers = items.map(({ text }) => ({
    before: answer(before.nearest(text)),
    after: answer(after.nearest(text)),
  }));

  const labels = [
    ...new Set([...items.map(({ intent }) => intent), ...answers.flatMap((one) => [one.before, one.after])]),
  ];
  const count = (which: 'before' | 'after') =>
    countAnswers(
      items,
      answers.map((one) => one[which]),
      labels,
    );
  const counts = { before: count('before'), after: count('after') };

  const covered = accepted.flatMap(({ intent, examples }) =>
    examples.flatMap(({ id, text, count: said }) =>
      utterances.get(id)?.outcome === 'missed' ? [{ text, intent, said }] : [],
    ),
  );
  const trainedOn = new Set(dataset.training.map(({ text, intent }) => `${intent}\n${text}`));
  const rescued = covered.filter(({ text, intent }) => {
    const example = { text, intent };
    const isExample = trainedOn.has(`${intent}\n${text}`);
    return answer(isExample ? after.nearestHeldOut(example) : after.nearest(text)) === intent;
  });
  const said = (some: readonly { said: number }[]) => some.reduce((sum, one) => sum + one.said, 0);
  const { interactions, missed } = discovery.traffic;
  const rate = (fallbacks: number) => (interactions === 0 ? 0 : fallbacks / interactions);

  const changes = items.flatMap(({ id, text, intent }, index) => {
    const given = answers[index]!;
    if (given.before === given.after) return [];
    const effect: Preview['golden']['changes'][number]['effect'] =
      given.after === intent ? 'better' : given.before === intent ? 'worse' : 'neither';
    return [{ id, text: text.slice(0, longestShown), expected: intent, ...given, effect }];
  });
  const order = { worse: 0, better: 1, neither: 2 };
  const howMany = (effect: keyof typeof order) => changes.filter((one) => one.effect === effect).length;
  return {
    decisions: events.length,
    fallback: {
      interactions,
      missed,
      covered: said(covered),
      likelyRescued: said(rescued),
      rate: { before: rate(missed), after: rate(missed - said(rescued)) },
    },
    golden: {
      items: items.length,
      accuracy: { before: accuracy(counts.before), after: accuracy(counts.after) },
      macroF1: { before: macroF1(counts.before), after: macroF1(counts.after) },
      changes: changes.sort((one, other) => order[one.effect] - order[other.effect]).slice(0, mostChanges),
      better: howMany('better'),
      worse: howMany('worse'),
      neither: howMany('neither'),
    },
    intents: describeIntents(materials, dataset, labels, counts),
  };
}

function countAnswers(
  items: readonly EvaluationItem[],
  answers: readonly string[],
  labels: readonly string[],
): LabelCounts[] {
  const numberOf = new Map(labels.map((label, number) => [label, number]));
  return countLabels(
    items.map(({ intent }) => numberOf.get(intent)!),
    answers.map((one) => numberOf.get(one)!),
    items.map((_, index) => index),
    labels.length,
  );
}

function describeIntents(
  { known }: Materials,
  { training, newIntents }: ReturnType<typeof buildDataset>,
  labels: readonly string[],
  counts: { before: LabelCounts[]; after: LabelCounts[] },
): Preview['intents'] {
  const isNew = new Set(newIntents.map(({ name }) => name));
  const added = tally(training.map(({ intent }) => intent));
  const examples = tally(known.map(({ intent }) => intent));
  return [...new Set([...labels, ...added.keys()])]
    .filter((intent) => intent !== outOfScope)
    .map((intent) => {
      const label = labels.indexOf(intent);
      const [before, after] = [counts.before[label], counts.after[label]];
      return {
        intent,
        isNew: isNew.has(intent),
        examples: examples.get(intent) ?? 0,
        added: added.get(intent) ?? 0,
        f1: before && after && after.support > 0 ? { before: f1(before), after: f1(after) } : null,
      };
    })
    .filter((one) => one.added > 0 || (one.f1 !== null && one.f1.before !== one.f1.after))
    .sort((one, other) => gain(one) - gain(other) || (one.intent < other.intent ? -1 : 1));
}

function gain({ f1: change }: Preview['intents'][number]): number {
  return change === null ? 0 : change.after - change.before;
}

function tally(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
