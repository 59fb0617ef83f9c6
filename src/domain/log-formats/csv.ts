import { readInteraction } from './interaction-log';
import type { RecordReading } from './turn';

/** Which column of a CSV holds what; -1 where there is none. */
export interface CsvColumns {
  count: number;
  text: number;
  intent: number;
  timestamp: number;
  sessionId: number;
  confidence: number;
}

/** Names under which people export these columns; compared without case, accents, spaces and underscores. */
const names: Record<Exclude<keyof CsvColumns, 'count'>, string[]> = {
  text: ['utterance', 'userinput', 'text', 'texto', 'phrase', 'frase', 'inputtranscript'],
  intent: ['intent', 'intencion', 'intentname'],
  timestamp: ['timestamp', 'time', 'date', 'fecha'],
  sessionId: ['sessionid', 'session'],
  confidence: ['confidence', 'confianza', 'score'],
};

export const csvDelimiters = [',', ';', '\t', '|'] as const;

/**
 * Recognises the header of a CSV of utterances, in any order and case.
 *
 * @param fields the fields of the first row
 * @returns null where the row is no such header: it needs a column with the text, and one with the intent unless
 *   the text's is called `utterance`
 */
export function readCsvHeader(fields: string[]): CsvColumns | null {
  const header = fields.map((field) =>
    field
      .normalize('NFD')
      .replace(/[^\p{L}\d]/gu, '')
      .toLowerCase(),
  );
  const column = (key: keyof typeof names) => header.findIndex((name) => names[key].includes(name));
  const columns: CsvColumns = {
    count: fields.length,
    text: column('text'),
    intent: column('intent'),
    timestamp: column('timestamp'),
    sessionId: column('sessionId'),
    confidence: column('confidence'),
  };
  const isKnown = columns.text >= 0 && (columns.intent >= 0 || header[columns.text] === 'utterance');
  return isKnown ? columns : null;
}

/** Reads one row. Trailing fields may be missing (no intent: the bot fell back); more than the header has are refused. */
export function readCsvRow(fields: string[], columns: CsvColumns): RecordReading {
  if (fields.length > columns.count)
    return {
      reason: 'bad-csv-row',
      detail: `the row has ${fields.length} fields and the header ${columns.count}: quote a text that holds the separator`,
    };
  return readInteraction({
    text: fields[columns.text],
    intent: fields[columns.intent],
    timestamp: fields[columns.timestamp],
    sessionId: fields[columns.sessionId],
    confidence: fields[columns.confidence],
    awaitsAnswer: false,
  });
}
