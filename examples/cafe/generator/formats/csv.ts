import { strToU8 } from 'fflate';
import type { Recognition } from '../live-bot';
import type { Random } from '../random';
import { emptyCounts, type LogObject } from './log-object';

export interface CsvRow {
  text: string;
  recognition: Recognition;
}

/** How a spreadsheet or a database wrote the file. */
export interface CsvDialect {
  separator: ',' | ';';
  lineBreak: '\n' | '\r\n';
  hasByteOrderMark: boolean;
  quotesEverything: boolean;
}

/**
 * A CSV `utterance,intent` of a kiosk that logs no times.
 *
 * @param broken rows with more fields than the header: somebody forgot the quotes
 */
export function writeCsv(
  key: string,
  rows: CsvRow[],
  dialect: CsvDialect,
  broken: number,
  random: Random,
): LogObject {
  const { separator, lineBreak, hasByteOrderMark, quotesEverything } = dialect;
  const quote = (field: string) =>
    quotesEverything || /[",;\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
  const lines = rows.map(({ text, recognition }) => {
    const intent = recognition.intent ?? (random.chance(0.6) ? 'FallbackIntent' : '');
    return [quote(text), quote(intent)].join(separator);
  });
  for (let index = 0; index < broken; index++)
    lines.splice(
      random.integer(0, lines.length),
      0,
      ['hola', ' una mesa', ' por favor', 'ReservarMesa'].join(separator),
    );
  const header = [quote('utterance'), quote('intent')].join(separator);
  const text =
    (hasByteOrderMark ? '\uFEFF' : '') + [header, ...lines].map((line) => line + lineBreak).join('');
  return { key, bytes: strToU8(text), counts: { ...emptyCounts('csv'), records: lines.length, broken } };
}
