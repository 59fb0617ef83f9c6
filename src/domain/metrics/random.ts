/**
 * A seeded generator of whole numbers: xoshiro128** (Blackman and Vigna 2018), its state filled by SplitMix32.
 * The same seed gives the same sequence on every machine.
 *
 * @param seed any whole number; its lowest 32 bits count
 * @returns a function that gives the next number, uniform on 0 … bound − 1, for a bound of 1 … 2³²
 */
export function seededRandom(seed: number): (bound: number) => number {
  let mixed = seed >>> 0;
  const splitMix = () => {
    mixed = (mixed + 0x9e3779b9) >>> 0;
    let z = mixed;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
  let [a, b, c, d] = [splitMix(), splitMix(), splitMix(), splitMix()];
  const rotateLeft = (x: number, bits: number) => (x << bits) | (x >>> (32 - bits));

  return (bound) => {
    const next = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return Math.floor((next / 2 ** 32) * bound);
  };
}
