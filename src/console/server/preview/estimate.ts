import { advanceCategoryMap, emptyCategoryMap } from '../../../domain/category-map';
import { buildDataset, type DatasetInput } from '../../../domain/dataset';
import type { EvaluationItem } from '../../../domain/evaluation';
import { accuracy, countLabels, f1, macroF1, type LabelCounts } from '../../../domain/metrics';
import type { DecisionEvent } from '../../../domain/review';
import { outOfScope, type Utterance } from '../../../domain/utterance';
import type { Preview } from '../../api';
import { spaceOf } from '../likeness';
import type { Materials } from '../materials';
import { anyIntent, bestLimit, Recogniser, type Example, type Recognition } from './recogniser';

/** Golden utterances that are shown at most. */
const mostChanges = 200;
/** Characters of one that is shown. */
const longestShown = 500;

/** Into so many parts the added examples are dealt, each answered by what the others teach. */
const parts = 3;

/** What knows what the bot has, and what it made of phrases. */
interface BotKnowledge {
  recogniser: Recogniser;
  recognitions: Map<string, Recognition | null>;
}

const ofTheBot = new WeakMap<object, BotKnowledge>();

/** What the bot's knowledge makes of each text; no decision changes it, so it is asked once. */
function recognisedByTheBot(
  materials: EstimateMaterials,
  texts: readonly string[],
): BotKnowledge['recognitions'] {
  const made = ofTheBot.get(materials.utterances) ?? {
    recogniser: new Recogniser(spaceOf(materials), materials.known),
    recognitions: new Map<string, Recognition | null>(),
  };
  ofTheBot.set(materials.utterances, made);
  const unknown = texts.filter((text) => !made.recognitions.has(text));
  made.recogniser
    .recognise(unknown)
    .forEach((recognition, at) => made.recognitions.set(unknown[at]!, recognition));
  return made.recognitions;
}

/** What an estimate looks at of a review's materials. */
type EstimateMaterials = Pick<Materials, 'discovery' | 'utterances' | 'known'>;

/**
 * Estimates what the decisions so far would do. The data set is built as the cycle will build it, and a linear
 * classifier answers its golden set twice: knowing what the bot has, and what would be added. Each time it is as careful
 * as a bot that is trained on that: from which score on it understands is chosen by this cycle's phrases, which the bot
 * understood or missed, and of which the accepted ones should be understood from now on. An added example counts as what
 * was learnt without it makes of it, here and for how much is rescued.
 */
export function estimate(
  materials: EstimateMaterials,
  events: readonly DecisionEvent[],
  golden: readonly EvaluationItem[],
  parameters: DatasetInput['parameters'],
): Omit<Preview, 'computedInMs'> {
  const { discovery, utterances, known } = materials;
  const { accepted } = advanceCategoryMap(emptyCategoryMap, { cycle: 1, discovery, events, utterances });
  const dataset = buildDataset({ known, accepted, golden, parameters });
  const told = new Set(known.map(({ text }) => text));
  const decided = new Map(
    accepted.flatMap(({ intent, examples }) => examples.map(({ id }) => [id, intent] as const)),
  );
  const unheard = [...utterances.values()].filter(({ text }) => !told.has(text));
  const items = dataset.golden;
  const texts = [...new Set([...utterances.values(), ...items].map(({ text }) => text))];
  const before = recognisedByTheBot(materials, texts);
  const after = recognisedAfter(materials, dataset.training, texts) ?? before;
  const asTheBotDid = ({ outcome }: Utterance) => (outcome === 'missed' ? null : anyIntent);
  const limitBefore = bestLimit(
    unheard.map((phrase) => ({ recognition: before.get(phrase.text) ?? null, wanted: asTheBotDid(phrase) })),
  );
  const limitAfter = bestLimit(
    unheard.map((phrase) => ({
      recognition: after.get(phrase.text) ?? null,
      wanted: decided.get(phrase.id) ?? asTheBotDid(phrase),
    })),
  );
  const answer = (recognition: Recognition | null | undefined, limit: number) =>
    recognition && recognition.score >= limit ? recognition.intent : outOfScope;
  const answers = items.map(({ text }) => ({
    before: answer(before.get(text), limitBefore),
    after: answer(after.get(text), limitAfter),
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
  const rescued = covered.filter(({ text, intent }) => answer(after.get(text), limitAfter) === intent);
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

/**
 * What is made of each text once the examples are added; of an added one what the others teach.
 * @returns null where there are none to add
 */
function recognisedAfter(
  materials: EstimateMaterials,
  training: readonly Example[],
  texts: readonly string[],
): Map<string, Recognition | null> | null {
  if (training.length === 0) return null;
  const recogniser = new Recogniser(
    spaceOf(materials),
    [...materials.known, ...training.map(({ text, intent }, at) => ({ text, intent, part: at % parts }))],
    ofTheBot.get(materials.utterances)?.recogniser,
  );
  const recognitions = recogniser.recognise(texts);
  return new Map([
    ...texts.map((text, at) => [text, recognitions[at]!] as const),
    ...recogniser.recogniseHeldOut(),
  ]);
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
  { known }: EstimateMaterials,
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
