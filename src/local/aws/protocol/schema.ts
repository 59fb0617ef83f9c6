/**
 * The operation schemas that the AWS SDK's clients export (`BuildBotLocale$` and the like) say every route, parameter
 * and member. Their form is not documented, so it is checked here: an SDK that changes it is refused by name.
 *
 * operation `[9, namespace, name, traits, input, output]`, structure `[3, namespace, name, traits, names, schemas,
 * required]` (the first `required` members are mandatory), list `[1, …, element]`, map `[2, …, key, value]`,
 * simple `[0, …, schema]`; or a bare number for a plain string, number, … ; or `unit` for
 * nothing at all; or a function that gives one of these.
 */
export type Schema = number | 'unit' | readonly unknown[] | (() => Schema);

export interface Operation {
  name: string;
  /** Method, path template and status of success; absent in the query protocol. */
  http: { method: string; path: string; status: number } | null;
  input: Schema;
  output: Schema;
}

const operationKind = 9;

/**
 * Lists the operations of an SDK client.
 * @param module what `require('@aws-sdk/client-…')` gives
 * @param packageName for the message when the form has changed
 * @throws Error when the package exports no operation schema of the known form
 */
export function operationsOf(module: object, packageName: string): Operation[] {
  const operations: Operation[] = [];
  for (const [exported, value] of Object.entries(module)) {
    if (!exported.endsWith('$') || !Array.isArray(value) || value[0] !== operationKind) continue;
    const [, , name, traits, input, output] = value as unknown[];
    if (typeof name !== 'string') continue;
    operations.push({ name, http: httpTrait(traits), input: input as Schema, output: output as Schema });
  }
  if (operations.length === 0) {
    throw new Error(
      `${packageName} exports no operation schema of the known form; use the version in package.json.`,
    );
  }
  return operations;
}

function httpTrait(traits: unknown): Operation['http'] {
  const http = (traits as { http?: unknown } | null)?.http;
  if (!Array.isArray(http)) return null;
  const [method, path, status] = http as [string, string, number];
  return { method, path, status };
}

/** A structure's members, with the required ones first. */
export interface Structure {
  names: readonly string[];
  schemas: readonly Schema[];
  required: number;
}

const kinds = { simple: 0, list: 1, map: 2, structure: 3, union: 4 } as const;
const modifiers = { list: 64, map: 128 } as const;

export type Shape =
  | { kind: 'string' | 'number' | 'boolean' | 'timestamp' | 'other' }
  | { kind: 'list'; element: Schema }
  | { kind: 'map'; value: Schema }
  | ({ kind: 'structure' } & Structure);

/** What a schema describes. */
export function shapeOf(schema: Schema): Shape {
  if (typeof schema === 'function') return shapeOf(schema());
  if (typeof schema === 'number') return simpleShape(schema);
  if (schema === 'unit') return { kind: 'other' };
  // A member with traits of its own is a pair of its schema and those traits.
  if (typeof schema[0] !== 'number' || schema.length === 2) return shapeOf(schema[0] as Schema);
  switch (schema[0]) {
    case kinds.simple:
      return shapeOf(schema[4] as Schema);
    case kinds.list:
      return { kind: 'list', element: schema[4] as Schema };
    case kinds.map:
      return { kind: 'map', value: schema[5] as Schema };
    case kinds.structure:
    case kinds.union:
      return {
        kind: 'structure',
        names: schema[4] as string[],
        schemas: schema[5] as Schema[],
        required: (schema[6] as number | undefined) ?? 0,
      };
    default:
      return { kind: 'other' };
  }
}

function simpleShape(code: number): Shape {
  if (code >= modifiers.map) return { kind: 'map', value: code - modifiers.map };
  if (code >= modifiers.list) return { kind: 'list', element: code - modifiers.list };
  if (code === 0) return { kind: 'string' };
  if (code === 1) return { kind: 'number' };
  if (code === 2) return { kind: 'boolean' };
  if (code >= 4 && code <= 7) return { kind: 'timestamp' };
  return { kind: 'other' };
}

/** Members that travel in the query string: parameter name by member name. */
export function queryMembers(schema: Schema): Map<string, string> {
  return membersWithTrait(schema, 'httpQuery');
}

/** Members that travel as headers: header name by member name. */
export function headerMembers(schema: Schema): Map<string, string> {
  return membersWithTrait(schema, 'httpHeader');
}

/** Traits without a value are the bits of a number. */
const payloadTrait = 16;

/** The member that is the whole body, as it is; null where the body is a JSON object of members. */
export function payloadMember(schema: Schema): string | null {
  const shape = shapeOf(schema);
  if (shape.kind !== 'structure') return null;
  const index = shape.schemas.findIndex((member) => {
    const traits = traitsOf(member);
    return typeof traits === 'number' && (traits & payloadTrait) !== 0;
  });
  return shape.names[index] ?? null;
}

function membersWithTrait(schema: Schema, trait: 'httpQuery' | 'httpHeader'): Map<string, string> {
  const shape = shapeOf(schema);
  const found = new Map<string, string>();
  if (shape.kind !== 'structure') return found;
  shape.schemas.forEach((member, index) => {
    const name = (traitsOf(member) as Record<string, unknown> | null)?.[trait];
    if (typeof name === 'string') found.set(shape.names[index]!, name);
  });
  return found;
}

function traitsOf(member: Schema): unknown {
  return Array.isArray(member) && member.length === 2 ? (member as unknown[])[1] : null;
}
