import assert from 'node:assert/strict';
import { GetRoleCommand, IAMClient, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import { GetTopicAttributesCommand, CreateTopicCommand } from '@aws-sdk/client-sns';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Policy } from '../../../../src/local/aws/iam/policy';
import { failureOf, startStandIn, type StandIn } from '../stand-in';

const bot = 'arn:aws:lex:eu-west-1:000000000000:bot/ABCDEFGHIJ';

describe('local STS and IAM', () => {
  let aws: StandIn;
  let iam: IAMClient;
  let sts: STSClient;
  const policies: Policy[] = [];
  before(async () => {
    aws = await startStandIn({ policies });
    const connection = {
      endpoint: aws.endpoint,
      region: 'eu-west-1',
      maxAttempts: 1,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    };
    iam = new IAMClient(connection);
    sts = new STSClient(connection);
  });
  after(async () => {
    iam.destroy();
    sts.destroy();
    await aws.close();
  });

  const decisions = async (
    actions: string[],
    resources: string[],
    context: Record<string, string[]> = {},
  ): Promise<string[]> => {
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'ciclo-local' }));
    const { EvaluationResults = [] } = await iam.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn: Role!.Arn,
        ActionNames: actions,
        ResourceArns: resources,
        ContextEntries: Object.entries(context).map(([ContextKeyName, ContextKeyValues]) => ({
          ContextKeyName,
          ContextKeyValues,
          ContextKeyType: 'stringList',
        })),
      }),
    );
    return EvaluationResults.map(({ EvalActionName, EvalDecision }) => `${EvalActionName} ${EvalDecision}`);
  };

  it('say who calls: a session of the role that IAM knows', async () => {
    const { Account, Arn } = await sts.send(new GetCallerIdentityCommand({}));
    assert.equal(Account, '000000000000');
    assert.equal(Arn, 'arn:aws:sts::000000000000:assumed-role/ciclo-local/session');
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'ciclo-local' }));
    assert.equal(Role!.Arn, 'arn:aws:iam::000000000000:role/ciclo-local');
    assert.equal(
      (await failureOf(iam.send(new GetRoleCommand({ RoleName: 'nobody' })))).name,
      'NoSuchEntityException',
    );
  });

  it('judge by the policies: wildcards, denials before everything, silence as a denial', async () => {
    policies.splice(0, Infinity, {
      Statement: [
        { Effect: 'Allow', Action: 'lex:Describe*', Resource: bot },
        { Effect: 'Allow', Action: ['lex:StartImport', 'lex:DeleteSlot'], Resource: '*' },
        { Effect: 'Deny', Action: 'lex:DeleteSlot', Resource: bot },
      ],
    });
    assert.deepEqual(
      await decisions(['lex:DescribeBot', 'lex:StartImport', 'lex:DeleteSlot', 'lex:ListBots'], [bot]),
      [
        'lex:DescribeBot allowed',
        'lex:StartImport allowed',
        'lex:DeleteSlot explicitDeny',
        'lex:ListBots implicitDeny',
      ],
    );
    assert.deepEqual(await decisions(['lex:DescribeBot'], [bot, `${bot}2`]), [
      'lex:DescribeBot implicitDeny',
    ]);
  });

  it('judge by conditions', async () => {
    policies.splice(0, Infinity, {
      Statement: [
        {
          Effect: 'Allow',
          Action: 's3:ListBucket',
          Resource: 'arn:aws:s3:::data',
          Condition: { StringLike: { 's3:prefix': ['logs/*'] } },
        },
      ],
    });
    const of = (prefix: string) =>
      decisions(['s3:ListBucket'], ['arn:aws:s3:::data'], { 's3:prefix': [prefix] });
    assert.deepEqual(await of('logs/2026/'), ['s3:ListBucket allowed']);
    assert.deepEqual(await of('golden/'), ['s3:ListBucket implicitDeny']);
    assert.deepEqual(await decisions(['s3:ListBucket'], ['arn:aws:s3:::data']), [
      's3:ListBucket implicitDeny',
    ]);
  });

  it('stand beside SNS, which tells of its topics', async () => {
    const { TopicArn } = await aws.sns.send(new CreateTopicCommand({ Name: 'avisos' }));
    const { Attributes } = await aws.sns.send(new GetTopicAttributesCommand({ TopicArn }));
    assert.deepEqual(
      [Attributes?.TopicArn, Attributes?.SubscriptionsConfirmed, Attributes?.SubscriptionsPending],
      [TopicArn, '1', '0'],
    );
  });
});
