import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvalidConfigurationError, NotFoundError } from '../../../src/domain/errors';
import { findPipelineFile, pipelineNames } from '../../../src/platform/configuration/find-pipeline';
import { parsePipelineFile, parsePipelineText } from '../../../src/platform/configuration/pipeline-file';

const minimal = `name: cafe
target: { kind: lex, bot: CafeBot, alias: live, localeId: es_ES }
logs: { uri: s3://ciclo/logs/ }
store: { uri: s3://ciclo/store/ }
dataset: { goldenSetUri: s3://ciclo/golden.csv }
notify: { topicArn: 'arn:aws:sns:eu-west-1:000000000000:ciclo' }
`;

function problemsOf(text: string): string[] {
  try {
    parsePipelineText(text, 'x.yaml');
  } catch (error) {
    assert.ok(error instanceof InvalidConfigurationError);
    assert.equal(error.permanent, true);
    return error.facts.problems as string[];
  }
  return [];
}

describe('pipeline file', () => {
  it('fills in the defaults', () => {
    assert.deepEqual(parsePipelineText(minimal, 'x.yaml'), {
      name: 'cafe',
      description: '',
      language: 'en',
      target: { kind: 'lex', bot: 'CafeBot', alias: 'live', localeId: 'es_ES', consoleEdits: 'refuse' },
      logs: { uri: 's3://ciclo/logs/' },
      store: { uri: 's3://ciclo/store/' },
      schedule: {
        everyDays: 15,
        at: '12:00',
        timeZone: 'UTC',
        catchupWindowHours: 24,
        pauseOnFailure: false,
      },
      ingest: { minimumNewInteractions: 100 },
      prepare: { engine: 'worker', lowConfidence: 0.6 },
      discover: { engine: 'worker', embedder: 'lexical', minimumSize: 8, seed: 1 },
      review: {
        remindEveryHours: 72,
        deadlineHours: 504,
        onDeadline: 'proceed-without-new-categories',
        approvals: 1,
        reviewers: [],
        approvers: [],
      },
      dataset: { goldenSetUri: 's3://ciclo/golden.csv', validationShare: 0.2, goldenShare: 0.2, seed: 1 },
      evaluate: { concurrency: 10, resamples: 2000, seed: 1 },
      gate: {
        policy: 'significant',
        macroF1Tolerance: 0.005,
        existingIntentsTolerance: 0.03,
        protectedIntentTolerance: 0.1,
        protectedIntents: [],
        outOfScopeTolerance: 0.05,
        confusionCellGrowth: { count: 3, share: 0.02 },
        latencyRatio: 1.5,
        calibrationTolerance: 0.05,
      },
      promote: { smokeTestUtterances: 10 },
      watch: {
        hours: 24,
        everyMinutes: 15,
        baselineDays: 14,
        significance: 0.05,
        missedTolerance: 0.03,
        errorTolerance: 0.01,
        minimumRequests: 100,
      },
      notify: { topicArn: 'arn:aws:sns:eu-west-1:000000000000:ciclo' },
      engines: { batch: null },
    });
  });

  it('reads the example that people copy', async () => {
    const cafe = await parsePipelineFile('pipelines/cafe.yaml');
    assert.equal(cafe.schedule.timeZone, 'Europe/Madrid');
    assert.equal(cafe.discover.engine, 'batch');
    assert.deepEqual(cafe.engines.batch, { jobQueue: 'ciclo', jobDefinition: 'ciclo-jobs' });
  });

  it('understands durations in hours and days', () => {
    const { schedule, review } = parsePipelineText(
      `${minimal}schedule: { every: 7d, catchupWindow: 6h }\nreview: { remindEvery: 36h, deadline: 10d }\n`,
      'x.yaml',
    );
    assert.deepEqual([schedule.everyDays, schedule.catchupWindowHours], [7, 6]);
    assert.deepEqual([review.remindEveryHours, review.deadlineHours], [36, 240]);
  });

  it('takes who may decide and who must approve', () => {
    const { review } = parsePipelineText(
      `${minimal}review: { approvals: 2, reviewers: [ana], approvers: [" luis ", marta] }\n`,
      'x.yaml',
    );
    assert.deepEqual([review.approvals, review.reviewers, review.approvers], [2, ['ana'], ['luis', 'marta']]);
    assert.match(
      problemsOf(`${minimal}review: { approvals: 2, approvers: [luis, Luis] }\n`).join(),
      /^x\.yaml:7:36: review\.approvers must name at least 2 people/,
    );
    assert.match(
      problemsOf(`${minimal}review: { approvals: 0 }\n`).join(),
      /review\.approvals must be at least 1/,
    );
  });

  it('accepts the simple gate without the thresholds of the other', () => {
    const { gate } = parsePipelineText(`${minimal}gate: { policy: accuracy-above }\n`, 'x.yaml');
    assert.deepEqual(gate, { policy: 'accuracy-above' });
    assert.match(
      problemsOf(`${minimal}gate: { policy: accuracy-above, latencyRatio: 2 }\n`).join(),
      /unknown key "gate.latencyRatio" Allowed here: policy\./,
    );
  });

  it('lists every problem with line, column, what is allowed and what was probably meant', () => {
    const problems = problemsOf(
      minimal
        .replace('name: cafe', 'name: Café\nlangauge: es')
        .replace('localeId: es_ES', 'localId: es_ES')
        .replace('s3://ciclo/logs/', 'https://ciclo/logs/') +
        'schedule:\n  every: 15\n  timeZone: Europe/Madird\nprepare: { engine: glue, lowConfidence: 60 }\n',
    );
    assert.equal(problems.length, 9);
    const [name, key, localeId, localId, logs, every, zone, engine, confidence] = problems;
    assert.match(name!, /^x\.yaml:1:7: name must be lower-case letters, .* \(found "Café"\)$/);
    assert.match(
      key!,
      /^x\.yaml:2:1: unknown key "langauge"; did you mean "language"\? Allowed here: name, /,
    );
    assert.match(localeId!, /^x\.yaml:3:9: target\.localeId is missing/);
    assert.match(localId!, /^x\.yaml:3:49: unknown key "target\.localId"; did you mean "localeId"\?/);
    assert.match(logs!, /^x\.yaml:4:14: logs\.uri must be an S3 prefix that ends in a slash/);
    assert.match(every!, /^x\.yaml:9:10: schedule\.every must be a number of days such as 15d \(found 15\)$/);
    assert.match(zone!, /^x\.yaml:10:13: schedule\.timeZone must be an IANA time zone/);
    assert.match(engine!, /^x\.yaml:11:20: prepare\.engine must be worker or batch \(found "glue"\)$/);
    assert.match(confidence!, /^x\.yaml:11:41: prepare\.lowConfidence must be at most 1 \(found 60\)$/);
  });

  it('names a policy that does not exist', () => {
    assert.deepEqual(problemsOf(`${minimal}gate: { policy: best }\n`), [
      'x.yaml:7:17: gate.policy needs a policy: significant or accuracy-above (found "best")',
    ]);
  });

  it('says what is right by itself and wrong together', () => {
    assert.match(
      problemsOf(`${minimal}discover: { engine: batch }\n`).join(),
      /^x\.yaml:7:21: .*engines\.batch/,
    );
    assert.match(
      problemsOf(minimal.replace('s3://ciclo/store/', 's3://ciclo/logs/store/')).join(),
      /^x\.yaml:4:15: store\.uri must not lie below logs\.uri/,
    );
    assert.match(
      problemsOf(minimal.replace('s3://ciclo/logs/', 's3://ciclo/store/logs/')).join(),
      /^x\.yaml:3:14: logs\.uri must not lie below store\.uri/,
    );
  });

  it('places what is not YAML at all', () => {
    assert.match(
      problemsOf('name: a\nname: b\n').join(),
      /^x\.yaml:2:1: this is not valid YAML: Map keys must be unique/,
    );
    assert.match(problemsOf('name: a: b\n').join(), /^x\.yaml:1:7: /);
    assert.match(problemsOf('').join(), /^x\.yaml:1:1: the file must be a section/);
  });
});

