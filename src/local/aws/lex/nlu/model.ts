import { type Calibration, fitCalibration, type HeldOut, probabilities } from './calibration';
import { fitVectorizer, type Terms, termsOf, type Vectorizer, vectorize } from './features';
import { type LinearModel, marginsOf, trainLinearSvm } from './linear-svm';
import { seededRandom } from '../../../../domain/random';
import { shuffle } from './random';
import { stack } from './sparse';

export interface Example {
  text: string;
  intent: string;
}

/** Says which intent a phrase is nearest to, not whether it is any of them. Plain data. */
export interface Classifier {
  intents: string[];
  vectorizer: Vectorizer;
  linear: LinearModel;
}

/** A classifier that knows how sure it is. Plain data: it can be stored with `v8.serialize` and sent between threads. */
export interface IntentModel extends Classifier {
  calibration: Calibration;
}

export interface RankedIntent {
  intent: string;
  /** Calibrated probability, 0–1; those of all intents add up to less than 1, the rest being "none of them". */
  confidence: number;
}

const foldCount = 5;
/** Rows × classes that may be trained on for the calibration, over all folds. */
const calibrationBudget = 75_000;
const mostForeignPerFold = 600;

/** Fits the classifier alone. The same examples and seed give the same one. */
export function fitClassifier(examples: Example[], seed = 1): Classifier {
  const { intents, labels, phrases } = labelled(examples);
  return { intents, ...fit(phrases, labels, intents.length, seed) };
}

/** The nearest intent. */
export function classify({ intents, vectorizer, linear }: Classifier, text: string): string {
  const margins = marginsOf(linear, vectorize(vectorizer, termsOf(text)));
  return intents[margins.indexOf(Math.max(...margins))]!;
}

/**
 * Trains a classifier of phrases and its confidence. The same examples and seed give the same model.
 * @param examples at least one; an intent's examples need not lie together
 */
export function trainIntentModel(examples: Example[], seed = 1): IntentModel {
  const { intents, labels, phrases } = labelled(examples);
  const { vectorizer, linear } = fit(phrases, labels, intents.length, seed);
  const heldOut = holdOut(phrases, labels, intents.length, seed);
  return { intents, vectorizer, linear, calibration: fitCalibration(heldOut, Math.max(...linear.bias)) };
}

function labelled(examples: Example[]): { intents: string[]; labels: Int32Array; phrases: Terms[] } {
  const intents = [...new Set(examples.map(({ intent }) => intent))].sort();
  const positions = new Map(intents.map((intent, position) => [intent, position]));
  return {
    intents,
    labels: Int32Array.from(examples, ({ intent }) => positions.get(intent)!),
    phrases: examples.map(({ text }) => termsOf(text)),
  };
}

/** The intents with their confidence, best first. */
export function rankIntents(model: IntentModel, text: string): RankedIntent[] {
  const margins = marginsOf(model.linear, vectorize(model.vectorizer, termsOf(text)));
  const confidences = probabilities(margins, model.calibration);
  return model.intents
    .map((intent, index) => ({ intent, confidence: confidences[index]! }))
    .sort((a, b) => b.confidence - a.confidence);
}

function fit(
  phrases: Terms[],
  labels: Int32Array,
  classes: number,
  seed: number,
): { vectorizer: Vectorizer; linear: LinearModel } {
  const vectorizer = fitVectorizer(phrases);
  const vectors = phrases.map((phrase) => vectorize(vectorizer, phrase));
  // A bot with one intent has nothing to set it apart from: an empty phrase stands for everything else.
  const nothing = classes === 1 ? [{ indices: new Int32Array(0), values: new Float32Array(0) }] : [];
  const data = stack([...vectors, ...nothing], vectorizer.columns);
  const targets = Int32Array.from([...labels, ...nothing.map(() => -1)]);
  return { vectorizer, linear: trainLinearSvm(data, targets, classes, seed) };
}

/**
 * Margins of phrases by models that have not seen them. Each fold leaves out a share of every class's phrases, and some
 * classes altogether: these show what margins look like when somebody asks for what the bot does not know.
 */
function holdOut(phrases: Terms[], labels: Int32Array, classes: number, seed: number): HeldOut[] {
  const folds = Math.min(foldCount, Math.max(1, Math.round(calibrationBudget / (phrases.length * classes))));
  const random = seededRandom(seed);
  const foldOfText = assignFolds(labels, classes, random);
  const classOrder = Int32Array.from({ length: classes }, (_, k) => k);
  shuffle(classOrder, random);
  const heldOut: HeldOut[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const left = new Set(
      [...classOrder].filter((_, position) => classes > 2 && position % foldCount === fold),
    );
    const kept = [...classOrder.keys()].filter((k) => !left.has(k));
    const training: number[] = [];
    const known: number[] = [];
    const foreign: number[] = [];
    labels.forEach((label, row) => {
      if (left.has(label)) foreign.push(row);
      else if (foldOfText[row] === fold) known.push(row);
      else training.push(row);
    });
    const model = fit(
      training.map((row) => phrases[row]!),
      Int32Array.from(training, (row) => kept.indexOf(labels[row]!)),
      kept.length,
      seed,
    );
    const marginsOfRow = (row: number) => marginsOf(model.linear, vectorize(model.vectorizer, phrases[row]!));
    for (const row of known) heldOut.push({ margins: marginsOfRow(row), label: kept.indexOf(labels[row]!) });
    const every = Math.max(1, Math.ceil(foreign.length / mostForeignPerFold));
    for (let i = 0; i < foreign.length; i += every)
      heldOut.push({ margins: marginsOfRow(foreign[i]!), label: null });
  }
  return heldOut;
}

/** Deals each class's phrases to the folds; a class's only phrase belongs to none, so that it is always trained on. */
function assignFolds(labels: Int32Array, classes: number, random: () => number): Int32Array {
  const folds = new Int32Array(labels.length).fill(-1);
  const rowsOfClass: number[][] = Array.from({ length: classes }, () => []);
  labels.forEach((label, row) => rowsOfClass[label]!.push(row));
  for (const rows of rowsOfClass) {
    if (rows.length < 2) continue;
    const order = Int32Array.from(rows);
    shuffle(order, random);
    order.forEach((row, position) => (folds[row] = position % foldCount));
  }
  return folds;
}
