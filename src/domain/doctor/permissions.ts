import { embedderSettings } from '../embedding';
import type { PipelineConfiguration } from '../pipeline';
import { modelArns } from './model-arns';

/** A statement of an IAM policy. */
export interface PolicyStatement {
  Sid: string;
  Effect: 'Allow';
  Action: string | string[];
  Resource: string | string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}

/** What the names of a pipeline's resources are made of. */
export interface ResourceNames {
  /** `aws`, `aws-cn` … */
  partition: string;
  region: string;
  account: string;
  botId: string;
  /** ARNs of the KMS keys that encrypt what Temporal keeps. */
  kmsKeyArns: string[];
}

/** A permission that the worker needs. */
export interface RequiredPermission {
  action: string;
  /** ARNs as a policy names them, with wildcards. */
  resources: string[];
  /** The statement that it belongs to. */
  sid: string;
  condition?: PolicyStatement['Condition'];
}

/** What changes the bot, and what reads it. */
const botActions = [
  'lex:BuildBotLocale',
  'lex:CreateBotAlias',
  'lex:CreateBotVersion',
  'lex:CreateExport',
  'lex:DescribeBot',
  'lex:DescribeBotLocale',
  'lex:DescribeBotVersion',
  'lex:ListBotAliases',
  'lex:ListBotLocales',
  'lex:ListBotVersions',
  'lex:ListIntents',
  'lex:StartImport',
  'lex:UpdateBotLocale',
  'lex:CreateBotLocale',
  'lex:CreateIntent',
  'lex:UpdateIntent',
  'lex:DeleteIntent',
  'lex:CreateSlot',
  'lex:UpdateSlot',
  'lex:DeleteSlot',
  'lex:CreateSlotType',
  'lex:UpdateSlotType',
  'lex:DeleteSlotType',
  'lex:DescribeIntent',
  'lex:DescribeSlot',
  'lex:DescribeSlotType',
  'lex:ListSlots',
  'lex:ListSlotTypes',
  'lex:DescribeCustomVocabularyMetadata',
];
const aliasActions = ['lex:DescribeBotAlias', 'lex:UpdateBotAlias', 'lex:RecognizeText', 'lex:DeleteSession'];
const unnarrowedLexActions = [
  'lex:CreateUploadUrl',
  'lex:DescribeExport',
  'lex:DescribeImport',
  'lex:ListBots',
];

/**
 * Every permission that the worker needs for a pipeline: docs/iam-policy.json with the names of its resources. What the
 * pipeline does not use (Batch, Bedrock, KMS) is left out.
 */
