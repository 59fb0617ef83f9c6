import type { ActivityExecuteInput, ActivityInboundCallsInterceptor, Next } from '@temporalio/worker';
import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { CicloError, failureDetails } from '../domain/errors';
import { awsFailureKind, type AwsFailureKind, translateAwsError } from '../platform/aws/errors';

/**
 * What may heal by itself within minutes is not asked again within seconds: somebody else's change of the same
 * resource passes, a build or a job of the account frees its place. Each delay is twice the one before.
 */
const retryDelaysByKind: Partial<Record<AwsFailureKind, { firstMs: number; longestMs: number }>> = {
  conflict: { firstMs: 15_000, longestMs: 5 * 60_000 },
  quota: { firstMs: 5 * 60_000, longestMs: 30 * 60_000 },
};

/**
 * Makes Temporal failures of Ciclo's errors: the error's name is the failure's type, its facts and translations the
 * details; permanent ones are not tried again, and conflicts and quotas wait longer than the policy says.
 */
export class FailureInterceptor implements ActivityInboundCallsInterceptor {
  async execute(
    input: ActivityExecuteInput,
    next: Next<ActivityInboundCallsInterceptor, 'execute'>,
  ): Promise<unknown> {
    try {
      return await next(input);
    } catch (error) {
      throw toFailure(error, Context.current().info.attempt);
    }
  }
}

/**
 * The failure that an error becomes; errors that are nobody's in particular come back unchanged. What caused it stays
 * out of the failure: a service's own words may quote what a person said.
 *
 * @param attempt that failed, from 1
 */
export function toFailure(error: unknown, attempt: number): unknown {
  if (error instanceof SyntaxError && awsFailureKind(error) === undefined) return unreadable(error);
  const translated =
    error instanceof CicloError || awsFailureKind(error) === undefined
      ? error
      : translateAwsError(error, { operation: 'A call to AWS' });
  if (!(translated instanceof CicloError)) return translated;
  const kind = awsFailureKind(translated);
  const failure = ApplicationFailure.create({
    message: translated.message,
    type: translated.name,
    nonRetryable: translated.permanent,
    nextRetryDelay: kind && retryDelayMs(kind, attempt),
    details: failureDetails(translated.facts, translated.translations),
  });
  failure.stack = translated.stack;
  return failure;
}

function retryDelayMs(kind: AwsFailureKind, attempt: number): number | undefined {
  const delays = retryDelaysByKind[kind];
  return delays && Math.min(delays.firstMs * 2 ** (attempt - 1), delays.longestMs);
}

/** A parser's message quotes what it read. */
function unreadable({ stack }: SyntaxError): ApplicationFailure {
  const failure = ApplicationFailure.create({
    message: 'Something that was read is not in its format. The stack says where; it is worth another try.',
    type: 'SyntaxError',
  });
  failure.stack = stack
    ?.split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
  return failure;
}
