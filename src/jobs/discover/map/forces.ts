/**
 * The curve 1 / (1 + a·d^2b) that stands for nearness on the map at distance d: fitted to 1 up to a distance of 0.1
 * and exp(0.1 − d) beyond, as umap-learn does for min_dist = 0.1 and spread = 1.
 */
const a = 1.576943460405378;
const b = 0.8950608781227859;
/** Keeps points that lie on each other from being thrown apart without bounds. */
const repulsionFloor = 0.001;

/** Squared distances from 2⁻³⁰ to 2²⁰ are told apart by so many steps between powers of two, half a per cent each. */
const stepBits = 7;
const [lowestExponent, highestExponent] = [-30, 20];
const shift = 23 - stepBits;
const exponentBias = 127;
const firstKey = (lowestExponent + exponentBias) << stepBits;
const stepCount = (highestExponent - lowestExponent) << stepBits;

const floats = new Float32Array(1);
const bits = new Int32Array(floats.buffer);

/** The place of a squared distance in the tables. */
export function tableIndex(squaredDistance: number): number {
  floats[0] = squaredDistance;
  const key = (bits[0]! >> shift) - firstKey;
  return key < 0 ? 0 : key < stepCount ? key : stepCount - 1;
}

function tabulate(force: (squaredDistance: number) => number): Float64Array {
  return Float64Array.from({ length: stepCount }, (_, index) => {
    bits[0] = (index + firstKey) * 2 ** shift + 2 ** (shift - 1);
    return force(floats[0]!);
  });
}

/** By squared distance, the share of the difference vector by which the ends of an edge move (McInnes et al. 2018). */
export const attraction = tabulate((squared) => (-2 * a * b * squared ** (b - 1)) / (1 + a * squared ** b));
export const repulsion = tabulate(
  (squared) => (2 * b) / ((repulsionFloor + squared) * (1 + a * squared ** b)),
);
