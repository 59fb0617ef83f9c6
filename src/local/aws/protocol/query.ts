import { type ServiceError } from '../errors';
import { type WireResponse } from './wire';

/** What an answer is made of: texts, lists, maps and structures. */
export type QueryValue = string | QueryValue[] | Map<string, string> | { [name: string]: QueryValue };

/** The operations of a service that speaks the query protocol. */
export type QueryHandlers = Record<string, (input: Record<string, unknown>) => Record<string, QueryValue>>;

/**
 * Reads the flat names of the query protocol (`MessageAttributes.entry.1.Name`) into nested objects; lists stay objects
 * with the keys '1', '2', ….
 */
export function readQueryInput(form: URLSearchParams): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  for (const [name, value] of form) {
    if (name === 'Action' || name === 'Version') continue;
    const path = name.split('.');
    let place = input;
    for (const step of path.slice(0, -1)) place = (place[step] ??= {}) as Record<string, unknown>;
    place[path.at(-1)!] = value;
  }
  return input;
}

/** The entries of a list or map of the query protocol, in order. */
export function queryEntries(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>;
  const entries = (holder.entry ?? holder.member ?? holder) as Record<string, unknown>;
  return Object.keys(entries)
    .filter((key) => /^\d+$/.test(key))
    .sort((a, b) => Number(a) - Number(b))
    .map((key) => entries[key]);
}

/** The answer of a successful operation; lists become `<member>` elements, maps `<entry>` elements. */
export function queryResponse(
  action: string,
  namespace: string,
  result: Record<string, QueryValue>,
  requestId: string,
): WireResponse {
  const body =
    `<${action}Response xmlns="${namespace}"><${action}Result>${xmlOf(result)}</${action}Result>` +
    `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${action}Response>`;
  return { status: 200, headers: { 'content-type': 'text/xml' }, body };
}

/** An error in the form of the query protocol. */
export function queryError(error: ServiceError, namespace: string, requestId: string): WireResponse {
  const fault = error.status < 500 ? 'Sender' : 'Receiver';
  const body =
    `<ErrorResponse xmlns="${namespace}"><Error><Type>${fault}</Type><Code>${error.type}</Code>` +
    `<Message>${escapeXml(error.message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
  return { status: error.status, headers: { 'content-type': 'text/xml' }, body };
}

function xmlOf(value: QueryValue): string {
  if (Array.isArray(value)) return value.map((element) => `<member>${xmlOf(element)}</member>`).join('');
  if (value instanceof Map) {
    return [...value].map(([key, entry]) => `<entry>${xmlOf({ key, value: entry })}</entry>`).join('');
  }
  if (typeof value === 'object') {
    return Object.entries(value)
      .map(([name, member]) => `<${name}>${xmlOf(member)}</${name}>`)
      .join('');
  }
  return escapeXml(value);
}

function escapeXml(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    '\r': '&#xD;',
  };
  return text.replace(/[&<>"\r]/g, (character) => entities[character]!);
}
