import type { AcceptedCategory } from '../category-map';
import type { EvaluationItem } from '../evaluation';
import { nearDuplicateGroups, nearDuplicatePairs } from '../similarity/near-duplicates';
import { outOfScope, type LabelledUtterance } from '../utterance';
import type { Dataset, LeftOut, LeftOutReason, SetAside } from './dataset';
import { seededRandom, shuffled } from '../random';
import { screenExamples, type UsableExample } from './screen';

export interface DatasetInput {
  /** What the bot's DRAFT has, with slots filled in. */
  known: readonly LabelledUtterance[];
  /** What the review accepted. */
  accepted: readonly AcceptedCategory[];
  /** Descriptions of new intents by name, where there are any. */
  descriptions?: Readonly<Record<string, string>>;
  /** The golden set before this cycle. */
  golden: readonly EvaluationItem[];
  parameters: {
    /** Share 0–1 of each intent's groups of near-duplicates that is kept for validation. */
    validationShare: number;
    /** Share 0–1 of each new intent's groups that joins the golden set. */
    goldenShare: number;
    seed: number;
  };
}

/**
 * Builds the data set of a cycle. Phrases that are near-duplicates of each other stay together in one of training,
 * validation and golden set; what is close to a sample that the bot has can only be training, and what is close to a
 * golden utterance is not used. The split is stratified by intent over groups, at random from the seed.
 */
export function buildDataset(input: DatasetInput): Dataset {
  const { golden: goldenBefore, known, accepted, parameters } = input;
  const newIntents = new Set(accepted.filter(({ isNew }) => isNew).map(({ intent }) => intent));
  const { usable, leftOut } = screenExamples(accepted, known);
  const setAside = contradictedGolden(goldenBefore, usable);
  const asideIds = new Set(setAside.map(({ id }) => id));
  const keptGolden = goldenBefore.filter(({ id }) => !asideIds.has(id));

  const groups = groupExamples(usable, keptGolden, known);
  const training = groups.filter((group) => group.touches === 'known').flatMap((group) => group.examples);
  const nearGolden = groups.filter((group) => group.touches === 'golden').flatMap((group) => group.examples);
  const { trainingGroups, validationGroups, goldenGroups } = keepLearnable(
    split(
      groups.filter((group) => group.touches === null),
      newIntents,
      parameters,
    ),
    new Set([...known, ...training].map(({ intent }) => intent)),
  );
  training.push(...trainingGroups.flatMap((group) => group.examples));
  const validation = validationGroups.flatMap((group) => group.examples).map(evaluationItem('validation'));
  const goldenAdded = goldenGroups.flatMap((group) => group.examples).map(evaluationItem('golden'));
  const allLeftOut: LeftOut[] = [
    ...leftOut,
    ...nearGolden.map(({ id, text, intent }) => ({ id, text, intent, reason: 'near-golden' as const })),
  ];
  return {
    schemaVersion: 1,
    training: training.map(({ sample, intent, count }) => ({ text: sample, intent, count })),
    newIntents: [...newIntents]
      .filter((name) => training.some(({ intent }) => intent === name))
      .map((name) => ({ name, description: input.descriptions?.[name] ?? null })),
    validation,
    golden: [...keptGolden, ...goldenAdded],
    leftOut: allLeftOut,
    setAside,
    counts: {
      accepted: accepted.reduce((sum, { examples }) => sum + examples.length, 0),
      training: training.length,
      validation: validation.length,
      goldenBefore: goldenBefore.length,
      goldenAdded: goldenAdded.length,
      setAside: setAside.length,
      golden: keptGolden.length + goldenAdded.length,
      leftOut: allLeftOut.length,
      leftOutByReason: countByReason(allLeftOut),
    },
  };
}

/** Golden utterances labelled out of scope that are near-duplicates of an example that a person accepted. */
function contradictedGolden(golden: readonly EvaluationItem[], usable: readonly UsableExample[]): SetAside[] {
  const outside = golden.filter(({ intent }) => intent === outOfScope);
  const texts = [...outside, ...usable].map(({ text }) => text);
  const acceptedAs = new Map<number, string>();
  for (const [one, other] of nearDuplicatePairs(texts)) {
    if (one < outside.length && other >= outside.length && !acceptedAs.has(one)) {
      acceptedAs.set(one, usable[other - outside.length]!.intent);
    }
  }
  return outside.flatMap(({ id, text, intent }, position) => {
    const accepted = acceptedAs.get(position);
    return accepted === undefined ? [] : [{ id, text, intent, reason: 'now-in-scope', acceptedAs: accepted }];
  });
}

