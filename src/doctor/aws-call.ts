import type { AwsCall } from '../activities/targets/lex/find-bot';
import { translateAwsError } from '../platform/aws/errors';

/** Calls AWS until the check's time is over, with errors translated. */
export function awsCallWith(abortSignal: AbortSignal): AwsCall {
  return async (operation, subject, send) => {
    try {
      return await send({ abortSignal });
    } catch (error) {
      throw translateAwsError(error, { operation, subject });
    }
  };
}
