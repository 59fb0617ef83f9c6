import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { publishOnce, type Publication } from '../../src/activities/publish-once';
import { readPublishedMessages } from '../../src/local/aws/sns/service';
import { openObjectStore, type ObjectStore } from '../../src/platform/storage/object-store';
import { startStandIn, type StandIn } from '../local/aws/stand-in';

describe('publishing a message once', () => {
  let aws: StandIn;
  let folder: string;
  let store: ObjectStore;
  const arns: Record<'fifo' | 'standard', string> = { fifo: '', standard: '' };
  before(async () => {
    aws = await startStandIn();
    folder = await mkdtemp(join(tmpdir(), 'ciclo-publish-'));
    store = openObjectStore();
    const fifo = new CreateTopicCommand({ Name: 'once.fifo', Attributes: { FifoTopic: 'true' } });
    arns.fifo = String((await aws.sns.send(fifo)).TopicArn);
    arns.standard = String((await aws.sns.send(new CreateTopicCommand({ Name: 'once' }))).TopicArn);
  });
  after(async () => {
    await aws.close();
    await rm(folder, { recursive: true, force: true });
  });

  const publication = (kind: 'fifo' | 'standard', id: string): Publication => ({
    topicArn: arns[kind],
    id,
    group: 'cafe',
    subject: 'Ciclo cafe: the new version is live',
    message: 'Version 2 is better.',
    noteUri: pathToFileURL(join(folder, `${id}.json`)).href,
  });
  const published = (id: string) =>
    readPublishedMessages(aws.stateDirectory).filter(({ attributes }) => attributes['notificationId'] === id);

  /** The worker dies when SNS has taken the message and before anybody noted it. */
  const dyingStore = (): ObjectStore => {
    const dying = Object.create(store) as ObjectStore;
    let writes = 0;
    dying.write = (...args) =>
      ++writes === 1 ? store.write(...args) : Promise.reject(new Error('the worker was killed'));
    return dying;
  };

  it('sends it with its id, and not again when tried again', async () => {
    const message = publication('standard', 'a');
    await publishOnce({ store, sns: aws.sns }, message);
    await publishOnce({ store, sns: aws.sns }, message);
    assert.deepEqual(
      published('a').map(({ attributes }) => attributes),
      [{ notificationId: 'a' }],
    );
  });

  it('never sends it twice to a FIFO topic, even when the worker died before it could note it', async () => {
    const message = publication('fifo', 'b');
    await assert.rejects(publishOnce({ store: dyingStore(), sns: aws.sns }, message), /killed/);
    await publishOnce({ store, sns: aws.sns }, message);
    await publishOnce({ store, sns: aws.sns }, message);
    assert.equal(published('b').length, 1);
  });

  it('says of a message to a standard topic that it may be a repeat, when nobody can know', async () => {
    const message = publication('standard', 'c');
    await assert.rejects(publishOnce({ store: dyingStore(), sns: aws.sns }, message), /killed/);
    await publishOnce({ store, sns: aws.sns }, message);
    await publishOnce({ store, sns: aws.sns }, message);
    assert.deepEqual(
      published('c').map(({ attributes }) => attributes['possibleRepeat'] ?? 'no'),
      ['no', 'true'],
    );
  });

  it('is in no doubt after a refusal, or when nothing listened', async () => {
    const message = publication('standard', 'd');
    const nowhere = { ...message, topicArn: 'arn:aws:sns:eu-west-1:000000000000:nowhere' };
    await assert.rejects(publishOnce({ store, sns: aws.sns }, nowhere), /Topic does not exist/);
    const deaf = new SNSClient({
      endpoint: 'http://127.0.0.1:1',
      region: 'eu-west-1',
      maxAttempts: 1,
      credentials: { accessKeyId: 'x', secretAccessKey: 'y' },
    });
    await assert.rejects(publishOnce({ store, sns: deaf }, message), /ECONNREFUSED/);
    await publishOnce({ store, sns: aws.sns }, message);
    assert.deepEqual(
      published('d').map(({ attributes }) => attributes),
      [{ notificationId: 'd' }],
    );
  });

  it('takes the note of a former version as sent', async () => {
    const message = publication('standard', 'e');
    await store.write(message.noteUri, JSON.stringify({ kind: 'cycle-finished', messageId: 'x' }));
    await publishOnce({ store, sns: aws.sns }, message);
    assert.equal(published('e').length, 0);
  });
});