interface ExampleGroup {
  examples: UsableExample[];
  /** What else is in the group: a golden utterance, or else a sample that the bot has. */
  touches: 'golden' | 'known' | null;
}

function groupExamples(
  usable: readonly UsableExample[],
  golden: readonly EvaluationItem[],
  known: readonly LabelledUtterance[],
): ExampleGroup[] {
  const numbers = nearDuplicateGroups([...usable, ...golden, ...known].map(({ text }) => text));
  const groups = new Map<number, ExampleGroup>();
  for (const [position, example] of usable.entries()) {
    const group = groups.get(numbers[position]!);
    if (group) group.examples.push(example);
    else groups.set(numbers[position]!, { examples: [example], touches: null });
  }
  for (let position = usable.length; position < numbers.length; position++) {
    const group = groups.get(numbers[position]!);
    if (!group || group.touches === 'golden') continue;
    group.touches = position < usable.length + golden.length ? 'golden' : 'known';
  }
  return [...groups.values()];
}

interface Split {
  trainingGroups: ExampleGroup[];
  validationGroups: ExampleGroup[];
  goldenGroups: ExampleGroup[];
}

/** Deals each intent's groups out at random; at least one stays for training. */
function split(
  groups: readonly ExampleGroup[],
  newIntents: ReadonlySet<string>,
  { validationShare, goldenShare, seed }: DatasetInput['parameters'],
): Split {
  const byIntent = new Map<string, ExampleGroup[]>();
  for (const group of groups) {
    const intent = mainIntent(group);
    byIntent.set(intent, [...(byIntent.get(intent) ?? []), group]);
  }
  const random = seededRandom(seed);
  const dealt: Split = { trainingGroups: [], validationGroups: [], goldenGroups: [] };
  for (const intent of [...byIntent.keys()].sort()) {
    const order = shuffled(byIntent.get(intent)!, random);
    const goldenWanted = newIntents.has(intent) ? Math.round(goldenShare * order.length) : 0;
    const goldenCount = Math.min(goldenWanted, order.length - 1);
    const validationCount = Math.min(
      Math.round(validationShare * order.length),
      order.length - 1 - goldenCount,
    );
    dealt.goldenGroups.push(...order.slice(0, goldenCount));
    dealt.validationGroups.push(...order.slice(goldenCount, goldenCount + validationCount));
    dealt.trainingGroups.push(...order.slice(goldenCount + validationCount));
  }
  return dealt;
}

/**
 * Moves to training the groups with an intent that could not be learned otherwise: where all phrases of a new
 * intent are in groups that belong mainly to other intents.
 */
function keepLearnable(dealt: Split, learned: ReadonlySet<string>): Split {
  const trained = new Set(learned);
  const learn = (group: ExampleGroup) => group.examples.forEach(({ intent }) => trained.add(intent));
  dealt.trainingGroups.forEach(learn);
  const trainingGroups = [...dealt.trainingGroups];
  const keep = (group: ExampleGroup) => {
    if (group.examples.every(({ intent }) => trained.has(intent))) return true;
    trainingGroups.push(group);
    learn(group);
    return false;
  };
  const validationGroups = dealt.validationGroups.filter(keep);
  return { trainingGroups, validationGroups, goldenGroups: dealt.goldenGroups.filter(keep) };
}

/** The intent of most of a group's interactions. */
function mainIntent({ examples }: ExampleGroup): string {
  const counts = new Map<string, number>();
  for (const { intent, count } of examples) counts.set(intent, (counts.get(intent) ?? 0) + count);
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0]![0];
}

function evaluationItem(set: EvaluationItem['set']): (example: UsableExample) => EvaluationItem {
  return ({ id, text, intent }) => ({ id: `${set}-${id}`, text, intent, set });
}

function countByReason(leftOut: readonly LeftOut[]): Partial<Record<LeftOutReason, number>> {
  const counts: Partial<Record<LeftOutReason, number>> = {};
  for (const { reason } of leftOut) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}
