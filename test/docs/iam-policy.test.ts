import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');

/** What IAM calls a service. */
const prefixes: Record<string, string> = {
  batch: 'batch',
  'bedrock-runtime': 'bedrock',
  cloudwatch: 'cloudwatch',
  kms: 'kms',
  'lex-models-v2': 'lex',
  'lex-runtime-v2': 'lex',
  s3: 's3',
  sns: 'sns',
};

/** Operations that IAM knows by another name. */
const otherNames: Record<string, string> = {
  'bedrock:Converse': 'bedrock:InvokeModel',
  's3:HeadObject': 's3:GetObject',
  's3:ListObjectsV2': 's3:ListBucket',
};

interface Statement {
  Effect: 'Allow' | 'Deny';
  Action: string | string[];
  Resource: string | string[];
}

/** Actions that the worker's code asks of AWS, by what it imports from the clients. */
function askedActions(): string[] {
  const actions = new Set<string>();
  for (const room of ['activities', 'platform']) {
    for (const file of readdirSync(join(root, 'src', room), { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.ts')) continue;
      const code = readFileSync(join(root, 'src', room, file), 'utf8');
      for (const [, names, client] of code.matchAll(
        /import \{([^}]*)\} from '@aws-sdk\/client-([a-z\d-]+)'/g,
      )) {
        for (const [, command, page] of names!.matchAll(
          /\b(?:([A-Z]\w+)Command|paginate([A-Z]\w+))(?=\s*(?:,|$))/g,
        )) {
          const action = `${prefixes[client!] ?? client}:${command ?? page}`;
          actions.add(otherNames[action] ?? action);
        }
      }
    }
  }
  return [...actions].sort();
}

describe('docs/iam-policy.json', () => {
  const { Statement: statements } = JSON.parse(readFileSync(join(root, 'docs/iam-policy.json'), 'utf8')) as {
    Statement: Statement[];
  };
  const allowed = statements.filter(({ Effect }) => Effect === 'Allow');

  it('allows every action that the worker asks of AWS', () => {
    const actions = new Set(allowed.flatMap(({ Action }) => Action));
    const asked = askedActions();
    for (const action of [
      'lex:UpdateBotAlias',
      's3:ListBucket',
      'sns:Publish',
      'kms:Decrypt',
      'batch:ListJobs',
    ])
      assert.ok(asked.includes(action), `${action} was not found in the code`);
    assert.deepEqual(
      asked.filter((action) => !actions.has(action)),
      [],
    );
  });

  it('allows the watch to read metrics, which no resource narrows, and nothing else of CloudWatch', () => {
    const ofCloudWatch = allowed.filter(({ Action }) =>
      [Action].flat().some((action) => action.startsWith('cloudwatch:')),
    );
    assert.deepEqual(
      ofCloudWatch.map(({ Action, Resource }) => ({ Action, Resource })),
      [{ Action: 'cloudwatch:GetMetricData', Resource: '*' }],
    );
    assert.deepEqual(
      askedActions().filter((action) => action.startsWith('cloudwatch:')),
      ['cloudwatch:GetMetricData'],
    );
  });
});
