import { cardDetector } from './card';
import { companyNumberDetector } from './company-number';
import type { Detector, Finding, PlaceholderKind } from './detector';
import { emailDetector } from './email';
import { ibanDetector } from './iban';
import { dniDetector, nieDetector } from './identity-number';
import { ipDetector } from './ip';
import {
  addressedNameDetector,
  certainNameDetector,
  doubtfulNameDetector,
  fullNameDetector,
  possibleNameDetector,
} from './name';
import { phoneDetector } from './phone';
import { sign, signsIn } from './signs';
import { spokenNumberDetector } from './spoken-number';
import { taxNumberDetector } from './tax-number';
import { urlDetector } from './url';

export { placeholderKinds, type PlaceholderKind } from './detector';

/**
 * In order of precedence: where findings overlap, the one of the earlier detector stands. Each with the signs without
 * any of which it finds nothing.
 */
export const detectors: { detector: Detector; signs: number }[] = [
  { detector: emailDetector, signs: sign.atSign },
  { detector: urlDetector, signs: sign.colon | sign.www },
  { detector: ibanDetector, signs: sign.digit },
  { detector: cardDetector, signs: sign.digit },
  { detector: taxNumberDetector, signs: sign.digit },
  { detector: companyNumberDetector, signs: sign.digit },
  { detector: nieDetector, signs: sign.digit },
  { detector: dniDetector, signs: sign.digit },
  { detector: ipDetector, signs: sign.digit | sign.colon },
  { detector: phoneDetector, signs: sign.digit },
  { detector: spokenNumberDetector, signs: sign.digit | sign.twoNumberWords },
  { detector: certainNameDetector, signs: sign.certainName },
  { detector: possibleNameDetector, signs: sign.possibleName },
  { detector: addressedNameDetector, signs: sign.formOfAddress },
  { detector: doubtfulNameDetector, signs: sign.doubtfulName },
  { detector: fullNameDetector, signs: sign.twoCapitals },
];

export interface Redaction {
  text: string;
  /** Placeholders put in, by kind. */
  counts: Partial<Record<PlaceholderKind, number>>;
}

/**
 * Replaces personal data by typed, numbered placeholders: "llámame al 612 345 678" becomes "llámame al <PHONE_1>".
 * The same value gets the same number within a text. Placeholders that stand in the text already stay.
 *
 * @param text a normalised phrase
 */
export function redact(text: string): Redaction {
  const counts: Redaction['counts'] = {};
  // What stood next to personal data may show for what it is once that is gone.
  for (;;) {
    const findings = findPersonalData(text);
    if (findings.length === 0) return { text, counts };
    text = replace(text, findings, counts);
  }
}

function replace(text: string, findings: Finding[], counts: Redaction['counts']): string {
  const numbers = new Map<string, number>();
  const highest = numbersInUse(text);
  let redacted = '';
  let copied = 0;
  for (const { kind, start, end } of findings) {
    const value = `${kind} ${text
      .slice(start, end)
      .replace(/[^\p{L}\d@]/gu, '')
      .toLowerCase()}`;
    let number = numbers.get(value);
    if (number === undefined) {
      number = (highest.get(kind) ?? 0) + 1;
      highest.set(kind, number);
      numbers.set(value, number);
    }
    counts[kind] = (counts[kind] ?? 0) + 1;
    redacted += `${text.slice(copied, start)}<${kind}_${number}>`;
    copied = end;
  }
  return redacted + text.slice(copied);
}

/** All personal data in a text that the detectors find, in the order of the text and without overlaps. */
export function findPersonalData(text: string): Finding[] {
  const kept: Finding[] = [];
  const shown = signsIn(text);
  for (const { detector, signs } of detectors) {
    if ((shown & signs) === 0 || !detector.hint.test(text)) continue;
    for (const finding of detector.find(text))
      if (!kept.some((other) => finding.start < other.end && other.start < finding.end)) kept.push(finding);
  }
  return kept.sort((a, b) => a.start - b.start);
}

function numbersInUse(text: string): Map<string, number> {
  const highest = new Map<string, number>();
  for (const [, kind, number] of text.matchAll(/<([A-Z]+)_(\d+)>/g))
    highest.set(kind!, Math.max(highest.get(kind!) ?? 0, Number(number)));
  return highest;
}
