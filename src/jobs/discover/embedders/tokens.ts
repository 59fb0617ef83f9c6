/** A token of the models that are paid for is four characters of English and somewhat fewer of other languages. */
const charactersOfToken = 3;

/** How many tokens texts have, rather too many than too few. */
export function estimateTokens(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + Math.ceil(text.length / charactersOfToken) + 1, 0);
}

/** The beginning of a text, at most so many UTF-16 units, never half a character. */
export function cutCharacters(text: string, most: number): string {
  if (text.length <= most) return text;
  const last = text.charCodeAt(most - 1);
  const splitsPair = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, splitsPair ? most - 1 : most);
}
