import { type ServiceError, validationError } from '../errors';
import { type Operation, queryMembers } from './schema';
import { type WireRequest, type WireResponse } from './wire';

/**
 * Puts a request's path, query string and JSON body together into the operation's input.
 * @param labels the path's parameters, decoded
 * @throws ServiceError `ValidationException` when the body is no JSON object
 */
export function readRestJsonInput(
  operation: Operation,
  labels: Record<string, string>,
  request: WireRequest,
): Record<string, unknown> {
  const input: Record<string, unknown> = { ...parseBody(request.body) };
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
export function restJsonResponse(status: number, output: object): WireResponse {
  const body = JSON.stringify(output, function (this: Record<string, unknown>, key: string, value: unknown) {
    const original = this[key];
    return original instanceof Date ? original.getTime() / 1000 : value;
  });
  return { status, headers: { 'content-type': 'application/json' }, body };
}

/** An error in the form of restJson1. */
export function restJsonError(error: ServiceError): WireResponse {
  return {
    status: error.status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': error.type },
    body: JSON.stringify({ message: error.message }),
  };
}
