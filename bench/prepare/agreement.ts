import type { LogTruth } from './logs';
import type { Counts, OurRun, PeerRun } from './programs';

/**
 * Compares what was counted with what was written, for only programs that do the same can be compared in speed.
 *
 * @returns a sentence for every number that is wrong
 */
export function disagreements(truth: LogTruth, ours: OurRun, peers: Map<string, PeerRun>): string[] {
  const { records, interactions, redacted } = ours.result;
  const remaining = interactions.understood + interactions.uncertain + interactions.missed;
  const redactions = Object.values(redacted).reduce((sum, count) => sum + count, 0);
  const checks: [string, number, number][] = [
    ['prepare: records', records.in, truth.records],
    ['prepare: quarantined records', records.quarantined, truth.broken],
    ['prepare: accepted records', records.accepted, truth.records - truth.broken],
    ['prepare: turns that take part', remaining, truth.turns - truth.duplicates - truth.answers],
    ['prepare: pieces of personal data', redactions, truth.personalData],
  ];
  const expected: Counts = { turns: truth.turns, phrases: ours.phrasesWithoutPersonalData };
  for (const [name, { counts }] of peers)
    checks.push(
      [`${name}: turns`, counts.turns, expected.turns],
      [`${name}: phrases without personal data`, counts.phrases, expected.phrases],
    );
  return checks
    .filter(([, counted, written]) => counted !== written)
    .map(([what, counted, written]) => `${what}: ${counted} instead of ${written}`);
}
