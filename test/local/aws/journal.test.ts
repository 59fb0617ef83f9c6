import assert from 'node:assert/strict';
import { CreateBotCommand, ListBotsCommand, BuildBotLocaleCommand } from '@aws-sdk/client-lex-models-v2';
import { CreateTopicCommand, PublishCommand } from '@aws-sdk/client-sns';
import { readJournal } from '../../../src/local/aws/journal';
import { failureOf, startStandIn, type StandIn } from './stand-in';

describe('the journal of the local AWS', () => {
  let aws: StandIn;
  before(async () => (aws = await startStandIn()));
  after(() => aws.close());

  it('notes what was asked to change, with its ids and the answer’s, and nothing that only reads', async () => {
    const { botId } = await aws.models.send(
      new CreateBotCommand({
        botName: 'JournalBot',
        roleArn: 'arn:aws:iam::000000000000:role/bot',
        dataPrivacy: { childDirected: false },
        idleSessionTTLInSeconds: 300,
      }),
    );
    await aws.models.send(new ListBotsCommand({}));
    const entry = readJournal(aws.stateDirectory).at(-1)!;
    assert.equal(entry.operation, 'CreateBot');
    assert.equal(entry.service, 'Lex Models V2');
    assert.ok(entry.status >= 200 && entry.status < 300);
    assert.equal(entry.keys['botName'], 'JournalBot');
    assert.equal(entry.keys['botId'], botId);
  });

  it('notes what was refused with the status of the refusal', async () => {
    await failureOf(
      aws.models.send(
        new BuildBotLocaleCommand({ botId: 'ABCDEFGHIJ', botVersion: 'DRAFT', localeId: 'es_ES' }),
      ),
    );
    const { operation, status, keys } = readJournal(aws.stateDirectory).at(-1)!;
    assert.deepEqual([operation, status, keys['botId']], ['BuildBotLocale', 404, 'ABCDEFGHIJ']);
  });

  it('keeps no message, and goes on after a restart', async () => {
    const { TopicArn } = await aws.sns.send(new CreateTopicCommand({ Name: 'journal' }));
    const before = readJournal(aws.stateDirectory).length;
    aws = await aws.restart();
    const { MessageId } = await aws.sns.send(
      new PublishCommand({ TopicArn, Subject: 'a subject', Message: 'what people read' }),
    );
    const entries = readJournal(aws.stateDirectory);
    assert.equal(entries.length, before + 1);
    assert.deepEqual(entries.at(-1)!.keys, { TopicArn, MessageId });
  });
});
