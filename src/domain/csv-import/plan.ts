import { localeOf, sampleUtterances, takesNoUtterances, type BotArchive } from '../bot-archive';
import { screenExamples, type LeftOutReason, type TrainingExample } from '../dataset';
import { outOfScope } from '../utterance';

/** One row of a CSV `utterance,intent`. */
export interface CsvRow {
  /** Of the file, from 1. */
  line: number;
  utterance: string;
  /** Empty where nobody knows it. */
  intent: string;
}

export interface CsvImportPlan {
  /** Sample utterances to add to intents that the bot has. */
  additions: TrainingExample[];
  /**
   * Rows without an intent, or with the fallback, which takes no sample utterances: what the bot did not understand
   * is evidence for discovery.
   */
  evidence: { line: number; utterance: string }[];
  leftOut: { line: number; utterance: string; intent: string; reason: CsvLeftOutReason }[];
  /** rows = additions + evidence + leftOut */
  counts: { rows: number; additions: number; evidence: number; leftOut: number };
}

/** `unknown-intent`: the bot has no such intent; `built-in-intent`: it takes no utterances; others as for a data set. */
export type CsvLeftOutReason = LeftOutReason | 'unknown-intent' | 'built-in-intent';

/**
 * Sorts the rows of a CSV into what can be added to a bot and what cannot. Utterances may refer to slots of their
 * intent in braces.
 * @throws NotFoundError when the archive lacks the locale
 */
export function planCsvImport(rows: readonly CsvRow[], archive: BotArchive, localeId: string): CsvImportPlan {
  const intents = new Map(localeOf(archive, localeId).intents.map((intent) => [intent.name, intent]));
  const evidence: CsvImportPlan['evidence'] = [];
  const leftOut: CsvImportPlan['leftOut'] = [];
  const labelled = new Map<string, CsvRow[]>();
  for (const row of rows) {
    const { line, utterance, intent: name } = row;
    const intent = intents.get(name);
    if (name === '' || name === outOfScope || intent?.parentIntentSignature === 'AMAZON.FallbackIntent') {
      evidence.push({ line, utterance });
    } else if (intent === undefined) {
      leftOut.push({ ...row, reason: 'unknown-intent' });
    } else if (takesNoUtterances(intent)) {
      leftOut.push({ ...row, reason: 'built-in-intent' });
    } else {
      labelled.set(name, [...(labelled.get(name) ?? []), row]);
    }
  }
  const screened = screenExamples(
    [...labelled].map(([intent, some]) => ({
      intent,
      isNew: false,
      examples: some.map(({ line, utterance }) => ({
        id: String(line),
        text: utterance,
        count: 1,
        cycle: 0,
      })),
    })),
    sampleUtterances(archive, localeId),
    new Map([...intents].map(([name, { slots }]) => [name, new Set(slots.map((slot) => slot.name))])),
  );
  for (const { id, text, intent, reason } of screened.leftOut) {
    leftOut.push({ line: Number(id), utterance: text, intent, reason });
  }
  leftOut.sort((a, b) => a.line - b.line);
  const additions = screened.usable.map(({ sample, intent, count }) => ({ text: sample, intent, count }));
  return {
    additions,
    evidence,
    leftOut,
    counts: {
      rows: rows.length,
      additions: additions.length,
      evidence: evidence.length,
      leftOut: leftOut.length,
    },
  };
}
