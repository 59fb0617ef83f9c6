/**
 * A phrase as comparison sees it: lower case, without accents, letters stretched for effect shortened
 * ("holaaaa" → "hola"), placeholders of personal data reduced to their kind (`<PHONE_1>` → "phone"),
 * slots of sample utterances (`{TipoCafe}`) left out.
 */
export function fold(text: string): string {
  return text
    .replace(/<([A-Z]+)(?:_\d+)?>/gu, ' $1 ')
    .replace(/\{\w+\}/gu, ' ')
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/(\p{L})\1{2,}/gu, '$1')
    .trim();
}

/** The words of a text: runs of letters, digits and underscores, in order. */
export function words(text: string): string[] {
  return text.match(/[\p{L}\p{N}_]+/gu) ?? [];
}
