/** Nothing to do: printable ASCII and Latin-1 letters (all in composed form already) with single inner spaces. */
const alreadyNormal = /^[!-~¡-¬®-ÿ]+(?: [!-~¡-¬®-ÿ]+)*$/;

/** Directional marks, word joiners, soft hyphens, byte-order marks: what is copied along and nobody sees. */
const invisible =
  /[\u00AD\u061C\u180E\u200B\u200C\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]/g;

/** A zero-width joiner holds emojis together (a family); anywhere else it is invisible too. */
const strayJoiner =
  /(?<!\p{Extended_Pictographic}|[\u{1F3FB}-\u{1F3FF}]|\uFE0F)\u200D|\u200D(?!\p{Extended_Pictographic})/gu;

/** Full-width forms of ASCII, as some keyboards type digits. */
const fullWidth = /[\uFF01-\uFF5E]/g;
const fullWidthOffset = 0xfee0;

/**
 * Brings a phrase into one form without changing how people wrote it: Unicode NFC, no control or invisible
 * characters, white space collapsed and trimmed. Case, accents, punctuation and emojis stay.
 */
export function normaliseText(raw: string): string {
  if (alreadyNormal.test(raw)) return raw;
  return raw
    .normalize('NFC')
    .replace(fullWidth, (character) => String.fromCharCode(character.charCodeAt(0) - fullWidthOffset))
    .replace(invisible, '')
    .replace(strayJoiner, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .replace(/\p{Surrogate}/gu, '')
    .replace(/ {2,}/g, ' ')
    .trim();
}

const plainAscii = /^[ -~]*$/;
const latin1 = /^[ -\u00FF]*$/;
/** The letters of Latin-1 in lower case that carry one of `accents`. */
const accentedLetter = /[àáâäèéêëìíîïòóôöùúûüýÿ]/g;
const plainLetters: Record<string, string> = Object.fromEntries(
  [...'àáâäèéêëìíîïòóôöùúûüýÿ'].map((letter) => [letter, letter.normalize('NFD')[0]!]),
);
/** Acute, grave, circumflex, diaeresis; the tilde of ñ and the cedilla make other letters, not other spellings. */
const accents = /[\u0300-\u0302\u0308]/g;
/** Brackets `<` and `>` of placeholders are symbols, not punctuation, and stay. */
const edges = /^[\s\p{P}]+|[\s\p{P}]+$/gu;
/** Begins and ends with a letter or a digit: there is nothing to trim. */
const trimmed = /^[a-z0-9ñç](?:.*[a-z0-9ñç])?$/s;

/**
 * The key under which spellings of one phrase fall together: without case, accents (but ñ and ç stay letters of
 * their own), and punctuation at the edges.
 *
 * @param text a normalised phrase
 * @returns the key; for a phrase of nothing but punctuation the phrase itself
 */
export function foldText(text: string): string {
  const plain = withoutAccents(text.toLowerCase());
  return trimmed.test(plain) ? plain : plain.replace(edges, '') || plain;
}

function withoutAccents(lower: string): string {
  if (plainAscii.test(lower)) return lower;
  if (latin1.test(lower)) return lower.replace(accentedLetter, (letter) => plainLetters[letter]!);
  return lower.normalize('NFD').replace(accents, '').normalize('NFC');
}
