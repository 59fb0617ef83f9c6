import type { WatchStatus } from '../watch';
import type { Language } from '../language';
import { watchMessagesIn, type ToldVerdict } from './messages/watch';
import { numbersIn } from './numbers';

/** A watch that has ended, and did not take the bot back. */
export type EndedWatch = WatchStatus & { verdict: ToldVerdict };

export function watchSubject(watch: EndedWatch, language: Language): string {
  return watchMessagesIn(language).subjects[watch.verdict](watch.botVersion);
}

/** What happened, the figures as far as there are any, and what went wrong. */
export function watchParagraphs(watch: EndedWatch, language: Language): string[] {
  const time = numbersIn(language).duration(Date.parse(watch.until) - Date.parse(watch.since));
  return [
    watchMessagesIn(language).verdicts[watch.verdict]({ version: watch.botVersion, time }),
    ...figures(watch, language),
    ...(watch.note === null ? [] : [watch.note]),
  ];
}

/** Why a watch took the bot back. */
export function watchReason(watch: WatchStatus, language: Language): string[] {
  return [[watchMessagesIn(language).because, ...figures(watch, language)].join('\n')];
}

export function watchStep(watch: EndedWatch, language: Language) {
  return watchMessagesIn(language).steps[watch.verdict](watch.pipeline);
}

/** The shares before and after, as one paragraph; none before the first look. */
function figures({ baseline, assessment }: WatchStatus, language: Language): string[] {
  if (baseline === null || assessment === null) return [];
  const numbers = numbersIn(language);
  const percent = (share: number | null) => (share === null ? null : numbers.percent(share));
  const lines = assessment.findings.map((finding) =>
    watchMessagesIn(language).finding({
      measure: finding.measure,
      after: percent(finding.after),
      requests: numbers.count(assessment.traffic.requests),
      before: percent(finding.before),
      requestsBefore: numbers.count(baseline.requests),
      worse: finding.worse
        ? { bound: numbers.percent(finding.bound), pValue: numbers.pValue(finding.pValue) }
        : null,
    }),
  );
  return [lines.map((line) => `- ${line}`).join('\n')];
}
