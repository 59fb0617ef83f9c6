import { isHalfOfEmoji } from './emoji';

const space = 0x20;
/** Printable ASCII and Latin-1 but for the soft hyphen: all in composed form already. */
const isVisible = Uint8Array.from({ length: 0x100 }, (_, code) =>
  /[!-~¡-¬®-ÿ]/.test(String.fromCharCode(code)) ? 1 : 0,
);

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
  if (isNormal(raw)) return raw;
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

/** Whether there is nothing to do, as with most phrases: visible characters of Latin-1 with single inner spaces. */
function isNormal(raw: string): boolean {
  let mayBeSpace = false;
  for (let at = 0; at < raw.length; at++) {
    const code = raw.charCodeAt(at);
    if (code === space ? !mayBeSpace : isVisible[code] !== 1) return false;
    mayBeSpace = code !== space;
  }
  return mayBeSpace;
}

/** By its code, what is left of a small letter of Latin-1 without one of `accents`. */
const plainLetters = new Map(
  [...'àáâäèéêëìíîïòóôöùúûüýÿ'].map((letter) => [letter.charCodeAt(0), letter.normalize('NFD')[0]!]),
);
/** Acute, grave, circumflex, diaeresis; the tilde of ñ and the cedilla make other letters, not other spellings. */
const accents = /[\u0300-\u0302\u0308]/g;
/** Brackets `<` and `>` of placeholders are symbols, not punctuation, and stay. */
const edges = /^[\s\p{P}]+|[\s\p{P}]+$/gu;
/** With such characters at its edges there is nothing to trim from a key. */
const isEdge = Uint8Array.from({ length: 0x100 }, (_, code) =>
  /[a-z0-9ñç]/.test(String.fromCharCode(code)) ? 1 : 0,
);

/**
 * The key under which spellings of one phrase fall together: without case, accents (but ñ and ç stay letters of
 * their own), and punctuation at the edges.
 *
 * @param text a normalised phrase
 * @returns the key; for a phrase of nothing but punctuation the phrase itself
 */
export function foldText(text: string): string {
  const plain = withoutAccents(text.toLowerCase());
  const isTrimmed = isEdge[plain.charCodeAt(0)] === 1 && isEdge[plain.charCodeAt(plain.length - 1)] === 1;
  return isTrimmed ? plain : plain.replace(edges, '') || plain;
}

function withoutAccents(lower: string): string {
  let plain = '';
  let copied = 0;
  for (let at = 0; at < lower.length; at++) {
    const code = lower.charCodeAt(at);
    if (code < 0x80) continue;
    if (code > 0xff && !isHalfOfEmoji(code))
      return lower.normalize('NFD').replace(accents, '').normalize('NFC');
    const letter = plainLetters.get(code);
    if (letter === undefined) continue;
    plain += lower.slice(copied, at) + letter;
    copied = at + 1;
  }
  return plain + lower.slice(copied);
}
