import { outOfScope } from '../../../domain/utterance';
import type { TextSpace, TextVector } from '../text-space';

/** A phrase of an intent. */
export interface Example {
  text: string;
  intent: string;
}

/** What a phrase is nearest to; the higher the score, the surer. */
export interface Recognition {
  intent: string;
  score: number;
}

/** Weight of the penalty on the squared weights; vectors have length 1, and this is the usual choice for such. */
const ridge = 1;
/** A solution is good enough when what is left of the right side is this share of it, in squares; or after so many steps. */
const enough = 1e-3;
const mostSteps = 30;

/**
 * A linear classifier, one intent against all others, by ridge regression on the signs: quick to train, the same each
 * time, and like the engines of bots in that intents compete for words.
 */
export class Recogniser {
  private readonly intents: readonly string[];
  /** Term by intent: what one term says of every intent lies together. */
  private readonly weights: Float32Array;
  private readonly bias: Float64Array;

  constructor(
    private readonly space: TextSpace,
    examples: readonly Example[],
  ) {
    const known = examples.filter(({ intent }) => intent !== outOfScope);
    this.intents = [...new Set(known.map(({ intent }) => intent))];
    const numberOf = new Map(this.intents.map((intent, number) => [intent, number]));
    const vectors = known.map(({ text }) => space.vectorOf(text));
    const labels = known.map(({ intent }) => numberOf.get(intent)!);
    const count = this.intents.length;
    const shares = solve(vectors, labels, count, space.size);
    this.weights = new Float32Array(space.size * count);
    this.bias = new Float64Array(count);
    spread(vectors, shares, this.weights, this.bias);
  }

  /** The intent that a phrase belongs to most; null where nothing is known. */
  recognise(text: string): Recognition | null {
    const { terms, weights: values } = this.space.vectorOf(text);
    const count = this.intents.length;
    const scores = Float64Array.from(this.bias);
    for (let at = 0; at < terms.length; at++) {
      const row = terms[at]! * count;
      for (let intent = 0; intent < count; intent++)
        scores[intent]! += values[at]! * this.weights[row + intent]!;
    }
    let best = -1;
    for (let intent = 0; intent < count; intent++)
      if (best < 0 || scores[intent]! > scores[best]!) best = intent;
    return best < 0 ? null : { intent: this.intents[best]!, score: scores[best]! };
  }
}

/**
 * Conjugate gradients on the dual, all intents side by side: (X·Xᵀ + 1 + ridge·I) a = y, where the 1 is the bias and y is
 * 1 for the examples of an intent and −1 for all others.
 * @returns a, by example and intent
 */
function solve(
  vectors: readonly TextVector[],
  labels: readonly number[],
  count: number,
  size: number,
): Float64Array {
  const entries = vectors.length * count;
  const solution = new Float64Array(entries);
  const rest = new Float64Array(entries).fill(-1);
  labels.forEach((label, row) => (rest[row * count + label] = 1));
  const direction = Float64Array.from(rest);
  const image = new Float64Array(entries);
  const sums = new Float32Array(size * count);
  const bias = new Float64Array(count);
  let left = squares(rest, rest, count);
  const stopAt = vectors.length * enough;
  for (let step = 0; step < mostSteps && left.some((square) => square > stopAt); step++) {
    sums.fill(0);
    bias.fill(0);
    spread(vectors, direction, sums, bias);
    gather(vectors, direction, sums, bias, image);
    const along = squares(direction, image, count);
    // An intent that is solved already moves no more.
    const length = left.map((square, intent) => (square > stopAt ? square / along[intent]! : 0));
    for (let from = 0; from < entries; from += count) {
      for (let intent = 0; intent < count; intent++) {
        solution[from + intent]! += length[intent]! * direction[from + intent]!;
        rest[from + intent]! -= length[intent]! * image[from + intent]!;
      }
    }
    const now = squares(rest, rest, count);
    const turn = now.map((square, intent) => square / left[intent]!);
    for (let from = 0; from < entries; from += count) {
      for (let intent = 0; intent < count; intent++)
        direction[from + intent] = rest[from + intent]! + turn[intent]! * direction[from + intent]!;
    }
    left = now;
  }
  return solution;
}

/** Adds the vectors, times their shares of each intent, to the sums of each intent. */
function spread(
  vectors: readonly TextVector[],
  shares: Float64Array,
  sums: Float32Array,
  bias: Float64Array,
): void {
  const count = bias.length;
  vectors.forEach(({ terms, weights }, row) => {
    const from = row * count;
    for (let intent = 0; intent < count; intent++) bias[intent]! += shares[from + intent]!;
    for (let at = 0; at < terms.length; at++) {
      const to = terms[at]! * count;
      const weight = weights[at]!;
      for (let intent = 0; intent < count; intent++) sums[to + intent]! += weight * shares[from + intent]!;
    }
  });
}

/** What the left side of the equation makes of a direction whose sums are known. */
function gather(
  vectors: readonly TextVector[],
  direction: Float64Array,
  sums: Float32Array,
  bias: Float64Array,
  image: Float64Array,
): void {
  const count = bias.length;
  vectors.forEach(({ terms, weights }, row) => {
    const from = row * count;
    for (let intent = 0; intent < count; intent++)
      image[from + intent] = bias[intent]! + ridge * direction[from + intent]!;
    for (let at = 0; at < terms.length; at++) {
      const sumsFrom = terms[at]! * count;
      const weight = weights[at]!;
      for (let intent = 0; intent < count; intent++)
        image[from + intent]! += weight * sums[sumsFrom + intent]!;
    }
  });
}

/** Scalar product of each intent's column. */
function squares(one: Float64Array, other: Float64Array, count: number): Float64Array {
  const sums = new Float64Array(count);
  for (let from = 0; from < one.length; from += count) {
    for (let intent = 0; intent < count; intent++)
      sums[intent]! += one[from + intent]! * other[from + intent]!;
  }
  return sums;
}

/** How a phrase was recognised, and what should become of it. */
export interface Tried {
  recognition: Recognition | null;
  /** The intent that it should get; `anyIntent` where any will do, null where it should not be understood. */
  wanted: string | typeof anyIntent | null;
}

/** Any intent is right: only that the phrase is understood is known. */
export const anyIntent = Symbol('any intent');

/** The score from which on recognitions have to count so that most phrases come out as they should. */
export function bestLimit(tried: readonly Tried[]): number {
  const order = tried
    .map(({ recognition, wanted }) => ({
      score: recognition?.score ?? -Infinity,
      isRight: recognition !== null && (wanted === anyIntent || wanted === recognition.intent),
      isForeign: wanted === null,
    }))
    .sort((one, other) => one.score - other.score);
  let right = order.filter(({ isRight }) => isRight).length;
  let best = { right, limit: -Infinity };
  order.forEach(({ score, isRight, isForeign }, index) => {
    right += Number(isForeign) - Number(isRight);
    const next = order[index + 1]?.score ?? Infinity;
    if (right > best.right && next > score)
      best = { right, limit: next === Infinity ? score + 1e-6 : (score + next) / 2 };
  });
  return best.limit;
}
