import {
  CicloError,
  ConflictError,
  type Facts,
  InvalidInputError,
  NotFoundError,
  QuotaExceededError,
} from '../../domain/errors';
import { presentableWords } from './service-words';

/**
 * What went wrong with a call to AWS, as far as retrying is concerned:
 * `throttled` and `unavailable` may be tried again soon, `conflict` slowly, `quota` late, the others never.
 */
export type AwsFailureKind =
  | 'throttled'
  | 'conflict'
  | 'quota'
  | 'unavailable'
  | 'invalid'
  | 'denied'
  | 'missing'
  | 'expired-credentials';

/** AWS asks for slower calls. */
export class ThrottledError extends CicloError {}

/** AWS, or the way to it, failed for the moment: a 5xx answer, a refused or broken connection, a time-out. */
export class ServiceUnavailableError extends CicloError {}

/** The credentials in use do not allow the call, or there are none. */
export class AccessDeniedError extends CicloError {}

/** The credentials in use were valid once. */
export class ExpiredCredentialsError extends CicloError {}

/** What was being done when a call failed. */
export interface AwsCallContext {
  /** The API operation, e.g. `StartImport`. */
  operation: string;
  /** What it was about, e.g. `bot CafeBot` or an object's URI; never an utterance. */
  subject?: string;
}

const throttledNames = new Set([
  'KMSThrottlingException',
  'ThrottlingException',
  'Throttling',
  'ThrottledException',
  'TooManyRequestsException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
  'BandwidthLimitExceeded',
]);
const conflictNames = new Set([
  'ConflictException',
  'ConditionalRequestConflict',
  'OperationAborted',
  'ResourceInUseException',
]);
const quotaNames = new Set([
  'ServiceQuotaExceededException',
  'LimitExceededException',
  'ResourceLimitExceeded',
]);
const expiredNames = new Set([
  'ExpiredToken',
  'ExpiredTokenException',
  'TokenRefreshRequired',
  'RequestExpired',
  'TokenProviderError',
]);
const deniedNames = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'AuthorizationError',
  'AuthorizationErrorException',
  'CredentialsProviderError',
  'Forbidden',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'KMSAccessDeniedException',
  'NotAuthorized',
  'RequestTimeTooSkewed',
  'SignatureDoesNotMatch',
  'UnauthorizedOperation',
  'UnrecognizedClientException',
]);
const missingNames = new Set([
  'NoSuchBucket',
  'NoSuchKey',
  'NoSuchUpload',
  'NotFound',
  'NotFoundException',
  'ResourceNotFoundException',
]);
const invalidNames = new Set([
  'ClientException',
  'EntityTooLarge',
  'InvalidObjectState',
  'InvalidParameter',
  'InvalidParameterException',
  'InvalidParameterValue',
  'PreconditionFailed',
  'PreconditionFailedException',
  'ValidationError',
  'ValidationException',
]);
const unavailableNames = new Set([
  'AbortError',
  'BadGatewayException',
  'DependencyFailedException',
  'InternalError',
  'InternalFailure',
  'InternalServerException',
  'ModelErrorException',
  'ModelNotReadyException',
  'ModelTimeoutException',
  'RequestTimeout',
  'RequestTimeoutException',
  'ServerException',
  'ServiceUnavailable',
  'ServiceUnavailableException',
  'TimeoutError',
]);
const networkCodes = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  'ERR_HTTP2_ERROR',
  'ERR_HTTP2_GOAWAY_SESSION',
  'ERR_HTTP2_SESSION_ERROR',
  'ERR_HTTP2_STREAM_CANCEL',
  'ERR_HTTP2_STREAM_ERROR',
  'ERR_STREAM_PREMATURE_CLOSE',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_SOCKET',
]);

/** The parts of an SDK error that this file reads; every one may be absent. */
interface SdkErrorShape {
  name?: string;
  code?: string;
  message?: string;
  errors?: unknown[];
  cause?: unknown;
  $metadata?: { httpStatusCode?: number; requestId?: string; clockSkewCorrected?: boolean };
  $response?: unknown;
}

/**
 * Sorts an error of the AWS SDK, or one that `translateAwsError` made of it.
 *
 * @returns undefined for an error that did not come from a call to AWS
 */
export function awsFailureKind(error: unknown): AwsFailureKind | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if (error instanceof CicloError) return kindOfTranslated.get(error);
  const { name = '', code = '', message = '', $metadata, errors, cause } = error as SdkErrorShape;
  // The SDK has taken the time from the refusal: the next call is signed with it.
  if ($metadata?.clockSkewCorrected) return 'unavailable';
  if (expiredNames.has(name)) return 'expired-credentials';
  if (message === noRegion) return 'denied';
  if (name === 'CredentialsProviderError') {
    return /expired/i.test(message) ? 'expired-credentials' : 'denied';
  }
  if (throttledNames.has(name)) return 'throttled';
  if (conflictNames.has(name)) return 'conflict';
  if (quotaNames.has(name)) return 'quota';
  if (deniedNames.has(name)) return 'denied';
  if (missingNames.has(name)) return 'missing';
  if (invalidNames.has(name)) return 'invalid';
  if (unavailableNames.has(name) || networkCodes.has(code)) return 'unavailable';
  // Happy Eyeballs wraps the refusals of all addresses in an AggregateError.
  if (Array.isArray(errors) && errors.some((inner) => awsFailureKind(inner) === 'unavailable'))
    return 'unavailable';
  // fetch says only that it failed; why is in the cause.
  if (error instanceof TypeError && networkCodes.has((cause as SdkErrorShape | undefined)?.code ?? ''))
    return 'unavailable';
  if (isGarbled(error)) return 'unavailable';
  const status = $metadata?.httpStatusCode;
  if (status === undefined) return undefined;
  if (status === 429) return 'throttled';
  if (status === 409) return 'conflict';
  if (status === 401 || status === 403) return 'denied';
  if (status === 404) return 'missing';
  if (status === 408 || status >= 500) return 'unavailable';
  if (status >= 400) return 'invalid';
  return undefined;
}

