import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { requiredPermissions, statementsFor } from '../../../src/domain/doctor';
import { parsePipelineText } from '../../../src/platform/configuration';

const root = join(__dirname, '..', '..', '..');
const policy = JSON.parse(readFileSync(join(root, 'docs', 'iam-policy.json'), 'utf8')) as {
  Statement: { Sid: string; Effect: string; Action: string | string[]; Resource: string | string[] }[];
};
const allowing = policy.Statement.filter(({ Effect }) => Effect === 'Allow');

interface Changes {
  store?: string;
  golden?: string;
  engine?: string;
  embedder?: string;
  naming?: string;
}

function pipeline(changes: Changes = {}) {
  const bucket = 's3://mi-bucket-de-datos-aqui';
  return parsePipelineText(
    [
      'name: cafe',
      'target: { kind: lex, bot: CafeBot, alias: live, localeId: es_ES }',
      `logs: { uri: ${bucket}/logs/ }`,
      `store: { uri: ${changes.store ?? `${bucket}/pipelines/`} }`,
      `dataset: { goldenSetUri: ${changes.golden ?? `${bucket}/golden/golden.csv`} }`,
      'notify: { topicArn: "arn:aws:sns:eu-west-1:000000000000:ciclo-cafe" }',
      'discover:',
      `  engine: ${changes.engine ?? 'batch'}`,
      `  embedder: "${changes.embedder ?? 'lexical'}"`,
      ...(changes.naming
        ? [
            `  naming: { engine: bedrock, modelId: "${changes.naming}", usdPerMillionInputTokens: 1, usdPerMillionOutputTokens: 1 }`,
          ]
        : []),
      'engines: { batch: { jobQueue: ciclo, jobDefinition: "ciclo-jobs:3" } }',
    ].join('\n'),
    'cafe.yaml',
  );
}

const placeholders = {
  partition: 'aws',
  region: 'mi-region-aws-aqui',
  account: '<ACCOUNT_ID>',
  botId: 'mi-bot-id-aqui',
  kmsKeyArns: ['arn:aws:kms:mi-region-aws-aqui:<ACCOUNT_ID>:key/mi-clave-kms-aqui'],
};

const asLists = <T extends { Action: string | string[]; Resource: string | string[] }>(statement: T) => ({
  ...statement,
  Action: [statement.Action].flat(),
  Resource: [statement.Resource].flat(),
});

describe('the permissions that the worker needs', () => {
  it('are those of docs/iam-policy.json, with the names of the pipeline', () => {
    const topicArn = 'arn:aws:sns:mi-region-aws-aqui:<ACCOUNT_ID>:ciclo-*';
    const models = { embedder: 'bedrock:amazon.titan-embed-text-v2:0', naming: 'amazon.nova-lite-v1:0' };
    const needed = requiredPermissions({ ...pipeline(models), notify: { topicArn } }, placeholders);
    assert.deepEqual(statementsFor(needed).map(asLists), allowing.map(asLists));
  });

  it('leave out what the pipeline does not use', () => {
    const needed = requiredPermissions(pipeline({ engine: 'worker' }), { ...placeholders, kmsKeyArns: [] });
    const sids = new Set(needed.map(({ sid }) => sid));
    assert.ok(
      !['RunJobsOnBatch', 'WhatBatchDoesNotNarrow', 'AskModelsOnBedrock', 'EncryptWhatTemporalKeeps'].some(
        (sid) => sids.has(sid),
      ),
    );
  });

  it('name a profile with its model in every region, and an encoder in S3', () => {
    const needed = requiredPermissions(
      pipeline({ embedder: 'onnx:s3://models/e5', naming: 'eu.amazon.nova-lite-v1:0' }),
      placeholders,
    );
    const resources = (sid: string) => needed.find((one) => one.sid === sid)?.resources;
    assert.deepEqual(resources('AskModelsOnBedrock'), [
      'arn:aws:bedrock:mi-region-aws-aqui:<ACCOUNT_ID>:inference-profile/eu.amazon.nova-lite-v1:0',
      'arn:aws:bedrock:*::foundation-model/amazon.nova-lite-v1:0',
    ]);
    assert.ok(resources('ReadLogsAndGoldenSet')!.includes('arn:aws:s3:::models/e5/*'));
    const listed = needed.find(
      ({ sid, resources: [bucket] }) => /^ListTheBucket/.test(sid) && bucket === 'arn:aws:s3:::models',
    );
    assert.deepEqual(listed?.condition, { StringLike: { 's3:prefix': ['e5/*'] } });
  });

  it('name each bucket, and a single object at the top of one alone', () => {
    const needed = requiredPermissions(
      pipeline({ store: 's3://other/', golden: 's3://third/golden.csv' }),
      placeholders,
    );
    const resources = (sid: string) => needed.find((one) => one.sid === sid)?.resources;
    assert.deepEqual(resources('ReadLogsAndGoldenSet'), [
      'arn:aws:s3:::mi-bucket-de-datos-aqui/logs/*',
      'arn:aws:s3:::third/golden.csv',
    ]);
    assert.deepEqual(resources('KeepArtifacts'), ['arn:aws:s3:::other/*']);
    assert.deepEqual(resources('ListTheBucket2'), ['arn:aws:s3:::third']);
    assert.deepEqual(resources('ListTheBucket3'), ['arn:aws:s3:::other']);
  });

  it('cover every operation that the worker calls', () => {
    const actions = new Set(allowing.flatMap(({ Action }) => Action));
    const called = new Set(
      ['activities', 'platform'].flatMap((room) =>
        readdirSync(join(root, 'src', room), { recursive: true, encoding: 'utf8' })
          .filter((path) => path.endsWith('.ts'))
          .flatMap((path) => operationsIn(readFileSync(join(root, 'src', room, path), 'utf8'))),
      ),
    );
    const uncovered = [...called].filter((operation) => !actions.has(actionOf(operation)));
    assert.ok(called.size > 25, [...called].join());
    assert.deepEqual(uncovered, []);
  });
});

/** `client-lex-models-v2 StartImport` … for what a source imports from the SDK's clients and sends. */
function operationsIn(source: string): string[] {
  return [...source.matchAll(/import \{([^}]*)\} from '@aws-sdk\/(client-[\w-]+)'/g)].flatMap(
    ([, names = '', client]) =>
      names.split(',').flatMap((name) => {
        const operation = /^\s*(?:(\w+)Command|paginate(\w+))\s*$/.exec(name);
        return operation ? [`${client} ${operation[1] ?? operation[2]}`] : [];
      }),
  );
}

/** Operations whose permission has another name; see "Actions, resources, and condition keys" of each service. */
const otherNames: Record<string, string> = {
  'client-bedrock-runtime InvokeModel': 'bedrock:InvokeModel',
  'client-bedrock-runtime Converse': 'bedrock:InvokeModel',
  'client-s3 ListObjectsV2': 's3:ListBucket',
  'client-s3 HeadObject': 's3:GetObject',
};

function actionOf(operation: string): string {
  const [client = '', name = ''] = operation.split(' ');
  const prefix = client.startsWith('client-lex') ? 'lex' : client.replace('client-', '');
  return otherNames[operation] ?? `${prefix}:${name}`;
}
