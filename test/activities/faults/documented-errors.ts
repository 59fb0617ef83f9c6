import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ServiceError } from '../../../src/local/aws/errors';

interface ErrorTraits {
  httpError?: number;
  awsQueryError?: [code: string, status: number];
}

/** An exception as the SDK documents it. */
export interface DocumentedError {
  /** As the SDK throws it. */
  name: string;
  /** As the service sends it. */
  wire: ServiceError;
}

/** How services word their errors on the wire. */
export type ErrorProtocol = 'json' | 'query' | 's3';

/**
 * The exceptions that the SDK documents for an operation: their names stand in the command's own declaration, their
 * status and, for the query protocol, their code on the wire in the client's schemas.
 *
 * @param packageName e.g. `@aws-sdk/client-sns`
 */
export function documentedErrors(
  packageName: string,
  operation: string,
  protocol: ErrorProtocol,
): DocumentedError[] {
  const root = join(__dirname, '..', '..', '..', 'node_modules', packageName);
  const declaration = readFileSync(join(root, 'dist-types', 'commands', `${operation}Command.d.ts`), 'utf8');
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- chosen by name
  const module = require(packageName) as Record<string, unknown>;
  const names = [...declaration.matchAll(/@throws \{@link (\w+)\} \((?:client|server) fault\)/g)];
  return names.map(([, name]) => {
    const { httpError, awsQueryError } = traitsOf(module[`${name}$`]);
    // S3 answers HEAD for an object that is not there with 404 and nothing else.
    const status = httpError ?? (name === 'NotFound' ? 404 : 400);
    const code = protocol === 'query' ? awsQueryError?.[0] : undefined;
    return { name: name!, wire: new ServiceError(code ?? name!, status, 'Made by a test.') };
  });
}

/** A schema of an error is `[-3, namespace, name, traits, …]`. */
function traitsOf(schema: unknown): ErrorTraits {
  if (!Array.isArray(schema) || schema[0] !== -3)
    throw new Error('The SDK has another form of error schemas.');
  return (schema[3] || {}) as ErrorTraits;
}

const error = (name: string, status: number): DocumentedError => ({
  name,
  wire: new ServiceError(name, status, 'Made by a test.'),
});

/** Errors that every service of the kind may answer and no command declares (AWS: "Common Errors"; S3: "Error responses"). */
export const commonErrors: Record<ErrorProtocol, DocumentedError[]> = {
  json: [
    error('AccessDeniedException', 403),
    error('ExpiredTokenException', 403),
    error('InternalFailure', 500),
    error('ThrottlingException', 400),
    error('TooManyRequestsException', 429),
    error('UnrecognizedClientException', 403),
    error('ServiceUnavailable', 503),
  ],
  query: [
    error('ExpiredToken', 403),
    error('InvalidClientTokenId', 403),
    error('Throttling', 400),
    error('ServiceUnavailable', 503),
  ],
  s3: [
    error('AccessDenied', 403),
    error('ExpiredToken', 400),
    error('InternalError', 500),
    error('NoSuchBucket', 404),
    error('RequestTimeout', 400),
    error('ServiceUnavailable', 503),
    error('SlowDown', 503),
  ],
};
