import assert from 'node:assert/strict';
import type { Payload, PayloadCodec, SerializationContext } from '@temporalio/common';

/** What Temporal's own documentation warns from; its servers refuse payloads of 2 MB. */
export const mostPayloadBytes = 256 * 1024;

/** Passes payloads on as they are and remembers the largest one. */
export class PayloadLimit implements PayloadCodec {
  largest = { bytes: 0, where: '', begin: '' };

  encode(payloads: Payload[], context?: SerializationContext): Promise<Payload[]> {
    return Promise.resolve(this.look(payloads, context));
  }

  decode(payloads: Payload[], context?: SerializationContext): Promise<Payload[]> {
    return Promise.resolve(this.look(payloads, context));
  }

  /** @throws AssertionError that tells which payload was over the limit: whose it was, and how it begins */
  assertKept(): void {
    const { bytes, where, begin } = this.largest;
    assert.ok(bytes <= mostPayloadBytes, `A payload of ${bytes} bytes, of ${where}: ${begin} …`);
  }

  private look(payloads: Payload[], context?: SerializationContext): Payload[] {
    for (const { data } of payloads)
      if (data && data.length > this.largest.bytes)
        this.largest = {
          bytes: data.length,
          where: nameOf(context),
          begin: Buffer.from(data.subarray(0, 200)).toString(),
        };
    return payloads;
  }
}

function nameOf(context?: SerializationContext): string {
  if (context === undefined) return 'an unknown owner';
  const activity = context.type === 'activity' ? `activity ${context.activityId} of ` : '';
  return `${activity}workflow ${context.workflowId}`;
}
