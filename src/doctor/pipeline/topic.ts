import { GetTopicAttributesCommand, type SNSClient } from '@aws-sdk/client-sns';
import { fine, notChecked, warning, type Finding } from '../../domain/doctor';
import type { PipelineConfiguration } from '../../domain/pipeline';
import { AccessDeniedError } from '../../platform/aws/errors';
import { awsCallWith } from '../aws-call';
import type { Check } from '../check';

/** Whether somebody hears of it. */
export function topicCheck(sns: SNSClient, { notify: { topicArn } }: PipelineConfiguration): Check {
  return {
    id: 'topic',
    group: 'pipeline',
    title: 'The topic',
    async run(signal) {
      try {
        const { Attributes = {} } = await awsCallWith(signal)('GetTopicAttributes', topicArn, (options) =>
          sns.send(new GetTopicAttributesCommand({ TopicArn: topicArn }), options),
        );
        return [judgeTopic(topicArn, Attributes)];
      } catch (error) {
        if (!(error instanceof AccessDeniedError)) throw error;
        return [
          notChecked(
            `whether anybody subscribes to ${topicArn}, because sns:GetTopicAttributes is not allowed.`,
            {
              next: 'The worker does not need it; look with another identity:',
              commands: [`aws sns get-topic-attributes --topic-arn ${topicArn}`],
            },
          ),
        ];
      }
    },
  };
}

/** @param attributes as SNS names and writes them */
export function judgeTopic(topicArn: string, attributes: Record<string, string>): Finding {
  const confirmed = Number(attributes['SubscriptionsConfirmed'] ?? 0);
  const pending = Number(attributes['SubscriptionsPending'] ?? 0);
  const facts = { confirmed, pending };
  if (confirmed > 0) {
    const subscriptions =
      confirmed === 1 ? 'a confirmed subscription' : `${confirmed} confirmed subscriptions`;
    return fine(`The topic ${topicArn} has ${subscriptions}.`, facts);
  }
  const why = 'Nobody is told when a review waits or a cycle fails.';
  if (pending > 0) {
    return warning(`The topic ${topicArn} has no confirmed subscription; ${pending} wait for confirmation.`, {
      why,
      next: 'Open the confirmation that SNS has sent to the address, and follow its link.',
      facts,
    });
  }
  return warning(`The topic ${topicArn} has no subscriptions.`, {
    why,
    next: 'Subscribe an address, and follow the link in the confirmation:',
    commands: [
      `aws sns subscribe --topic-arn ${topicArn} --protocol email --notification-endpoint you@example.com`,
    ],
    facts,
  });
}
