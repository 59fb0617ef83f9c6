/** The words, and each two in a row joined by a space: n-grams (1, 2). */
export function pairs(words: readonly string[]): string[] {
  return [...words, ...words.slice(1).map((word, index) => `${words[index]} ${word}`)];
}

/**
 * Runs of 2 to 5 characters inside of words padded by a space, as scikit-learn's `char_wb` analyzer:
 * a word shorter than a run counts once, whole.
 */
export function characterFeatures(text: string, shortest = 2, longest = 5): string[] {
  const features: string[] = [];
  for (const word of text.split(/\s+/u)) {
    if (word === '') continue;
    const characters = [...` ${word} `];
    for (let length = shortest; length <= longest; length++) {
      features.push(characters.slice(0, length).join(''));
      for (let start = 1; start + length <= characters.length; start++) {
        features.push(characters.slice(start, start + length).join(''));
      }
      if (characters.length <= length) break;
    }
  }
  return features;
}
