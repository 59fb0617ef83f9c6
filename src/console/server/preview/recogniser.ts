import { outOfScope } from '../../../domain/utterance';
import type { SparseMatrix } from '../../../jobs/discover/numeric/matrix';
import type { TextSpace } from '../text-space';
import { lanes, matrixOf, multiplyLanes, transposed } from './sparse-products';

/** A phrase of an intent. */
export interface Example {
  text: string;
  intent: string;
  /** Of those that are held out in turn the part that it is held out with. */
  part?: number;
}

/** What a phrase is nearest to; the higher the score, the surer. */
export interface Recognition {
  intent: string;
  score: number;
}

/** Weight of the penalty on the squared weights; vectors have length 1, and this is the usual choice for such. */
const ridge = 1;
/**
 * A solution is good enough when what is left of the right side is, in squares, this share of the intent's examples; or
 * after so many steps. Scores are then right to a hundredth.
 */
const enough = 1e-3;
const mostSteps = 50;

/**
 * A linear classifier, one intent against all others, by ridge regression on the signs: quick to train, the same each
 * time, and like the engines of bots in that intents compete for words. As many intents as there are lanes lie side by
 * side in every matrix.
 */
export class Recogniser {
  private readonly examples: readonly Example[];
  private readonly intents: readonly string[];
  /** For each example the number of its intent. */
  private readonly labels: Int32Array;
  /** The examples by their terms, and the terms by the examples that have them. */
  private readonly byExample: SparseMatrix;
  private readonly byTerm: SparseMatrix;
  /** For the intents from a number on how much each example has to say of them. */
  private readonly solutions: readonly { first: number; shares: Float64Array }[];

  /** @param former what was learnt from the first of the examples, to begin from */
  constructor(
    private readonly space: TextSpace,
    examples: readonly Example[],
    former?: Recogniser,
  ) {
    this.examples = examples.filter(({ intent }) => intent !== outOfScope);
    this.intents = [...new Set(this.examples.map(({ intent }) => intent))];
    const numberOf = new Map(this.intents.map((intent, number) => [intent, number]));
    this.labels = Int32Array.from(this.examples, ({ intent }) => numberOf.get(intent)!);
    this.byExample = this.matrixOf(this.examples.map(({ text }) => text));
    this.byTerm = transposed(this.byExample);
    const everyone = new Uint8Array(this.examples.length).fill(1);
    this.solutions = Array.from({ length: Math.ceil(this.intents.length / lanes) }, (_, block) => ({
      first: block * lanes,
      shares: this.solve(block * lanes, everyone, former?.solutions[block]?.shares),
    }));
  }

  /** The intent that each phrase belongs to most; null where nothing is known. */
  recognise(texts: readonly string[]): (Recognition | null)[] {
    return this.bestOf(texts, this.solutions);
  }

  /** What is made of each example that has a part by what the others teach, by its text. */
  recogniseHeldOut(): Map<string, Recognition | null> {
    const heldOut = new Map<string, Recognition | null>();
    for (const part of new Set(this.examples.flatMap(({ part: its }) => its ?? []))) {
      const taught = Uint8Array.from(this.examples, ({ part: its }) => Number(its !== part));
      const solutions = this.solutions.map(({ first, shares }) => ({
        first,
        shares: this.solve(first, taught, shares),
      }));
      const texts = this.examples.flatMap(({ text, part: its }) => (its === part ? [text] : []));
      const known = new Set(this.labels.filter((_, row) => taught[row]));
      this.bestOf(texts, solutions, known).forEach((recognition, at) => heldOut.set(texts[at]!, recognition));
    }
    return heldOut;
  }

