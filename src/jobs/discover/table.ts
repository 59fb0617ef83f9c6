import { readFile } from 'node:fs/promises';
import { CsvError, parse } from 'csv-parse/sync';
import type { z } from 'zod';
import { delimiterOf } from '../../domain/csv-delimiter';
import { InvalidInputError, NotFoundError } from '../../domain/errors';

interface Row {
  line: number;
  value: unknown;
}

/**
 * Reads a CSV file (comma, semicolon or tab; quotes; a byte order mark) with a header line, or JSON lines: what begins
 * with `{` is JSON lines. An empty file has no rows.
 * @throws NotFoundError for a file that does not exist
 * @throws InvalidInputError naming file, line and field of what cannot be read; never its content
 */
export async function readTable<T>(path: string, schema: z.ZodType<T>): Promise<T[]> {
  const text = (await readUtf8(path)).replace(/^\uFEFF/u, '');
  const rows = text.trimStart().startsWith('{') ? jsonLines(path, text) : csvRows(path, text);
  return rows.map(({ line, value }) => {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    const problems = parsed.error.issues.map(
      (issue) => `${issue.path.join('.') || 'the row'}: ${issue.message}`,
    );
    throw new InvalidInputError(`${path}, line ${line}: ${problems.join('; ')}. Correct the row.`, {
      path,
      line,
      problems,
    });
  });
}

/**
 * The text of a file.
 * @throws NotFoundError for a file that does not exist
 * @throws InvalidInputError for one that cannot be read or is no UTF-8
 */
export async function readUtf8(path: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    if (code === 'ENOENT') {
      throw new NotFoundError(`There is no file ${path}. Check the path.`, { path }, true, { cause });
    }
    throw new InvalidInputError(
      `${path} cannot be read (${code}). Give a file that may be read.`,
      { path, code },
      true,
      {
        cause,
      },
    );
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new InvalidInputError(`${path} is no UTF-8 text. Save it as UTF-8.`, { path }, true, { cause });
  }
}

function jsonLines(path: string, text: string): Row[] {
  const rows: Row[] = [];
  text.split(/\r?\n/u).forEach((content, index) => {
    if (content.trim() === '') return;
    try {
      rows.push({ line: index + 1, value: JSON.parse(content) as unknown });
    } catch {
      // The parser's own message would quote what people said.
      throw new InvalidInputError(
        `${path}, line ${index + 1} is no JSON. Write one JSON object on each line.`,
        {
          path,
          line: index + 1,
        },
      );
    }
  });
  return rows;
}

function csvRows(path: string, text: string): Row[] {
  if (text.trim() === '') return [];
  let header: string[] = [];
  let parsed: { info: { lines: number }; record: Record<string, string> }[];
  try {
    parsed = parse(text, {
      columns: (names: string[]) => (header = names.map((name) => name.trim())),
      delimiter: delimiterOf(text),
      info: true,
      relax_column_count_less: true,
      skip_empty_lines: true,
    });
  } catch (cause) {
    const line = cause instanceof CsvError && typeof cause['lines'] === 'number' ? cause['lines'] : 0;
    const code = cause instanceof CsvError ? cause.code : 'unknown';
    throw new InvalidInputError(`${path}, line ${line} is no proper CSV (${code}). Correct the line.`, {
      path,
      line,
      code,
    });
  }
  if (!header.includes('text')) {
    throw new InvalidInputError(
      `${path} has no column "text"; its columns are ${header.join(', ')}. Name the column in the first line.`,
      { path, columns: header },
    );
  }
  return parsed.map(({ info, record }) => ({ line: info.lines, value: record }));
}
