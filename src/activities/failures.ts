import type { ActivityExecuteInput, ActivityInboundCallsInterceptor, Next } from '@temporalio/worker';
import { ApplicationFailure } from '@temporalio/common';
import { CicloError } from '../domain/errors';
import { awsFailureKind, translateAwsError } from '../platform/aws/errors';

/** What may heal by itself within minutes is not asked again within seconds. */
const retryDelayByKind: Partial<Record<NonNullable<ReturnType<typeof awsFailureKind>>, string>> = {
  conflict: '15 seconds',
  quota: '5 minutes',
};

/**
 * Makes Temporal failures of Ciclo's errors: the error's name is the failure's type, its facts the details;
 * permanent ones are not tried again, and conflicts and quotas wait longer than the policy says.
 */
export class FailureInterceptor implements ActivityInboundCallsInterceptor {
  async execute(
    input: ActivityExecuteInput,
    next: Next<ActivityInboundCallsInterceptor, 'execute'>,
  ): Promise<unknown> {
    try {
      return await next(input);
    } catch (error) {
      throw toFailure(error);
    }
  }
}

/** The failure that an error becomes; errors that are nobody's in particular come back unchanged. */
export function toFailure(error: unknown): unknown {
  const translated =
    error instanceof CicloError || awsFailureKind(error) === undefined
      ? error
      : translateAwsError(error, { operation: 'A call to AWS' });
  if (!(translated instanceof CicloError)) return translated;
  const kind = awsFailureKind(translated);
  return ApplicationFailure.create({
    message: translated.message,
    type: translated.name,
    nonRetryable: translated.permanent,
    nextRetryDelay: kind && retryDelayByKind[kind],
    details: [translated.facts],
    cause: translated,
  });
}
