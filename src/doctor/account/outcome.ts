import { CicloError } from '../../domain/errors';
import { awsFailureKind, translateAwsError } from '../../platform/aws/errors';

/** What came out for a permission. */
export type Outcome =
  | { kind: 'allowed'; how: 'tried' | 'simulated' }
  | { kind: 'denied'; how: 'tried' | 'simulated'; words: string }
  | { kind: 'unknown'; reason: string };

/** How services say that this identity may not; other refusals (a wrong signature, a wrong clock) say nothing of it. */
const notAllowedNames = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'AuthorizationError',
  'AuthorizationErrorException',
  'Forbidden',
  'KMSAccessDeniedException',
  'NotAuthorized',
  'UnauthorizedOperation',
]);

/**
 * Makes a call to find out whether it is allowed. Services look at permissions before they look for what is named: that
 * something does not exist, or that a condition does not hold, says that the call was allowed.
 */
export async function tryCall(call: () => Promise<unknown>): Promise<Outcome> {
  try {
    await call();
    return { kind: 'allowed', how: 'tried' };
  } catch (error) {
    return outcomeOf(error);
  }
}

function outcomeOf(thrown: unknown): Outcome {
  const error = thrown instanceof CicloError ? (thrown.cause ?? thrown) : thrown;
  const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
  if (notAllowedNames.has(name)) return { kind: 'denied', how: 'tried', words: message };
  const kind = awsFailureKind(error);
  if (kind === 'missing' || kind === 'conflict' || $metadata?.httpStatusCode === 412)
    return { kind: 'allowed', how: 'tried' };
  const { message: words } = translateAwsError(error, { operation: 'the call' });
  return { kind: 'unknown', reason: words.split('. ')[0]! };
}
