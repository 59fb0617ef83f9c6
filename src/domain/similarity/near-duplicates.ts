import { characterTrigrams } from './comparison';

/**
 * From this Jaccard similarity of their character trigrams on, two phrases are near-duplicates: "tienen wifi" and
 * "hola, ¿tienen wifi?" are, "quiero un café" and "quiero un té" are not.
 */
export const nearDuplicateSimilarity = 0.6;

/** Larger than what rounding does to a product, smaller than any difference between counts. */
const rounding = 1e-9;

/**
 * Finds all pairs of near-duplicates, exactly, without comparing all with all: two sets with Jaccard similarity t
 * share one of the rarest |x| − ⌈t·|x|⌉ + 1 items of each (prefix filtering; Chaudhuri, Ganti and Kaushik 2006,
 * Bayardo, Ma and Srikant 2007).
 * @returns pairs of positions in `texts`, the smaller one first
 */
export function nearDuplicatePairs(
  texts: readonly string[],
  similarity: number = nearDuplicateSimilarity,
): [number, number][] {
  const sets = rarestFirst(texts.map(characterTrigrams));
  /** For each item the texts that have it so far, each with the place that it has there. */
  const holders: { position: number; place: number }[][] = [];
  /** For each text the last one that it was compared with. */
  const compared = new Int32Array(texts.length).fill(-1);
  const pairs: [number, number][] = [];
  for (const [position, set] of sets.entries()) {
    const prefix = set.length - Math.ceil(similarity * set.length - rounding) + 1;
    for (let place = 0; place < prefix; place++) {
      const others = (holders[set[place]!] ??= []);
      for (const other of others) {
        if (compared[other.position] === position) continue;
        compared[other.position] = position;
        if (areAlike(sets[other.position]!, other.place, set, place, similarity))
          pairs.push([other.position, position]);
      }
      others.push({ position, place });
    }
  }
  return pairs;
}

/** The sets as numbers in ascending order, where a rarer item has a smaller number. */
function rarestFirst(sets: readonly ReadonlySet<string>[]): Int32Array[] {
  const frequency = new Map<string, number>();
  for (const set of sets) for (const item of set) frequency.set(item, (frequency.get(item) ?? 0) + 1);
  const numberOf = new Map(
    [...frequency].sort(([, one], [, other]) => one - other).map(([item], number) => [item, number]),
  );
  return sets.map((set) => Int32Array.from(set, (item) => numberOf.get(item)!).sort());
}

/**
 * Whether two sets in ascending order have at least a Jaccard similarity; ends as soon as they lack too much for it.
 * @param first place of the first item that they share, in each
 */
function areAlike(
  one: Int32Array,
  first: number,
  other: Int32Array,
  otherFirst: number,
  similarity: number,
): boolean {
  const needed = Math.ceil((similarity / (1 + similarity)) * (one.length + other.length) - rounding);
  const [mostLacking, otherMostLacking] = [one.length - needed, other.length - needed];
  let [at, otherAt, shared] = [first, otherFirst, 0];
  while (at - shared <= mostLacking && otherAt - shared <= otherMostLacking) {
    if (at === one.length || otherAt === other.length) return shared >= needed;
    const difference = one[at]! - other[otherAt]!;
    if (difference <= 0) at++;
    if (difference >= 0) otherAt++;
    if (difference === 0) shared++;
  }
  return false;
}

/**
 * Puts phrases into groups so that no near-duplicates are in two: the connected components of the pairs.
 * @returns for each text the number of its group: the position of the group's first text
 */
export function nearDuplicateGroups(
  texts: readonly string[],
  similarity: number = nearDuplicateSimilarity,
): number[] {
  const parents = texts.map((_, position) => position);
  const rootOf = (position: number): number => {
    let root = position;
    while (parents[root] !== root) root = parents[root]!;
    while (parents[position] !== root) {
      const next = parents[position]!;
      parents[position] = root;
      position = next;
    }
    return root;
  };
  for (const [one, other] of nearDuplicatePairs(texts, similarity)) {
    const [a, b] = [rootOf(one), rootOf(other)];
    parents[Math.max(a, b)] = Math.min(a, b);
  }
  return texts.map((_, position) => rootOf(position));
}
