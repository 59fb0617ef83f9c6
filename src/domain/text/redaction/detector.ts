/** Kinds of personal data: the names in placeholders such as `<PHONE_1>`. */
export const placeholderKinds = [
  'EMAIL',
  'URL',
  'IBAN',
  'CARD',
  'DNI',
  'NIE',
  'CUIT',
  'CIF',
  'IP',
  'PHONE',
  'NAME',
] as const;

export type PlaceholderKind = (typeof placeholderKinds)[number];

/** A stretch of a text that is personal data: UTF-16 positions, the end exclusive. */
export interface Finding {
  kind: PlaceholderKind;
  start: number;
  end: number;
}

/** Finds one sort of personal data. Detectors know nothing of each other: the registry settles overlaps. */
export interface Detector {
  /** A cheap test that is true wherever `find` could find something. */
  hint: RegExp;
  find(text: string): Finding[];
}

/** Findings of a pattern's first group, or of all of the match where it has none, that pass a check. */
export function findMatches(
  text: string,
  pattern: RegExp,
  kind: PlaceholderKind,
  accept: (matched: string) => boolean = () => true,
): Finding[] {
  const findings: Finding[] = [];
  for (const match of text.matchAll(pattern)) {
    const matched = match[1] ?? match[0];
    if (!accept(matched)) continue;
    // A group stands at the end of its match: the words before it are its context.
    const end = match.index + match[0].length;
    findings.push({ kind, start: end - matched.length, end });
  }
  return findings;
}

/**
 * Findings at every place where a pattern matches, also within an earlier match: other numbers may stand right before
 * what is meant.
 *
 * @param lengthOf how much of the matched text is a finding; 0 for nothing
 */
export function findAnywhere(
  text: string,
  pattern: RegExp,
  kind: PlaceholderKind,
  lengthOf: (matched: string) => number,
): Finding[] {
  const findings: Finding[] = [];
  for (const match of text.matchAll(new RegExp(`(?=(${pattern.source}))`, pattern.flags))) {
    const length = lengthOf(match[1]!);
    if (length > 0) findings.push({ kind, start: match.index, end: match.index + length });
  }
  return findings;
}

export function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}
