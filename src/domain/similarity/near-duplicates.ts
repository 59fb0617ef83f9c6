import { characterTrigrams, jaccard } from './comparison';

/**
 * From this Jaccard similarity of their character trigrams on, two phrases are near-duplicates: "tienen wifi" and
 * "hola, ¿tienen wifi?" are, "quiero un café" and "quiero un té" are not.
 */
export const nearDuplicateSimilarity = 0.6;

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
  const sets = texts.map(characterTrigrams);
  const frequency = new Map<string, number>();
  for (const set of sets) for (const item of set) frequency.set(item, (frequency.get(item) ?? 0) + 1);
  const rarestFirst = (a: string, b: string) => frequency.get(a)! - frequency.get(b)! || (a < b ? -1 : 1);
  const positionsByItem = new Map<string, number[]>();
  const pairs: [number, number][] = [];
  for (const [position, set] of sets.entries()) {
    const prefix = [...set].sort(rarestFirst).slice(0, set.size - Math.ceil(similarity * set.size) + 1);
    const candidates = new Set<number>();
    for (const item of prefix) {
      const positions = positionsByItem.get(item) ?? [];
      for (const candidate of positions) candidates.add(candidate);
      positions.push(position);
      positionsByItem.set(item, positions);
    }
    for (const candidate of candidates) {
      if (jaccard(sets[candidate]!, set) >= similarity) pairs.push([candidate, position]);
    }
  }
  return pairs;
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
