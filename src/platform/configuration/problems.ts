import { type Document, isMap, isNode, isPair, isScalar, type LineCounter, type Node } from 'yaml';
import type { z } from 'zod';
import { didYouMean } from './did-you-mean';
import { type SchemaNode, schemaAt } from './schema-node';

/** One thing that is wrong in a pipeline file, and where. */
export interface Problem {
  /** From 1. */
  line: number;
  /** From 1. */
  column: number;
  /** What is wrong, what is allowed. */
  message: string;
}

/** Puts zod's issues into words, with the places in the YAML document that they are about. */
export function problemsOf(
  issues: z.core.$ZodIssue[],
  document: Document,
  lines: LineCounter,
  schema: SchemaNode,
): Problem[] {
  const value: unknown = document.toJS();
  const problems: Problem[] = [];
  for (const issue of issues.flatMap(meantBranch)) {
    const at = dotted(issue.path);
    if (issue.code === 'unrecognized_keys') {
      const allowed = Object.keys(schemaAt(schema, issue.path, value)?.properties ?? {});
      for (const key of issue.keys) {
        const meant = didYouMean(key, allowed);
        problems.push({
          ...placeOf(document, lines, [...issue.path, key], 'key'),
          message:
            `unknown key "${dotted([...issue.path, key])}"` +
            (meant === undefined ? '' : `; did you mean "${meant}"?`) +
            ` Allowed here: ${allowed.join(', ')}.`,
        });
      }
    } else {
      problems.push({
        ...placeOf(document, lines, issue.path, 'value'),
        message: `${at === '' ? 'the file' : at} ${wordsFor(issue, valueAt(value, issue.path), schemaAt(schema, issue.path, value))}`,
      });
    }
  }
  return problems.sort((a, b) => a.line - b.line || a.column - b.column);
}

/** The issues of the one branch of a union whose type the value has; the union's own where there is none or several. */
function meantBranch(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
  const fitting = issue.errors.filter(
    (branch) => !branch.some(({ code, path }) => code === 'invalid_type' && path.length === 0),
  );
  if (fitting.length !== 1) return [issue];
  return fitting[0]!.flatMap((one) => meantBranch({ ...one, path: [...issue.path, ...one.path] }));
}

function wordsFor(issue: z.core.$ZodIssue, value: unknown, schema: SchemaNode | undefined): string {
  if (value === undefined) return `is missing. ${allowedBy(schema)}`.trim();
  const found = `(found ${shown(value)})`;
  switch (issue.code) {
    case 'invalid_value':
      return `must be ${issue.values.map(String).join(' or ')} ${found}`;
    case 'invalid_type':
      return `${issue.message.startsWith('must be') ? issue.message : `must be ${article(issue.expected)}`} ${found}`;
    case 'too_small':
      return `must be ${issue.inclusive === false ? 'above' : 'at least'} ${issue.minimum}${unitOf(issue.origin)} ${found}`;
    case 'too_big':
      return `must be ${issue.inclusive === false ? 'below' : 'at most'} ${issue.maximum}${unitOf(issue.origin)} ${found}`;
    case 'invalid_union':
    case 'invalid_format':
    case 'custom':
    case 'invalid_key':
    case 'invalid_element':
    case 'not_multiple_of':
    case 'unrecognized_keys':
      return `${issue.message} ${found}`;
  }
}

function allowedBy(schema: SchemaNode | undefined): string {
  if (schema?.const !== undefined) return `It must be ${shown(schema.const)}.`;
  if (schema?.enum !== undefined) return `It must be ${schema.enum.map(String).join(' or ')}.`;
  return schema?.description ?? '';
}

function article(type: string): string {
  const words: Record<string, string> = {
    int: 'a whole number',
    number: 'a number',
    string: 'a text',
    boolean: 'true or false',
    object: 'a section with keys of its own',
    array: 'a list',
  };
  return words[type] ?? `of type ${type}`;
}

function unitOf(origin: string): string {
  return origin === 'string' ? ' characters' : origin === 'array' ? ' entries' : '';
}

function shown(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a section';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

function dotted(path: PropertyKey[]): string {
  return path.map(String).join('.');
}

function valueAt(value: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, key) =>
      typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  );
}

/** Where a key or its value stands; for what is missing, the nearest section around it. */
function placeOf(
  document: Document,
  lines: LineCounter,
  path: PropertyKey[],
  part: 'key' | 'value',
): { line: number; column: number } {
  for (let length = path.length; length >= 0; length--) {
    const offset = offsetOf(document, path.slice(0, length), part);
    if (offset === undefined) continue;
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  }
  return { line: 1, column: 1 };
}

function offsetOf(document: Document, path: PropertyKey[], part: 'key' | 'value'): number | undefined {
  const last = path.at(-1);
  if (last === undefined) return document.contents?.range?.[0];
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (!isMap(parent)) return rangeStart(document.getIn(path, true));
  const pair = parent.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === last);
  if (pair === undefined) return undefined;
  return (part === 'value' ? rangeStart(pair.value) : undefined) ?? rangeStart(pair.key);
}

function rangeStart(node: unknown): number | undefined {
  return isNode(node) ? (node as Node).range?.[0] : undefined;
}