export function requiredPermissions(
  configuration: PipelineConfiguration,
  names: ResourceNames,
): RequiredPermission[] {
  const { logs, store, dataset, notify, engines } = configuration;
  const { partition, region, account, botId, kmsKeyArns } = names;
  const objects = (pattern: string) => `arn:${partition}:s3:::${pattern}`;
  const arn = (service: string, resource: string) =>
    `arn:${partition}:${service}:${region}:${account}:${resource}`;
  const all = (
    sid: string,
    actions: string[],
    resources: string[],
    condition?: PolicyStatement['Condition'],
  ): RequiredPermission[] => actions.map((action) => ({ action, resources, sid, condition }));

  const embedder = embedderSettings(configuration.discover.embedder);
  const encoder = embedder?.engine === 'onnx' && embedder.model.startsWith('s3://') ? [embedder.model] : [];
  const modelIds = [
    ...(embedder?.engine === 'bedrock' ? [embedder.modelId] : []),
    ...(configuration.discover.naming ? [configuration.discover.naming.modelId] : []),
  ];
  const read = [logs.uri, dataset.goldenSetUri, ...encoder.map(withSlash)].map(objectPattern);
  const kept = objectPattern(store.uri);
  const usesBatch = [configuration.prepare.engine, configuration.discover.engine].includes('batch');
  return [
    ...all('ReadLogsAndGoldenSet', ['s3:GetObject'], read.map(objects)),
    ...all(
      'KeepArtifacts',
      ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'],
      [objects(kept)],
    ),
    ...listings([...read, kept]).flatMap(({ sid, bucket, prefixes }) =>
      all(sid, ['s3:ListBucket'], [objects(bucket)], { StringLike: { 's3:prefix': prefixes } }),
    ),
    ...all('RetrainTheBot', botActions, [arn('lex', `bot/${botId}`)]),
    ...all('SwitchAndAskAliases', aliasActions, [arn('lex', `bot-alias/${botId}/*`)]),
    ...all('WhatLexDoesNotNarrow', unnarrowedLexActions, ['*']),
    ...all('WatchTheLiveAlias', ['cloudwatch:GetMetricData'], ['*']),
    ...all('TellPeople', ['sns:Publish'], [notify.topicArn]),
    ...(usesBatch && engines.batch
      ? [
          ...all(
            'RunJobsOnBatch',
            ['batch:SubmitJob'],
            [
              arnOr(engines.batch.jobQueue, (name) => arn('batch', `job-queue/${name}`)),
              arnOr(engines.batch.jobDefinition, (name) =>
                arn('batch', `job-definition/${name.replace(/:\d+$/, '')}*`),
              ),
            ],
          ),
          ...all('RunJobsOnBatch', ['batch:TerminateJob'], [arn('batch', 'job/*')]),
          ...all('WhatBatchDoesNotNarrow', ['batch:DescribeJobs', 'batch:ListJobs'], ['*']),
        ]
      : []),
    ...(modelIds.length > 0
      ? all(
          'AskModelsOnBedrock',
          ['bedrock:InvokeModel'],
          modelIds.flatMap((modelId) => modelArns(modelId, names)),
        )
      : []),
    ...(kmsKeyArns.length > 0
      ? all('EncryptWhatTemporalKeeps', ['kms:GenerateDataKey', 'kms:Decrypt'], kmsKeyArns, {
          StringEquals: { 'kms:EncryptionContext:application': 'ciclo' },
        })
      : []),
  ];
}

/** The statements that allow these permissions. */
export function statementsFor(permissions: readonly RequiredPermission[]): PolicyStatement[] {
  const bySid = new Map<string, RequiredPermission[]>();
  for (const permission of permissions) {
    const together = bySid.get(permission.sid);
    if (together) together.push(permission);
    else bySid.set(permission.sid, [permission]);
  }
  return [...bySid].map(([sid, together]) => {
    const condition = together[0]!.condition;
    return {
      Sid: sid,
      Effect: 'Allow',
      Action: oneOrMore(together.map(({ action }) => action)),
      Resource: oneOrMore(together.flatMap(({ resources }) => resources)),
      ...(condition && { Condition: condition }),
    };
  });
}

function oneOrMore(values: string[]): string | string[] {
  const distinct = [...new Set(values)];
  return distinct.length === 1 ? distinct[0]! : distinct;
}

/** `s3://bucket/logs/` → `bucket/logs/*`, `s3://bucket/golden/golden.csv` → `bucket/golden/*`. */
function objectPattern(uri: string): string {
  const path = uri.replace(/^s3:\/\//, '');
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  // A single object at the top of a bucket is named alone: its folder would be the whole bucket.
  return folder.indexOf('/') === folder.length - 1 && !path.endsWith('/') ? path : `${folder}*`;
}

/** The prefixes of each bucket. */
function listings(patterns: string[]): { sid: string; bucket: string; prefixes: string[] }[] {
  const prefixesOf = new Map<string, string[]>();
  for (const pattern of patterns) {
    const slash = pattern.indexOf('/');
    const bucket = pattern.slice(0, slash);
    prefixesOf.set(bucket, [...(prefixesOf.get(bucket) ?? []), pattern.slice(slash + 1)]);
  }
  return [...prefixesOf].map(([bucket, prefixes], index) => ({
    sid: index === 0 ? 'ListTheBucket' : `ListTheBucket${index + 1}`,
    bucket,
    prefixes,
  }));
}

function withSlash(prefix: string): string {
  return prefix.endsWith('/') ? prefix : `${prefix}/`;
}

function arnOr(nameOrArn: string, arnOf: (name: string) => string): string {
  return nameOrArn.startsWith('arn:') ? nameOrArn : arnOf(nameOrArn);
}
