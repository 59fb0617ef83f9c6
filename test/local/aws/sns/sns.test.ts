import assert from 'node:assert/strict';
import {
  CreateTopicCommand,
  DeleteTopicCommand,
  ListTopicsCommand,
  PublishCommand,
} from '@aws-sdk/client-sns';
import { readPublishedMessages } from '../../../../src/local/aws/sns/service';
import { failureOf, startStandIn, type StandIn } from '../stand-in';

describe('local SNS', () => {
  let aws: StandIn;
  before(async () => (aws = await startStandIn()));
  after(() => aws.close());

  it('keeps what is published, also over a restart', async () => {
    const { TopicArn } = await aws.sns.send(new CreateTopicCommand({ Name: 'avisos' }));
    assert.match(TopicArn!, /^arn:aws:sns:[a-z0-9-]+:000000000000:avisos$/);
    assert.equal((await aws.sns.send(new CreateTopicCommand({ Name: 'avisos' }))).TopicArn, TopicArn);
    const Message = 'Línea 1\n«ñandú» & <más> "todo" + 100 %';
    const { MessageId } = await aws.sns.send(
      new PublishCommand({
        TopicArn,
        Subject: 'Versión 4 en vivo',
        Message,
        MessageAttributes: { verdict: { DataType: 'String', StringValue: 'promote' } },
      }),
    );
    aws = await aws.restart();
    const { Topics } = await aws.sns.send(new ListTopicsCommand({}));
    assert.deepEqual(Topics, [{ TopicArn }]);
    await aws.sns.send(new PublishCommand({ TopicArn, Message: 'otra' }));
    const [first, second] = readPublishedMessages(aws.stateDirectory);
    assert.deepEqual(
      { ...first, publishedAt: null },
      {
        messageId: MessageId,
        topicArn: TopicArn,
        subject: 'Versión 4 en vivo',
        message: Message,
        attributes: { verdict: 'promote' },
        publishedAt: null,
      },
    );
    assert.deepEqual([second!.message, second!.subject], ['otra', null]);
  });

  it('refuses what SNS would refuse', async () => {
    const TopicArn = 'arn:aws:sns:eu-west-1:000000000000:nadie';
    const missing = await failureOf(aws.sns.send(new PublishCommand({ TopicArn, Message: 'x' })));
    assert.equal(missing.name, 'NotFoundException');
    assert.equal(missing.$metadata!.httpStatusCode, 404);
    const topic = await aws.sns.send(new CreateTopicCommand({ Name: 'efimero' }));
    for (const bad of [
      { Message: 'x', Subject: 'dos\nlíneas' },
      { Message: 'x', Subject: 'x'.repeat(101) },
      { Message: 'x'.repeat(256 * 1024 + 1) },
    ]) {
      const failure = await failureOf(aws.sns.send(new PublishCommand({ TopicArn: topic.TopicArn, ...bad })));
      assert.equal(failure.name, 'InvalidParameterException');
    }
    await aws.sns.send(new DeleteTopicCommand({ TopicArn: topic.TopicArn }));
    const gone = await failureOf(
      aws.sns.send(new PublishCommand({ TopicArn: topic.TopicArn, Message: 'x' })),
    );
    assert.equal(gone.name, 'NotFoundException');
    assert.equal(
      (await failureOf(aws.sns.send(new CreateTopicCommand({ Name: 'con espacio' })))).name,
      'InvalidParameterException',
    );
  });

  it('delivers a message to a FIFO topic once within five minutes, also over a restart', async () => {
    const refused = await failureOf(aws.sns.send(new CreateTopicCommand({ Name: 'orden.fifo' })));
    assert.equal(refused.name, 'InvalidParameterException');
    const { TopicArn } = await aws.sns.send(
      new CreateTopicCommand({ Name: 'orden.fifo', Attributes: { FifoTopic: 'true' } }),
    );
    const noGroup = new PublishCommand({ TopicArn, Message: 'x', MessageDeduplicationId: '1' });
    assert.match((await failureOf(aws.sns.send(noGroup))).message, /MessageGroupId/);
    const publish = (id: string) =>
      aws.sns.send(
        new PublishCommand({ TopicArn, Message: 'x', MessageGroupId: 'g', MessageDeduplicationId: id }),
      );
    const first = await publish('1');
    aws = await aws.restart();
    assert.equal((await publish('1')).MessageId, first.MessageId);
    await publish('2');
    const ids = readPublishedMessages(aws.stateDirectory).flatMap(({ topicArn, deduplicationId }) =>
      topicArn === TopicArn ? [deduplicationId] : [],
    );
    assert.deepEqual(ids, ['1', '2']);
  });
});
