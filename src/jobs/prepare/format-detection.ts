import { csvDelimiters, readCsvHeader, type CsvColumns } from '../../domain/log-formats/csv';
import { parseCsv } from './csv-reader';

export type LogFormat =
  { name: 'json' } | { name: 'csv'; delimiter: string; columns: CsvColumns } | { name: 'unknown' };

/**
 * Recognises a log's format by its content: a CSV by its header, JSON by a line that begins an object or a list.
 *
 * @param head the first bytes, as text
 */
export function detectFormat(head: string): LogFormat {
  const firstLine = /^\s*([^\r\n]*)/.exec(head)?.[1] ?? '';
  if (!firstLine.startsWith('{')) {
    for (const delimiter of csvDelimiters) {
      const [fields] = parseCsv(firstLine, delimiter) ?? [];
      const columns = fields && readCsvHeader(fields);
      if (columns) return { name: 'csv', delimiter, columns };
    }
  }
  const hasObject = /^[ \t]*(?:\d{4}-\d{2}-\d{2}T[\d:.]+Z[ \t]+)?(?:\{|\[\s*[{[\]])/m.test(head);
  return hasObject ? { name: 'json' } : { name: 'unknown' };
}
