import { ServiceError } from '../errors';
import { type WireRequest, type WireResponse } from './wire';

/**
 * AWS's JSON protocol, whose versions 1.0 and 1.1 differ in the name of their content alone: `POST /` with the operation
 * in a header and everything else in the body.
 */
const contentTypePattern = /^application\/x-amz-json-1\.[01]$/;
const contentType = 'application/x-amz-json-1.1';

/** The service's prefix and the operation's name, e.g. `TrentService` and `Decrypt`; null for other protocols. */
export function awsJsonTarget({
  method,
  headers,
}: WireRequest): { service: string; operation: string } | null {
  const target = String(headers['x-amz-target'] ?? '');
  const dot = target.indexOf('.');
  if (method !== 'POST' || dot < 0 || !contentTypePattern.test(String(headers['content-type'] ?? '')))
    return null;
  return { service: target.slice(0, dot), operation: target.slice(dot + 1) };
}

/** @throws ServiceError `SerializationException` when the body is no JSON object */
export function readAwsJsonInput({ body }: WireRequest): Record<string, unknown> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.toString('utf8') || '{}');
  } catch {
    parsed = null;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new ServiceError('SerializationException', 400, 'The request body is not a JSON object.');
  }
  return parsed as Record<string, unknown>;
}

/** The answer of a successful operation. */
export function awsJsonResponse(output: object): WireResponse {
  return { status: 200, headers: { 'content-type': contentType }, body: JSON.stringify(output) };
}

/** An error in the form of this protocol. */
export function awsJsonError(error: ServiceError): WireResponse {
  return {
    status: error.status,
    headers: { 'content-type': contentType },
    body: JSON.stringify({ __type: error.type, message: error.message }),
  };
}
