import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { Translations } from '../../domain/language';
import type { DecisionAction, DecisionEvent } from '../../domain/review';
import { decisionActionSchema } from '../api';
import { InvalidRequestError } from './errors';

const columns = [
  'number',
  'at',
  'author',
  'action',
  'proposal',
  'proposals',
  'members',
  'name',
  'intent',
  'aside',
  'reason',
] as const;

/** More are not taken at once: a review holds no more. */
const mostRows = 2_000;

/** A decision as a file holds it. */
export interface FiledDecision {
  /** 1, 2, 3 … in the file. */
  row: number;
  decision: DecisionAction;
  reason?: string;
}

/** All decisions as JSON that `parseDecisions` reads again. */
export function decisionsAsJson(events: readonly DecisionEvent[]): string {
  return `${JSON.stringify({ schemaVersion: 1, decisions: events.map(withoutLookups) }, null, 2)}\n`;
}

/** The same as CSV, which a spreadsheet shows and does not calculate. */
export function decisionsAsCsv(events: readonly DecisionEvent[]): string {
  const rows = events.map((event) => {
    const values = new Map<string, unknown>(Object.entries(event));
    return columns.map((column) => {
      const value = values.get(column);
      return csvField(Array.isArray(value) ? value.join(' ') : textOf(value));
    });
  });
  return [columns.join(','), ...rows.map((row) => row.join(','))].map((line) => `${line}\r\n`).join('');
}

/**
 * Reads what an export holds, or was edited into.
 * @throws InvalidRequestError for what is no such file
 */
export function parseDecisions(format: 'json' | 'csv', content: string): (FiledDecision | RefusedRow)[] {
  const rows = format === 'json' ? rowsOfJson(content) : rowsOfCsv(content);
  if (rows.length > mostRows)
    throw new InvalidRequestError({
      en: `The file holds ${rows.length} decisions, and ${mostRows} are taken at once.`,
      es: `El archivo contiene ${rows.length} decisiones, y se admiten ${mostRows} de una vez.`,
    });
  return rows.map((given, index) => {
    const decision = without(given, ['number', 'at', 'author', 'reason']);
    const filed = { decision, reason: given['reason'] };
    const parsed = filedSchema.safeParse(filed);
    const row = index + 1;
    if (parsed.success) return { row, ...parsed.data };
    const spanish = filedSchema.safeParse(filed, { error: z.locales.es().localeError });
    return {
      row,
      message: wordsOf(parsed.error),
      ...(spanish.error && { translations: { es: wordsOf(spanish.error) } }),
    };
  });
}

/** A row that is no decision. */
export interface RefusedRow {
  row: number;
  message: string;
  translations?: Translations;
}

const filedSchema = z.object({ decision: decisionActionSchema, reason: z.string().max(2000).optional() });
const jsonSchema = z.object({
  schemaVersion: z.literal(1),
  decisions: z.array(z.record(z.string(), z.unknown())),
});

function wordsOf({ issues }: z.ZodError): string {
  return issues.map(({ path, message }) => `${path.slice(1).join('.')}: ${message}`).join('; ');
}

function rowsOfJson(content: string): Record<string, unknown>[] {
  try {
    return jsonSchema.parse(JSON.parse(content)).decisions;
  } catch {
    throw new InvalidRequestError({
      en: 'The file is no export of decisions: {"schemaVersion":1,"decisions":[…]}.',
      es: 'El archivo no es una exportación de decisiones: {"schemaVersion":1,"decisions":[…]}.',
    });
  }
}

function rowsOfCsv(content: string): Record<string, unknown>[] {
  let records: Record<string, string>[];
  try {
    records = parse(content, { columns: true, bom: true, skip_empty_lines: true, relax_column_count: false });
  } catch (error) {
    throw new InvalidRequestError({
      en: `The file is no CSV: ${(error as Error).message}.`,
      es: 'El archivo no es un CSV: sus comillas o sus columnas no cuadran. Compárelo con una exportación.',
    });
  }
  if (records.length > 0 && !('action' in records[0]!))
    throw new InvalidRequestError({
      en: `The CSV has no column "action". Columns: ${columns.join(', ')}.`,
      es: `El CSV no tiene la columna «action». Columnas: ${columns.join(', ')}.`,
    });
  return records.map((record) => {
    const fields: Record<string, unknown> = {};
    for (const [column, field] of Object.entries(record)) {
      const text = withoutDefusal(field);
      if (text === '') continue;
      if (column === 'members' || column === 'proposals') fields[column] = text.split(' ');
      else fields[column] = column === 'aside' ? text === 'true' : text;
    }
    return fields;
  });
}

/** What the workflow looked up belongs to the review, not to the decision. */
function withoutLookups(event: DecisionEvent): object {
  return without({ ...event }, ['interactions', 'moved']);
}

function without(fields: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : '';
}

/** What a spreadsheet would take for a formula gets an apostrophe in front (OWASP, CSV injection). */
const formulaStart = /^[=+\-@\t\r]/;

function csvField(text: string): string {
  const safe = formulaStart.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

function withoutDefusal(field: string): string {
  return field.startsWith("'") && formulaStart.test(field.slice(1)) ? field.slice(1) : field;
}
