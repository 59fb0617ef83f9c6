import type { LabelledUtterance, Utterance } from '../../src/domain/utterance';
import type { DiscoveryInput, EmbeddedUnits } from '../../src/jobs/discover/discover';
import { stackRows, type Matrix } from '../../src/jobs/discover/numeric/matrix';
import { seededRandom, type Random } from '../../src/jobs/discover/numeric/random';
import { gaussianMixture } from '../../test/jobs/discover/numeric/mixture';

/** A bot knows so many intents, by an example for every ten utterances of its log. */
const knownIntents = 100;
const examplesPerUtterance = 0.1;
/** What the utterances are about; the others are noise. */
const shares = { known: 0.5, hidden: 0.4 };
const pointsPerTopic = 150;
const spread = 0.8;
const understoodShare = 0.6;
const days = 30;
const ownWords = 6;
const vocabulary = 3_000;

/** Whether a topic is one that the bot knows. */
export function isKnown(topic: number): boolean {
  return topic >= 0 && topic < knownIntents;
}

/** Points of a log and of the bot's examples, and what each is about. */
export interface GeneratedPoints {
  points: Matrix;
  /** For each row the number of its topic, those that the bot knows first; −1 for noise. */
  topics: Int32Array;
  /** So many rows are utterances; the rest are the bot's examples. */
  utterances: number;
}

/** Gaussians around centres on the sphere; of noise each has a centre of its own, or shares it with a few. */
export function generatePoints(utterances: number, columns: number): GeneratedPoints {
  const [known, hidden] = [Math.round(shares.known * utterances), Math.round(shares.hidden * utterances)];
  const noise = utterances - known - hidden;
  const examples = Math.round(examplesPerUtterance * utterances);
  const hiddenTopics = Math.ceil(hidden / pointsPerTopic);
  const mixture = (rows: number, groups: number, seed: number) =>
    gaussianMixture({ rows, columns, groups }, spread, seed);
  const ofKnown = mixture(known + examples, knownIntents, 1);
  const ofHidden = mixture(hidden, hiddenTopics, 2);
  const ofNoise = mixture(noise, noise, 3);
  const topics = new Int32Array(utterances + examples).fill(-1);
  topics.set(ofKnown.groups.subarray(0, known));
  topics.set(
    ofHidden.groups.map((group) => knownIntents + group),
    known,
  );
  topics.set(ofKnown.groups.subarray(known), utterances);
  const part = ({ values }: Matrix, from: number, to: number): Matrix => ({
    rows: to - from,
    columns,
    values: values.subarray(from * columns, to * columns),
  });
  const parts = [
    part(ofKnown.points, 0, known),
    ofHidden.points,
    ofNoise.points,
    part(ofKnown.points, known, known + examples),
  ];
  return { points: stackRows(parts, columns), topics, utterances };
}

/** Gives every point a phrase: words of its topic among those that all use. */
export function asDiscovery({ points, topics, utterances }: GeneratedPoints): {
  input: DiscoveryInput;
  embedded: EmbeddedUnits;
} {
  const random = seededRandom(4);
  const texts = Array.from(topics, (topic, row) => phrase(topic < 0 ? topics.length + row : topic, random));
  const intentOf = (row: number) => (isKnown(topics[row]!) ? `Intent${topics[row]}` : null);
  const log = Array.from({ length: utterances }, (_, row): Utterance => {
    const intent = intentOf(row);
    const isUnderstood = intent !== null && random() < understoodShare;
    const [one, other] = [moment(random), moment(random)];
    return {
      id: `u${row}`,
      text: texts[row]!,
      language: 'es',
      count: 1 + Math.floor(-2 * Math.log(1 - random())),
      firstSeen: one < other ? one : other,
      lastSeen: one < other ? other : one,
      outcome: isUnderstood ? 'understood' : 'missed',
      intent: isUnderstood ? intent : null,
      confidence: null,
      alternative: null,
    };
  });
  const known = texts
    .map((text, row): LabelledUtterance => ({ text, intent: intentOf(row) ?? '' }))
    .slice(utterances);
  return {
    input: {
      utterances: log,
      known,
      rejected: [],
      parameters: { embedder: 'onnx:generated', language: 'es', minimumSize: 5, seed: 1 },
    },
    embedded: {
      units: texts.map((text, row) => ({
        text,
        members: row < utterances ? [row] : [],
        intent: row < utterances ? log[row]!.intent : intentOf(row),
        inTraining: row >= utterances,
        rejected: false,
      })),
      points,
      embedder: 'onnx:generated',
      usage: { hits: 0, misses: texts.length, estimate: null, warnings: [] },
    },
  };
}

function phrase(topic: number, random: Random): string {
  const pick = (most: number) => Math.floor(random() * most);
  const own = Array.from({ length: 2 }, () => word((topic * ownWords + pick(ownWords)) % vocabulary));
  // Squared, so that some words are said far more often than others.
  const common = Array.from({ length: 2 + pick(3) }, () => word(Math.floor(random() ** 2 * vocabulary)));
  return ['quiero', own[0], 'de', common[0], own[1], ...common.slice(1)].join(' ');
}

function word(number: number): string {
  const syllables = [
    'ba',
    'ce',
    'di',
    'fo',
    'gu',
    'la',
    'me',
    'ni',
    'po',
    'ru',
    'sa',
    'te',
    'vi',
    'zo',
    'lu',
  ];
  let [text, rest] = ['', number + syllables.length];
  while (rest > 0) {
    text += syllables[rest % syllables.length]!;
    rest = Math.floor(rest / syllables.length);
  }
  return `${text}l`;
}

function moment(random: Random): string {
  return new Date(Date.UTC(2026, 0, 1) + random() * days * 86_400_000).toISOString();
}
