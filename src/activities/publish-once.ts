import { PublishCommand, type MessageAttributeValue, type SNSClient } from '@aws-sdk/client-sns';
import { z } from 'zod';
import { ConflictError } from '../domain/errors';
import { translateAwsError } from '../platform/aws/errors';
import { readJson } from '../platform/registry/json-document';
import type { ObjectStore } from '../platform/storage/object-store';

/** A message to publish one time. */
export interface Publication {
  topicArn: string;
  /** Unique to the message; subscribers can tell a repetition by it. At most 128 characters. */
  id: string;
  /** Messages of a group keep their order on a FIFO topic. */
  group: string;
  subject: string;
  message: string;
  /** Where the publication is noted. */
  noteUri: string;
}

/** Notes of former versions have no state: they were written after the message was. */
const noteSchema = z.looseObject({ state: z.enum(['sending', 'sent']).default('sent') });
/** Nothing listens there, or there is no such place: no request was sent. */
const unsentCodes = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

/**
 * Publishes a message once, however often it is tried. The intention is noted before, the success after, both in the
 * store. A try that finds an intention without a success cannot know whether the message went out:
 * - a FIFO topic (`….fifo`) is given the same deduplication id again, and SNS delivers one message, for five minutes;
 * - a standard topic cannot be asked, so the message goes out again, with the same `notificationId` and the attribute
 *   `possibleRepeat`: told twice is better than not told.
 *
 * @throws the translated errors of SNS and of the store
 */
export async function publishOnce(
  { store, sns }: { store: ObjectStore; sns: SNSClient },
  publication: Publication,
): Promise<void> {
  const { topicArn, id, group, subject, message, noteUri } = publication;
  const found = await claim(store, noteUri, subject);
  if (found === 'sent') return;
  const isRepeat = found === 'sending';
  const isFifo = topicArn.endsWith('.fifo');
  const attributes: Record<string, MessageAttributeValue> = {
    notificationId: { DataType: 'String', StringValue: id },
    ...(isRepeat && { possibleRepeat: { DataType: 'String', StringValue: 'true' } }),
  };
  let messageId: string | undefined;
  try {
    const published = await sns.send(
      new PublishCommand({
        TopicArn: topicArn,
        Subject: subject,
        Message: message,
        MessageAttributes: attributes,
        ...(isFifo && { MessageGroupId: group, MessageDeduplicationId: id }),
      }),
    );
    messageId = published.MessageId;
  } catch (error) {
    if (!isRepeat && isRefusal(error)) await store.delete(noteUri);
    throw translateAwsError(error, { operation: 'Publish', subject: `topic ${topicArn}` });
  }
  await store.write(noteUri, JSON.stringify({ state: 'sent', subject, messageId }));
}

/** Notes the intention; gives what an earlier try has noted, or null. */
async function claim(
  store: ObjectStore,
  noteUri: string,
  subject: string,
): Promise<'sending' | 'sent' | null> {
  try {
    await store.write(noteUri, JSON.stringify({ state: 'sending', subject }), { ifNoneMatch: '*' });
    return null;
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    return (await readJson(store, noteUri, noteSchema))?.value.state ?? null;
  }
}

/** Whether SNS surely took no message: it said so, or nothing was sent. */
function isRefusal(error: unknown): boolean {
  const { code, $metadata } = error as { code?: string; $metadata?: { httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode;
  return (status !== undefined && status >= 400 && status < 500) || unsentCodes.has(code ?? '');
}
