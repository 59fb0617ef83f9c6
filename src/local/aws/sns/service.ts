import { randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ServiceError } from '../errors';
import { queryEntries, type QueryHandlers } from '../protocol/query';
import { Collection } from '../state/collection';
import { accountId, defaultRegion } from '../account';

interface Topic {
  topicArn: string;
  name: string;
  createdAt: number;
}

/** A message as the state folder keeps it: one line of `messages.jsonl`. */
export interface PublishedMessage {
  messageId: string;
  topicArn: string;
  subject: string | null;
  message: string;
  attributes: Record<string, string>;
  /** Of a message to a FIFO topic. */
  deduplicationId?: string;
  /** ISO 8601 */
  publishedAt: string;
}

const topicNamePattern = /^[\w-]{1,256}(?:\.fifo)?$/;
const mostMessageBytes = 256 * 1024;
const mostSubjectCharacters = 100;
/** A FIFO topic takes a message with a deduplication id that it has seen within this time, and does not deliver it. */
const deduplicationMs = 5 * 60_000;

const invalid = (message: string) =>
  new ServiceError('InvalidParameter', 400, `Invalid parameter: ${message}`);

/** SNS: topics, and messages that are kept in a file instead of being delivered. */
export function createSns(directory: string): QueryHandlers {
  mkdirSync(directory, { recursive: true });
  const topics = new Collection<Topic>(join(directory, 'topics'));
  const requireTopic = (topicArn: unknown): Topic => {
    const topic = topics.values().find((candidate) => candidate.topicArn === topicArn);
    if (topic === undefined)
      throw new ServiceError('NotFound', 404, `Topic does not exist: ${String(topicArn)}`);
    return topic;
  };
  return {
    CreateTopic({ Name: name, Attributes: attributes }) {
      if (typeof name !== 'string' || !topicNamePattern.test(name))
        throw invalid(`Topic Name ${String(name)}`);
      const isFifo = queryEntries(attributes).some((entry) => {
        const { key, value } = entry as { key: string; value: string };
        return key === 'FifoTopic' && value === 'true';
      });
      if (isFifo !== name.endsWith('.fifo'))
        throw invalid('Fifo Topic names must end with .fifo, and such topics need the attribute FifoTopic');
      const topicArn = `arn:aws:sns:${defaultRegion}:${accountId}:${name}`;
      const topic = topics.get(name) ?? topics.put(name, { topicArn, name, createdAt: Date.now() });
      return { TopicArn: topic.topicArn };
    },

    /** The file in which messages are kept counts as a subscriber: it gets every one of them. */
    GetTopicAttributes({ TopicArn: arn }) {
      const { topicArn } = requireTopic(arn);
      const attributes = new Map([
        ['TopicArn', topicArn],
        ['Owner', accountId],
        ['SubscriptionsConfirmed', '1'],
        ['SubscriptionsPending', '0'],
        ['SubscriptionsDeleted', '0'],
      ]);
      return { Attributes: attributes };
    },

    ListTopics() {
      return { Topics: topics.values().map(({ topicArn }) => ({ TopicArn: topicArn })) };
    },

    DeleteTopic({ TopicArn: topicArn }) {
      const topic = topics.values().find((candidate) => candidate.topicArn === topicArn);
      if (topic !== undefined) topics.delete(topic.name);
      return {};
    },

    Publish(input) {
      const { topicArn } = requireTopic(input.TopicArn ?? input.TargetArn);
      const { Message: message, Subject: subject } = input;
      if (typeof message !== 'string' || message === '') throw invalid('Empty message');
      if (Buffer.byteLength(message) > mostMessageBytes) throw invalid('Message too long');
      if (subject !== undefined) requireSubject(subject);
      const deduplicationId = topicArn.endsWith('.fifo') ? requireFifoIds(input) : undefined;
      const earlier = deduplicationId && findRecent(directory, topicArn, deduplicationId);
      if (earlier) return { MessageId: earlier.messageId };
      const published: PublishedMessage = {
        messageId: randomUUID(),
        topicArn,
        subject: (subject as string | undefined) ?? null,
        message,
        attributes: attributesOf(input.MessageAttributes),
        deduplicationId,
        publishedAt: new Date().toISOString(),
      };
      appendFileSync(messagesPath(directory), `${JSON.stringify(published)}\n`);
      return { MessageId: published.messageId };
    },
  };
}

/**
 * Reads what was published, oldest first.
 * @param stateDirectory the one given to `startLocalAws`
 */
export function readPublishedMessages(stateDirectory: string): PublishedMessage[] {
  return readMessages(join(stateDirectory, 'sns'));
}

function readMessages(directory: string): PublishedMessage[] {
  const path = messagesPath(directory);
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as PublishedMessage);
}

function messagesPath(directory: string): string {
  return join(directory, 'messages.jsonl');
}

/** A message that a FIFO topic has taken with this id a short while ago. */
function findRecent(
  directory: string,
  topicArn: string,
  deduplicationId: string,
): PublishedMessage | undefined {
  const sinceMs = Date.now() - deduplicationMs;
  return readMessages(directory).find(
    (message) =>
      message.topicArn === topicArn &&
      message.deduplicationId === deduplicationId &&
      Date.parse(message.publishedAt) >= sinceMs,
  );
}

/** The stand-in has no content-based deduplication: every message needs both ids. */
function requireFifoIds({
  MessageGroupId: group,
  MessageDeduplicationId: id,
}: Record<string, unknown>): string {
  if (typeof group !== 'string') throw invalid('The MessageGroupId parameter is required for FIFO topics');
  if (typeof id !== 'string')
    throw invalid(
      'The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    );
  return id;
}

function requireSubject(subject: unknown): void {
  const right =
    typeof subject === 'string' &&
    subject !== '' &&
    subject.length <= mostSubjectCharacters &&
    // eslint-disable-next-line no-control-regex -- SNS refuses line breaks and control characters in a subject
    !/[\x00-\x1f\x7f]/.test(subject);
  if (!right) throw invalid(`Subject must have 1 to ${mostSubjectCharacters} characters and no line breaks`);
}

function attributesOf(attributes: unknown): Record<string, string> {
  const found: Record<string, string> = {};
  for (const entry of queryEntries(attributes)) {
    const { Name: name, Value: value } = entry as {
      Name: string;
      Value: { StringValue?: string; BinaryValue?: string };
    };
    found[name] = value.StringValue ?? value.BinaryValue ?? '';
  }
  return found;
}
