import { isObject } from './fields';

/** What CloudWatch Logs wraps around log lines on their way through a subscription. */
export interface CloudWatchEnvelope {
  /** A control message checks the connection and carries no log line. */
  isControl: boolean;
  /** The log lines: each is a record of its own. A message may be JSON text or an object that was parsed already. */
  messages: unknown[];
}

/**
 * Recognises the envelope of a CloudWatch Logs subscription (`messageType`, `logEvents[].message`).
 * Format: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
 *
 * @returns null where the value is no envelope
 */
export function readCloudWatchEnvelope(value: unknown): CloudWatchEnvelope | null {
  if (!isObject(value) || !Array.isArray(value['logEvents'])) return null;
  const events = value['logEvents'] as unknown[];
  return {
    isControl: value['messageType'] === 'CONTROL_MESSAGE',
    messages: events.map((event) => (isObject(event) ? event['message'] : undefined)),
  };
}
