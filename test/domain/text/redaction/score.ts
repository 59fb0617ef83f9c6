import { findPersonalData } from '../../../../src/domain/text/redaction';
import type { LabelledPhrase } from './labelled-phrase';

export interface Score {
  labels: number;
  /** Share of the labels that were found. */
  recall: number;
  /** Share of the findings that are labels. */
  precision: number;
  missed: string[];
  wrong: string[];
}

/**
 * Compares what the detectors find with the labels, span by span: a label is found by a finding of its kind that
 * covers the same letters and digits, no fewer and no more. Every other finding is wrong, in phrases without labels
 * too.
 */
export function score(phrases: LabelledPhrase[], isMeant: (kind: string) => boolean): Score {
  const missed: string[] = [];
  const wrong: string[] = [];
  let found = 0;
  for (const { text, personal } of phrases) {
    const labels = labelledSpans(text, personal).filter(({ kind }) => isMeant(kind));
    const findings = findPersonalData(text).filter(({ kind }) => isMeant(kind));
    for (const label of labels)
      if (findings.some((finding) => isSame(text, finding, label))) found++;
      else missed.push(`${label.kind} ${text.slice(label.start, label.end)} in "${text}"`);
    for (const finding of findings)
      if (!labels.some((label) => isSame(text, finding, label)))
        wrong.push(`${finding.kind} ${text.slice(finding.start, finding.end)} in "${text}"`);
  }
  return {
    labels: found + missed.length,
    recall: found / (found + missed.length),
    precision: found / (found + wrong.length),
    missed,
    wrong,
  };
}

interface Span {
  kind: string;
  start: number;
  end: number;
}

function labelledSpans(text: string, personal: LabelledPhrase['personal']): Span[] {
  let from = 0;
  return personal.map(({ kind, value }) => {
    const start = text.indexOf(value, from);
    from = start + value.length;
    return { kind, start, end: from };
  });
}

/** Brackets, spaces and other signs at the edges make no difference. */
function isSame(text: string, finding: Span, label: Span): boolean {
  if (finding.kind !== label.kind) return false;
  const trimmed = ({ start, end }: Span): string => {
    while (start < end && !/[\p{L}\d]/u.test(text[start]!)) start++;
    while (end > start && !/[\p{L}\d]/u.test(text[end - 1]!)) end--;
    return `${start}-${end}`;
  };
  return trimmed(finding) === trimmed(label);
}
