/** Seeded randomness: the same seed gives the same example on every machine. */
export class Random {
  private state: number;

  /** @param seed any text; equal texts give equal sequences */
  constructor(seed: string) {
    this.state = hash(seed);
  }

  /** A number from 0 (included) to 1 (excluded): mulberry32. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from `low` to `high`, both included. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.next() * items.length)]!;
  }

  /** Picks an item with the probability that its weight has among all weights. */
  weighted<T>(items: readonly T[], weights: readonly number[]): T {
    let rest = this.next() * weights.reduce((sum, weight) => sum + weight, 0);
    for (const [index, weight] of weights.entries()) {
      rest -= weight;
      if (rest < 0) return items[index]!;
    }
    return items.at(-1)!;
  }

  /** A new array in random order: Fisher–Yates. */
  shuffled<T>(items: readonly T[]): T[] {
    const result = [...items];
    for (let last = result.length - 1; last > 0; last--) {
      const other = this.integer(0, last);
      [result[last], result[other]] = [result[other]!, result[last]!];
    }
    return result;
  }

  /** An identifier in the form of a UUID version 4. */
  uuid(): string {
    const digits = Array.from({ length: 32 }, () => this.integer(0, 15).toString(16));
    digits[12] = '4';
    digits[16] = '8';
    const text = digits.join('');
    return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join(
      '-',
    );
  }
}

/** A number from 0 (included) to 1 (excluded) that depends on the text alone. */
export function fraction(text: string): number {
  return new Random(text).next();
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of new TextEncoder().encode(text)) value = Math.imul(value ^ character, 0x01000193);
  return value | 0;
}
