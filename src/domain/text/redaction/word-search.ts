const firstLetter = 'a'.charCodeAt(0);
/** The letters, and a space for everything else. */
const symbols = 27;
const space = 0;
/** Latin letters; beyond them only two characters count as a letter of ASCII where case does not matter. */
const tableSize = 0x180;
const longS = 0x17f;
const kelvin = 0x212a;
const kelvinSymbol = symbolOf('k');

/** Without case and accents. */
const symbolOfCode = Uint8Array.from({ length: tableSize }, (_, code) =>
  code === longS ? symbolOf('s') : symbolOf(String.fromCharCode(code)),
);

function symbolOf(character: string): number {
  const symbol = character.toLowerCase().normalize('NFD').charCodeAt(0) - firstLetter + 1;
  return symbol >= 1 && symbol < symbols ? symbol : space;
}

/**
 * Tells in one pass over a text which of many words are in it (Aho–Corasick). Case, accents and the kind of white
 * space and punctuation do not matter; before the text and behind it stands a space.
 */
export class WordSearch {
  private readonly next: Uint16Array;
  private readonly found: Uint32Array;

  /**
   * @param words in small letters without accents, with spaces where words must begin or end; each with its sign:
   *   a bit of a number
   * @param repeatable signs of which the next higher bit says that there are two in a text
   */
  constructor(
    words: Iterable<readonly [string, number]>,
    private readonly repeatable: number,
  ) {
    const children: number[][] = [[]];
    const signs = [0];
    for (const [word, sign] of words) {
      let state = 0;
      for (const character of word) {
        const symbol = symbolOf(character);
        state = children[state]![symbol] ??= children.push([]) - 1;
        signs[state] ??= 0;
      }
      signs[state]! |= sign;
    }
    this.next = new Uint16Array(children.length * symbols);
    this.found = Uint32Array.from(signs);
    const fallback = new Uint16Array(children.length);
    const inOrderOfLength = [0];
    for (const state of inOrderOfLength)
      for (let symbol = 0; symbol < symbols; symbol++) {
        const child = children[state]![symbol];
        const shorter = state === 0 ? 0 : this.next[fallback[state]! * symbols + symbol]!;
        this.next[state * symbols + symbol] = child ?? shorter;
        if (child === undefined) continue;
        fallback[child] = shorter;
        this.found[child]! |= this.found[shorter]!;
        inOrderOfLength.push(child);
      }
  }

  /** @returns the signs of all words in a text */
  signsIn(text: string): number {
    const { next, found, repeatable } = this;
    let signs = 0;
    let state = next[space]!;
    for (let at = 0; at <= text.length; at++) {
      const code = at < text.length ? text.charCodeAt(at) : 0;
      const symbol = code < tableSize ? symbolOfCode[code]! : code === kelvin ? kelvinSymbol : space;
      state = next[state * symbols + symbol]!;
      const here = found[state]!;
      if (here !== 0) signs |= here | ((signs & here & repeatable) << 1);
    }
    return signs;
  }
}