describe('finding a pipeline file', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ciclo-pipelines-'));
    await mkdir(join(folder, 'pipelines'));
    await writeFile(join(folder, 'pipelines', 'cafe.yaml'), minimal);
    await writeFile(join(folder, 'pipelines', 'tweets.yaml'), minimal);
    await writeFile(join(folder, 'other.yaml'), minimal);
  });
  after(() => rm(folder, { recursive: true }));

  it('takes a name or a path', async () => {
    assert.equal(await findPipelineFile('cafe', folder), join(folder, 'pipelines', 'cafe.yaml'));
    assert.equal(await findPipelineFile('other.yaml', folder), join(folder, 'other.yaml'));
    assert.deepEqual(await pipelineNames(folder), ['cafe', 'tweets']);
  });

  it('lists those that exist when there is none of that name', async () => {
    await assert.rejects(findPipelineFile('tweet', folder), (error: Error) => {
      assert.ok(error instanceof NotFoundError);
      assert.match(error.message, /Did you mean tweets\? There are: cafe, tweets\.$/);
      return true;
    });
    await assert.rejects(findPipelineFile('cafe', join(folder, 'none')), /start from a copy of cafe\.yaml/);
    await assert.rejects(parsePipelineFile(join(folder, 'none.yaml')), NotFoundError);
  });
});
