import { type ServiceError, validationError } from '../errors';
import { headerMembers, type Operation, payloadMember, queryMembers } from './schema';
import { type WireRequest, type WireResponse } from './wire';

/**
 * Puts a request's path, query string, headers and body together into the operation's input.
 * @param labels the path's parameters, decoded
 * @throws ServiceError `ValidationException` when the body is no JSON object
 */
export function readRestJsonInput(
  operation: Operation,
  labels: Record<string, string>,
  request: WireRequest,
): Record<string, unknown> {
  const payload = payloadMember(operation.input);
  const input: Record<string, unknown> = payload
    ? { [payload]: request.body }
    : { ...parseBody(request.body) };
  for (const [member, header] of headerMembers(operation.input)) {
    const value = request.headers[header.toLowerCase()];
    if (value !== undefined) input[member] = String(value);
  }
  for (const [member, parameter] of queryMembers(operation.input)) {
    const value = request.query.get(parameter);
    if (value !== null) input[member] = value === 'true' ? true : value === 'false' ? false : value;
  }
  return Object.assign(input, labels);
}

function parseBody(body: Buffer): Record<string, unknown> {
  if (body.length === 0) return {};
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.toString('utf8'));
  } catch {
    throw validationError('The request body is not JSON.');
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw validationError('The request body is not a JSON object.');
  }
  return parsed as Record<string, unknown>;
}

/** The answer of a successful operation; dates become epoch seconds, as restJson1 wants them. */
export function restJsonResponse(
  { http, output: schema }: Pick<Operation, 'http' | 'output'>,
  output: object,
): WireResponse {
  const { status } = http!;
  const payload = payloadMember(schema);
  if (payload !== null) return payloadResponse(status, schema, output as Record<string, unknown>, payload);
  const body = JSON.stringify(output, function (this: Record<string, unknown>, key: string, value: unknown) {
    const original = this[key];
    return original instanceof Date ? original.getTime() / 1000 : value;
  });
  return { status, headers: { 'content-type': 'application/json' }, body };
}

/** The body is one member as it is; others are headers. */
function payloadResponse(
  status: number,
  schema: Operation['output'],
  output: Record<string, unknown>,
  payload: string,
): WireResponse {
  const headers: Record<string, string> = {};
  for (const [member, header] of headerMembers(schema)) {
    const value = output[member];
    if (typeof value === 'string') headers[header.toLowerCase()] = value;
  }
  return { status, headers, body: output[payload] as Uint8Array };
}

/** An error in the form of restJson1. */
export function restJsonError(error: ServiceError): WireResponse {
  return {
    status: error.status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': error.type },
    body: JSON.stringify({ message: error.message }),
  };
}
