/** Part of a text: what can be shown as it is, or characters that would hide or turn something round. */
export type TextPart = { kind: 'plain'; text: string } | { kind: 'control'; codePoints: number[] };

/**
 * Controls of C0, C1, of the direction of writing, of no width, line separators, tags, variation selectors beyond the
 * usual ones and halves of surrogate pairs. Joiners stay: emoji and Persian need them.
 */
const control =
  // eslint-disable-next-line no-control-regex -- control characters are what it looks for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e0fff}]|[\ud800-\udfff]/gu;

/** More than these together are counted rather than listed. */
const mostListed = 4;

/** Cuts a text where characters have to be made visible. */
export function textParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(control)) {
    if (match.index > end) parts.push({ kind: 'plain', text: text.slice(end, match.index) });
    const codePoint = match[0].codePointAt(0)!;
    const last = parts.at(-1);
    if (last?.kind === 'control' && match.index === end) last.codePoints.push(codePoint);
    else parts.push({ kind: 'control', codePoints: [codePoint] });
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push({ kind: 'plain', text: text.slice(end) });
  return parts;
}

/** `U+202E`, or how many there are of more than a few: `U+202E ×12`. */
export function describeCodePoints(codePoints: readonly number[]): string {
  const name = (codePoint: number) => `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
  if (new Set(codePoints).size === 1 && codePoints.length > 1)
    return `${name(codePoints[0]!)} ×${codePoints.length}`;
  const listed = codePoints.slice(0, mostListed).map(name).join(' ');
  const more = codePoints.length - mostListed;
  return more > 0 ? `${listed} +${more}` : listed;
}

/** The beginning of a text, not cutting a character in two. */
export function beginning(text: string, characters: number): string {
  if (text.length <= characters) return text;
  const last = text.charCodeAt(characters - 1);
  const isHighSurrogate = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, isHighSurrogate ? characters - 1 : characters);
}

/** The text as plain characters for attributes and labels, with controls written out. */
export function asVisible(text: string, characters = 300): string {
  const shown = textParts(beginning(text, characters))
    .map((part) => (part.kind === 'plain' ? part.text : `⟨${describeCodePoints(part.codePoints)}⟩`))
    .join('');
  return text.length > characters ? `${shown}…` : shown;
}
