export { seededRandom } from '../../../domain/random';

/** A source of numbers in [0, 1) that repeats for the same seed. */
export type Random = () => number;

/** Standard normal deviates by the Box–Muller transform. */
export function gaussian(random: Random): Random {
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** The numbers 0 … length−1 in random order (Fisher–Yates). */
export function permutation(length: number, random: Random): Int32Array {
  const order = new Int32Array(length);
  for (let index = 0; index < length; index++) order[index] = index;
  for (let index = length - 1; index > 0; index--) {
    const other = Math.floor(random() * (index + 1));
    const kept = order[index]!;
    order[index] = order[other]!;
    order[other] = kept;
  }
  return order;
}
