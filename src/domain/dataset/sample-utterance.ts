/** Why a phrase cannot be a sample utterance of a Lex intent. */
export type SampleRefusal = 'placeholder' | 'character-not-allowed' | 'too-long' | 'nothing-left';

/** Characters of one sample utterance, at most; a quota of Lex V2. */
const longest = 500;

/**
 * Makes a sample utterance of a phrase that somebody said. Emojis and control characters are dropped: they carry no
 * meaning for an intent, and one sample that Lex refuses fails the whole import. Phrases with a placeholder for
 * personal data or with braces or angle brackets, which Lex reads as slots and markup, are refused.
 * @param slots names that may stand in braces
 */
export function toSampleUtterance(
  text: string,
  slots: ReadonlySet<string> = new Set(),
): { text: string } | { refusal: SampleRefusal } {
  if (/<[A-Z]+_\d+>/.test(text)) return { refusal: 'placeholder' };
  const bare = text.replace(/\{(\w+)\}/g, (braces, name: string) => (slots.has(name) ? '' : braces));
  if (/[<>{}]/.test(bare)) return { refusal: 'character-not-allowed' };
  const sample = text
    .replace(/\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{Emoji_Modifier}|\u{FE0F}|\u{20E3}/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (!/[\p{L}\p{N}]/u.test(sample)) return { refusal: 'nothing-left' };
  if (sample.length > longest) return { refusal: 'too-long' };
  return { text: sample };
}
