import assert from 'node:assert/strict';
import { ServiceError } from '../../src/local/aws/errors';
import { everything } from '../../src/local/aws/iam/policy';
import { DoctorWorld, findingsOf, told } from './doctor-world';

const denied = (message = 'made by the test') =>
  ({ kind: 'error', error: new ServiceError('AccessDeniedException', 403, message) }) as const;

describe('the doctor on the stand-ins', function () {
  this.timeout(120_000);
  let world: DoctorWorld;
  before(async () => (world = await DoctorWorld.start()));
  after(() => world?.stop());
  afterEach(() => {
    world.faults.clear();
    world.policies.splice(0, Infinity, everything);
  });

  it('finds nothing broken in the café', async () => {
    const reports = await world.examine();
    const remote = reports.filter(({ id }) => id !== 'temporal' && id !== 'build');
    const bad = remote.flatMap(({ id, findings }) =>
      findings.filter(({ level }) => level === 'broken').map(({ what }) => `${id}: ${what}`),
    );
    assert.deepEqual(bad, []);
    assert.match(
      told(findingsOf(reports, 'identity'))[0]!,
      /^fine: You are arn:aws:sts::000000000000:assumed-role\/ciclo-local/,
    );
    assert.match(
      told(findingsOf(reports, 'bot'))[0]!,
      /^fine: Bot CafeBot \([A-Z0-9]{10}\), locale es_ES: alias live points to version 1/,
    );
    assert.match(told(findingsOf(reports, 'draft'))[0]!, /^fine: DRAFT can be exported: \d+ intents/);
    assert.match(told(findingsOf(reports, 'topic'))[0]!, /^fine: .*a confirmed subscription/);
    assert.deepEqual(told(findingsOf(reports, 'batch')), [
      'fine: The job queue ciclo takes jobs.',
      'fine: The job definition ciclo-jobs is active: revision 1, image ciclo-jobs.',
    ]);
    assert.match(told(findingsOf(reports, 'alias'))[0]!, /^fine: The alias live logs text to arn:/);
    assert.match(told(findingsOf(reports, 'logs'))[0]!, /131 log objects .* Of 3: \d+ records accepted/);
    assert.match(told(findingsOf(reports, 'golden-set'))[0]!, /^fine: .*900 utterances/);
  });

  it('tries every permission of the worker, and says which way', async () => {
    const findings = findingsOf(await world.examine(), 'permissions');
    const counts = told(findings).filter((line) => line.includes('permissions ('));
    assert.deepEqual(counts, [
      'fine: Read logs and golden set: 1 of 1 permissions (1 tried).',
      'fine: Keep artifacts: 4 of 4 permissions (4 tried).',
      'fine: List the bucket: 1 of 1 permissions (1 tried).',
      "fine: Retrain the bot: 29 of 29 permissions (10 tried, 19 by IAM's simulation).",
      "fine: Switch and ask aliases: 4 of 4 permissions (1 tried, 3 by IAM's simulation).",
      "fine: What lex does not narrow: 4 of 4 permissions (3 tried, 1 by IAM's simulation).",
      'fine: Watch the live alias: 1 of 1 permissions (1 tried).',
      "fine: Tell people: 1 of 1 permissions (1 by IAM's simulation).",
      "fine: Run jobs on batch: 2 of 2 permissions (2 by IAM's simulation).",
      'fine: What batch does not narrow: 2 of 2 permissions (2 tried).',
    ]);
    assert.ok(
      told(findings).includes(
        `fine: The store s3://ciclo/pipelines/cafe/ was written, read and cleaned; conditional writes hold.`,
      ),
    );
    const left: string[] = [];
    for await (const { uri } of world.store.list('s3://ciclo/pipelines/cafe/doctor/')) left.push(uri);
    assert.deepEqual(left, []);
  });

  it('names action, resource and statement of what was tried and refused', async () => {
    world.faults.inject('ListBotVersions', denied());
    world.faults.inject('GetMetricData', denied());
    const findings = findingsOf(await world.examine(), 'permissions').filter(
      ({ level }) => level === 'broken',
    );
    assert.equal(findings.length, 2);
    assert.match(
      findings[0]!.what,
      /ciclo-local\/session may not lex:ListBotVersions on arn:aws:lex:eu-west-1:000000000000:bot\/[A-Z0-9]{10}\.$/,
    );
    const botArn = /arn:aws:lex:\S+[A-Z0-9]/.exec(findings[0]!.what)![0];
    assert.deepEqual(findings[0]!.statements, [
      { Sid: 'RetrainTheBot', Effect: 'Allow', Action: 'lex:ListBotVersions', Resource: botArn },
    ]);
    assert.deepEqual(findings[1]!.statements, [
      { Sid: 'WatchTheLiveAlias', Effect: 'Allow', Action: 'cloudwatch:GetMetricData', Resource: '*' },
    ]);
  });

  it('asks IAM about what cannot be tried', async () => {
    world.policies.push({
      Statement: [{ Effect: 'Deny', Action: ['lex:StartImport', 'sns:Publish'], Resource: '*' }],
    });
    const findings = findingsOf(await world.examine(), 'permissions').filter(
      ({ level }) => level === 'broken',
    );
    assert.equal(findings.length, 2);
    assert.match(findings[0]!.what, /may not lex:StartImport on arn:/);
    assert.match(findings[0]!.next!, /A policy denies it/);
    assert.match(
      findings[1]!.what,
      /may not sns:Publish on arn:aws:sns:eu-west-1:000000000000:ciclo-cafe\.$/,
    );
  });

  it('says what it could not find out when IAM may not be asked', async () => {
    world.faults.inject('SimulatePrincipalPolicy', {
      kind: 'error',
      error: new ServiceError('AccessDenied', 403, 'made by the test'),
    });
    const findings = findingsOf(await world.examine(), 'permissions');
    const unknown = findings.filter(({ level }) => level === 'not-checked');
    assert.equal(unknown.length, 1);
    assert.match(unknown[0]!.what, /lex:StartImport.*sns:Publish.*batch:SubmitJob/);
    assert.match(unknown[0]!.what, /iam:SimulatePrincipalPolicy is refused to arn:aws:sts::000000000000/);
    assert.ok(told(findings).includes('fine: Retrain the bot: 10 of 29 permissions (10 tried).'));
    assert.ok(!told(findings).some((line) => line.includes('Tell people')));
  });

  it('names what S3 refuses', async () => {
    world.faults.inject('PutObject', {
      kind: 'error',
      error: new ServiceError('AccessDenied', 403, 'made by the test'),
    });
    const [finding] = findingsOf(await world.examine(), 'permissions').filter(
      ({ level }) => level === 'broken',
    );
    assert.match(finding!.what, /may not s3:PutObject on arn:aws:s3:::ciclo\/pipelines\/cafe\/\*\.$/);
    assert.equal(finding!.why, 'Every stage keeps its results there.');
  });

  it('names what a pipeline points to and is not there', async () => {
    const { target, dataset, logs, engines } = world.configuration;
    const reports = await world.examine({
      target: { ...target, alias: 'vivo' },
      dataset: { ...dataset, goldenSetUri: 's3://ciclo/cafe-golden/nothing.csv' },
      logs: { ...logs, uri: 's3://ciclo/elsewhere/' },
      notify: { topicArn: 'arn:aws:sns:eu-west-1:000000000000:nobody' },
      engines: { batch: { ...engines.batch!, jobQueue: 'slow' } },
    });
    assert.match(
      told(findingsOf(reports, 'bot'))[0]!,
      /^broken: There is no alias vivo in bot CafeBot; there is .*live/,
    );
    assert.deepEqual(findingsOf(reports, 'alias'), []);
    assert.match(
      told(findingsOf(reports, 'golden-set'))[0]!,
      /^broken: There is no s3:\/\/ciclo\/cafe-golden\/nothing\.csv/,
    );
    assert.deepEqual(told(findingsOf(reports, 'logs')), [
      'warning: There are no logs below s3://ciclo/elsewhere/.',
    ]);
    assert.match(
      told(findingsOf(reports, 'topic'))[0]!,
      /^broken: GetTopicAttributes .*nobody.* failed: NotFound/,
    );
    assert.match(told(findingsOf(reports, 'batch'))[0]!, /^broken: There is no job queue slow/);
  });

  it('asks the models on Bedrock, and says who has to give access', async () => {
    const naming = {
      engine: 'bedrock',
      modelId: 'amazon.nova-lite-v1:0',
      usdPerMillionInputTokens: 0.06,
      usdPerMillionOutputTokens: 0.24,
      budgetUsd: 1,
    } as const;
    const { discover } = world.configuration;
    const embedder = 'bedrock:amazon.titan-embed-text-v2:0';
    const reports = await world.examine({ discover: { ...discover, embedder, naming } });
    assert.deepEqual(told(findingsOf(reports, 'embedder')), [
      'fine: The model amazon.titan-embed-text-v2:0 on Bedrock answers, with 512 numbers a point.',
    ]);
    assert.deepEqual(told(findingsOf(reports, 'naming')), [
      'fine: The model amazon.nova-lite-v1:0 on Bedrock answers questions.',
    ]);
    assert.ok(
      told(findingsOf(reports, 'permissions')).includes(
        "fine: Ask models on bedrock: 1 of 1 permissions (1 by IAM's simulation).",
      ),
    );
    const words = "You don't have access to the model with the specified model ID.";
    world.faults.inject('InvokeModel', denied(words));
    const refused = await world.examine({ discover: { ...discover, embedder } });
    assert.match(told(findingsOf(refused, 'embedder')).join(), /^broken: InvokeModel .* Model access/);
    assert.deepEqual(findingsOf(refused, 'naming'), []);
  });

  it('looks for the sentence encoder, in a folder and in S3', async () => {
    const { discover } = world.configuration;
    const onBatch = await world.examine({ discover: { ...discover, embedder: 'onnx:models/e5' } });
    assert.match(told(findingsOf(onBatch, 'embedder')).join(), /^not-checked: .* run on AWS Batch/);
    const finding = async (embedder: string) =>
      told(
        findingsOf(
          await world.examine({ discover: { ...discover, engine: 'worker', embedder } }),
          'embedder',
        ),
      ).join();
    assert.match(
      await finding('onnx:there/is/none'),
      /^broken: The model .*there\/is\/none has no model\.onnx/,
    );
    assert.match(await finding('onnx:s3://ciclo/models/e5/'), /^broken: .* has no tokenizer\.json/);
    await world.store.write('s3://ciclo/models/e5/tokenizer.json', '{}');
    assert.equal(
      await finding('onnx:s3://ciclo/models/e5/'),
      'fine: The sentence encoder can be fetched from s3://ciclo/models/e5/.',
    );
  });

  it('counts what can be read of the newest logs, and shows no text', async () => {
    const uri = 's3://ciclo/broken-logs/';
    await world.store.write(`${uri}a.jsonl`, 'secreto uno\nsecreto dos\n{"userInput":"secreto tres"');
    const reports = await world.examine({ logs: { uri } });
    const [finding] = findingsOf(reports, 'logs');
    assert.equal(finding!.level, 'broken');
    assert.match(finding!.what, /1 log objects .*0 records accepted, \d+ quarantined \(\d+ /);
    assert.doesNotMatch(JSON.stringify(finding), /secreto/);
  });

  it('says that credentials have expired, and asks nothing more', async () => {
    world.faults.inject('GetCallerIdentity', {
      kind: 'error',
      error: new ServiceError('ExpiredToken', 403, 'The security token included in the request is expired'),
    });
    const reports = await world.examine();
    const [finding] = findingsOf(reports, 'identity');
    assert.equal(finding!.what, 'The AWS credentials have expired.');
    assert.deepEqual(finding!.commands, ['aws sso login']);
    assert.deepEqual(findingsOf(reports, 'bot'), []);
    assert.match(told(findingsOf(reports, 'account-not-asked'))[0]!, /^not-checked: bot, logs, golden set/);
  });

  it('ends soon when nothing answers', async () => {
    const slow = { kind: 'slow', delayMs: 600_000 } as const;
    for (const operation of ['ListBots', 'ListObjectsV2', 'GetTopicAttributes'])
      world.faults.inject(operation, slow);
    const startedMs = performance.now();
    const reports = await world.examine({}, { limitMs: undefined });
    const tookMs = performance.now() - startedMs;
    assert.ok(tookMs < 100_000, `${tookMs} ms`);
    assert.deepEqual(told(findingsOf(reports, 'logs')), [
      'not-checked: The logs: no answer within 12 seconds.',
    ]);
    assert.deepEqual(told(findingsOf(reports, 'bot')), [
      'not-checked: The bot: no answer within 12 seconds.',
    ]);
  });
});
