import { outOfScope } from '../../../domain/utterance';
import { addTo, product, type TextSpace, type TextVector } from '../text-space';

/** A phrase of an intent. */
export interface Example {
  text: string;
  intent: string;
}

/**
 * Recognises by the intent whose phrases, added up, point most in the direction of a phrase; under a threshold nothing
 * is recognised.
 */
export class NearestCentre {
  private readonly sums = new Map<string, Float32Array>();
  private readonly lengths = new Map<string, number>();

  constructor(
    private readonly space: TextSpace,
    examples: readonly Example[],
  ) {
    for (const { text, intent } of examples) {
      if (intent === outOfScope) continue;
      const sum = this.sums.get(intent) ?? new Float32Array(space.size);
      addTo(sum, space.vectorOf(text));
      this.sums.set(intent, sum);
    }
    for (const [intent, sum] of this.sums) this.lengths.set(intent, lengthOf(sum));
  }

  /** The nearest intent and its cosine; null where there are none. */
  nearest(text: string): { intent: string; similarity: number } | null {
    return this.best(this.space.vectorOf(text));
  }

  /** The same of one of the examples, as if it had not been there. */
  nearestHeldOut({ text, intent }: Example): { intent: string; similarity: number } | null {
    const vector = this.space.vectorOf(text);
    const sum = this.sums.get(intent);
    const length = this.lengths.get(intent);
    if (!sum || length === undefined) return this.best(vector);
    addTo(sum, vector, -1);
    this.lengths.set(intent, lengthWithout(length, vector, sum));
    const found = this.best(vector);
    addTo(sum, vector);
    this.lengths.set(intent, length);
    return found;
  }

  private best(vector: TextVector): { intent: string; similarity: number } | null {
    let best: { intent: string; similarity: number } | null = null;
    for (const [intent, sum] of this.sums) {
      const length = this.lengths.get(intent)!;
      const similarity = length > 1e-6 ? product(vector, sum) / length : 0;
      if (best === null || similarity > best.similarity) best = { intent, similarity };
    }
    return best;
  }
}

function lengthOf(sum: Float32Array): number {
  let squares = 0;
  for (const weight of sum) squares += weight * weight;
  return Math.sqrt(squares);
}

/** |s − v| from |s|, with s − v at hand: |s|² = |s − v|² + 2·v·(s − v) + |v|². */
function lengthWithout(length: number, vector: TextVector, rest: Float32Array): number {
  let squares = 0;
  for (const weight of vector.weights) squares += weight * weight;
  return Math.sqrt(Math.max(0, length * length - 2 * product(vector, rest) - squares));
}

/**
 * The similarity under which most of a set is answered rightly when nothing counts as recognised.
 * @param scored the nearest intent of each item, and the right one
 */
export function bestThreshold(
  scored: readonly { nearest: { intent: string; similarity: number } | null; right: string }[],
): number {
  const order = scored
    .map(({ nearest, right }) => ({
      similarity: nearest?.similarity ?? 0,
      recognised: nearest?.intent === right,
      shouldFallBack: right === outOfScope,
    }))
    .sort((one, other) => one.similarity - other.similarity);
  let right = order.filter(({ recognised }) => recognised).length;
  let best = { right, threshold: 0 };
  order.forEach(({ similarity, recognised, shouldFallBack }, index) => {
    right += Number(shouldFallBack) - Number(recognised);
    const next = order[index + 1]?.similarity ?? similarity + 1e-6;
    if (right > best.right && next > similarity) best = { right, threshold: (similarity + next) / 2 };
  });
  return best.threshold;
}
