/**
 * Whether a code unit of UTF-16 is half of a character from U+1F000 to U+1FBFF: an emoji, neither a letter nor
 * anything that normalisation changes. The second half alone may also belong to another character, whose first half
 * says so.
 */
export function isHalfOfEmoji(code: number): boolean {
  return (code >= 0xd83c && code <= 0xd83e) || (code >= 0xdc00 && code <= 0xdfff);
}
