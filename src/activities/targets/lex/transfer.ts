import { ServiceUnavailableError } from '../../../platform/aws/errors';
import { callAws } from './calls';

/** Archives have a few megabytes at most; silence beyond this time is a failure. Below the heartbeat timeout. */
export const usualTransferTimeoutMs = 20_000;

/**
 * Sends an archive to, or takes one from, an address that Lex handed out.
 * @param operation for messages
 * @param body to send; without it the archive is taken
 * @throws ServiceUnavailableError also when the address is no longer good: the next attempt asks for a new one
 */
export async function transferArchive(
  operation: string,
  subject: string,
  url: string,
  timeoutMs: number,
  body?: Buffer,
): Promise<Buffer> {
  return callAws(operation, subject, async ({ abortSignal }) => {
    const response = await fetch(url, {
      method: body === undefined ? 'GET' : 'PUT',
      body,
      signal: AbortSignal.any([abortSignal, AbortSignal.timeout(timeoutMs)]),
    });
    if (response.ok) return Buffer.from(await response.arrayBuffer());
    throw new ServiceUnavailableError(
      `${operation} (${subject}) failed: HTTP ${response.status}. It is worth another try.`,
      { operation, subject, status: response.status },
      false,
    );
  });
}