  /** @param known numbers of the intents that there is an example of; all where it is left out */
  private bestOf(
    texts: readonly string[],
    solutions: Recogniser['solutions'],
    known?: ReadonlySet<number>,
  ): (Recognition | null)[] {
    const phrases = this.matrixOf(texts);
    const scores = new Float64Array(texts.length * lanes);
    const best = new Int32Array(texts.length).fill(-1);
    const bestScore = new Float64Array(texts.length);
    for (const { first, shares } of solutions) {
      multiplyLanes(phrases, this.sumsOf(shares), scores);
      const bias = totals(shares);
      for (let lane = 0; lane < lanes && first + lane < this.intents.length; lane++) {
        if (known?.has(first + lane) === false) continue;
        for (let row = 0; row < texts.length; row++) {
          const score = scores[row * lanes + lane]! + bias[lane]!;
          if (best[row]! >= 0 && score <= bestScore[row]!) continue;
          best[row] = first + lane;
          bestScore[row] = score;
        }
      }
    }
    return Array.from(best, (intent, row) =>
      intent < 0 ? null : { intent: this.intents[intent]!, score: bestScore[row]! },
    );
  }

  /**
   * Conjugate gradients on the dual, for the intents from a number on: (X·Xᵀ + 1 + ridge·I) a = y, where the 1 is the
   * bias and y is 1 for the examples of an intent and −1 for all others.
   * @param taught for each example 1, or 0 where it is to be left out
   * @param start a solution to begin from; the first of its examples are the same ones
   * @returns a, by example and intent; 0 for what is left out
   */
  private solve(first: number, taught: Uint8Array, start?: Float64Array): Float64Array {
    const solution = new Float64Array(taught.length * lanes);
    const rest = new Float64Array(solution.length);
    const image = new Float64Array(solution.length);
    const stopAt = new Float64Array(lanes).fill(enough);
    this.labels.forEach((label, row) => {
      if (!taught[row]) return;
      for (let lane = 0; lane < lanes && first + lane < this.intents.length; lane++) {
        rest[row * lanes + lane] = label === first + lane ? 1 : -1;
        if (label === first + lane) stopAt[lane]! += enough;
      }
    });
    if (start) {
      solution.set(start);
      taught.forEach((isTaught, row) => isTaught || solution.fill(0, row * lanes, (row + 1) * lanes));
      this.multiply(solution, taught, image);
      for (let at = 0; at < rest.length; at++) rest[at]! -= image[at]!;
    }
    const direction = rest.slice();
    let left = squares(rest, rest);
    for (let step = 0; step < mostSteps && left.some((square, lane) => square > stopAt[lane]!); step++) {
      this.multiply(direction, taught, image);
      const along = squares(direction, image);
      // An intent that is solved already moves no more.
      const length = left.map((square, lane) => (square > stopAt[lane]! ? square / along[lane]! : 0));
      for (let at = 0; at < rest.length; at++) {
        const lane = at % lanes;
        solution[at]! += length[lane]! * direction[at]!;
        rest[at]! -= length[lane]! * image[at]!;
      }
      const now = squares(rest, rest);
      const turn = now.map((square, lane) => (left[lane] === 0 ? 0 : square / left[lane]!));
      for (let at = 0; at < rest.length; at++) direction[at] = rest[at]! + turn[at % lanes]! * direction[at]!;
      left = now;
    }
    return solution;
  }

  /** The left side of the equation, as far as examples are taught. */
  private multiply(shares: Float64Array, taught: Uint8Array, into: Float64Array): void {
    const bias = totals(shares);
    multiplyLanes(this.byExample, this.sumsOf(shares), into);
    for (let at = 0; at < into.length; at++)
      into[at] = taught[(at / lanes) | 0] ? into[at]! + bias[at % lanes]! + ridge * shares[at]! : 0;
  }

  /** The weights of the terms: the examples' vectors times their shares. */
  private sumsOf(shares: Float64Array): Float64Array {
    return multiplyLanes(this.byTerm, shares, new Float64Array(this.space.size * lanes));
  }

  private matrixOf(texts: readonly string[]): SparseMatrix {
    return matrixOf(
      texts.map((text) => this.space.vectorOf(text)),
      this.space.size,
    );
  }
}

/** The sum of each lane. */
function totals(values: Float64Array): Float64Array {
  const sums = new Float64Array(lanes);
  for (let at = 0; at < values.length; at++) sums[at % lanes]! += values[at]!;
  return sums;
}

/** Scalar product of each lane. */
function squares(one: Float64Array, other: Float64Array): Float64Array {
  const sums = new Float64Array(lanes);
  for (let at = 0; at < one.length; at++) sums[at % lanes]! += one[at]! * other[at]!;
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