const kindOfTranslated = new WeakMap<CicloError, AwsFailureKind>();

/**
 * Makes a named error of what the AWS SDK threw, with the service's own words, the request id and whether trying
 * again can help. Errors that are Ciclo's already, and those that did not come from AWS, come back unchanged
 * (the latter wrapped only when they are no `Error`).
 */
export function translateAwsError(error: unknown, context: AwsCallContext): Error {
  if (error instanceof CicloError) return error;
  const kind = awsFailureKind(error);
  if (kind === undefined) return error instanceof Error ? error : new Error(String(error));
  const explanation = explanationOf(error as SdkErrorShape);
  const { code, name, message, $metadata } = explanation;
  const facts: Facts = {
    kind,
    operation: context.operation,
    service: code ?? name ?? 'unknown',
    ...(context.subject === undefined ? {} : { subject: context.subject }),
    ...($metadata?.httpStatusCode === undefined ? {} : { status: $metadata.httpStatusCode }),
    ...($metadata?.requestId === undefined ? {} : { requestId: $metadata.requestId }),
  };
  const about =
    context.subject === undefined ? context.operation : `${context.operation} (${context.subject})`;
  const words = isGarbled(error)
    ? 'the answer cannot be read'
    : presentableWords((message ?? '').replace(sdkHint, ''));
  const reason = [code ?? name, words].filter((part) => part !== undefined && part !== '').join(': ');
  const translated = named(kind, `${about} failed: ${reason}. ${advice(kind, explanation)}`, facts, error);
  kindOfTranslated.set(translated, kind);
  return translated;
}

/** What the SDK says, in an error without a name of its own, where nothing tells it a region. */
const noRegion = 'Region is missing';

/** What the SDK adds for developers when it cannot read an answer. */
const sdkHint = /\s*Deserialization error: to see the raw response.*/s;

/** What says more than the error itself: the cause of a failed fetch, the first of several refused addresses. */
function explanationOf(error: SdkErrorShape): SdkErrorShape {
  const [first] = error.errors ?? [];
  const better = error instanceof TypeError ? error.cause : first;
  return typeof better === 'object' && better !== null ? better : error;
}

/** A successful answer that is not in the service's protocol; the parser's message quotes what it read. */
function isGarbled(error: unknown): boolean {
  const { $response, $metadata, code } = error as SdkErrorShape;
  return $response !== undefined && code === undefined && ($metadata?.httpStatusCode ?? 200) < 300;
}

function named(kind: AwsFailureKind, message: string, facts: Facts, cause: unknown): CicloError {
  switch (kind) {
    case 'throttled':
      return new ThrottledError(message, facts, false, { cause });
    case 'unavailable':
      return new ServiceUnavailableError(message, facts, false, { cause });
    case 'conflict':
      return new ConflictError(message, facts, { cause });
    case 'quota':
      return new QuotaExceededError(message, facts, false, { cause });
    case 'invalid':
      return new InvalidInputError(message, facts, true, { cause });
    case 'denied':
      return new AccessDeniedError(message, facts, true, { cause });
    case 'missing':
      return new NotFoundError(message, facts, true, { cause });
    case 'expired-credentials':
      return new ExpiredCredentialsError(message, facts, true, { cause });
  }
}

function advice(kind: AwsFailureKind, { name, code, message, $metadata }: SdkErrorShape): string {
  switch (kind) {
    case 'throttled':
      return 'It is worth another try after a moment; lower the concurrency when it keeps happening.';
    case 'unavailable':
      if ($metadata?.clockSkewCorrected)
        return 'The clock of this machine is wrong: set it right. The next try is signed with the time that AWS tells.';
      return code === 'ECONNREFUSED' || code === 'ENOTFOUND'
        ? 'Nothing answers there: check AWS_ENDPOINT_URL, the region and the network; it is worth another try.'
        : 'It is worth another try.';
    case 'conflict':
      return 'Something else is changing the same resource: it is worth another try in a minute.';
    case 'quota':
      return 'Free some of the resource or ask for a higher quota in the Service Quotas console.';
    case 'invalid':
      return 'The request itself has to change.';
    case 'denied':
      if (message === noRegion)
        return 'Say which: AWS_REGION, or a profile in AWS_PROFILE that has one. For the servers of "npm start", run this in its folder.';
      return name === 'CredentialsProviderError'
        ? 'Give the process credentials: AWS_PROFILE, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a role.'
        : 'Check which identity is in use (aws sts get-caller-identity) and allow it this action on this resource.';
    case 'missing':
      return name === 'NoSuchBucket'
        ? 'Create the bucket, or correct its name in the pipeline file.'
        : 'Check the name, the region and the account.';
    case 'expired-credentials':
      return 'Renew the credentials (for single sign-on: aws sso login), then start the worker again.';
  }
}
