import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CloudWatchClient,
  GetMetricDataCommand,
  type GetMetricDataCommandInput,
  ListMetricsCommand,
} from '@aws-sdk/client-cloudwatch';
import { RecognizeTextCommand } from '@aws-sdk/client-lex-runtime-v2';
import { LexMetrics } from '../../../../src/local/aws/cloudwatch/lex-metrics';
import { localeId, makeAlias, makeBot, makeVersion } from '../lex/bots';
import { failureOf, startStandIn, type StandIn } from '../stand-in';

const minuteMs = 60_000;
const noon = Date.parse('2026-11-20T12:00:00Z');

describe('local CloudWatch: the metrics of the Lex runtime', function () {
  this.timeout(30_000);
  let aws: StandIn;
  let cloudWatch: CloudWatchClient;
  let botId: string;
  let botAliasId: string;
  let sessions = 0;
  let now = noon;

  const connect = () =>
    new CloudWatchClient({
      endpoint: aws.endpoint,
      region: 'eu-west-1',
      maxAttempts: 1,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });

  before(async () => {
    aws = await startStandIn({ metricsNow: () => now });
    cloudWatch = connect();
    botId = await makeBot(aws, 'Cafe');
    botAliasId = await makeAlias(aws, botId, 'live', await makeVersion(aws, botId));
  });
  after(async () => {
    cloudWatch.destroy();
    await aws.close();
  });

  const say = (text: string, alias = botAliasId) =>
    aws.runtime.send(
      new RecognizeTextCommand({
        botId,
        botAliasId: alias,
        localeId,
        sessionId: `person-${++sessions}`,
        text,
      }),
    );
  const query = (MetricName: string, Period = 60, dimensions: Record<string, string> = {}) => ({
    Id: MetricName.toLowerCase(),
    MetricStat: {
      Metric: {
        Namespace: 'AWS/Lex',
        MetricName,
        Dimensions: Object.entries({
          Operation: 'RecognizeText',
          BotId: botId,
          BotAliasId: botAliasId,
          LocaleId: localeId,
          ...dimensions,
        }).map(([Name, Value]) => ({ Name, Value })),
      },
      Period,
      Stat: 'Sum',
    },
  });
  const ask = (
    queries: GetMetricDataCommandInput['MetricDataQueries'],
    more: Partial<GetMetricDataCommandInput> = {},
  ) =>
    cloudWatch.send(
      new GetMetricDataCommand({
        StartTime: new Date(noon),
        EndTime: new Date(noon + 60 * minuteMs),
        MetricDataQueries: queries,
        ...more,
      }),
    );

  it('sums requests, missed utterances and errors by period, newest first', async () => {
    await say('¿A qué hora abrís?');
    await say('necesito un fontanero urgentemente');
    now = noon + 4 * minuteMs + 59_999;
    await say('necesito un fontanero urgentemente');
    now = noon + 5 * minuteMs;
    await say('¿A qué hora abrís?');
    await failureOf(say('x'.repeat(1_025)));
    const { MetricDataResults: results } = await ask([
      query('RuntimeRequestCount', 300),
      query('MissedUtteranceCount', 60),
      query('RuntimeUserErrors', 300),
      query('RuntimeSystemErrors', 300),
    ]);
    assert.deepEqual(
      results!.map(({ Values, StatusCode }) => [Values, StatusCode]),
      [
        [[2, 3], 'Complete'],
        [[1, 1], 'Complete'],
        [[1], 'Complete'],
        [[], 'Complete'],
      ],
    );
    assert.deepEqual(results![0]!.Timestamps, [new Date(noon + 5 * minuteMs), new Date(noon)]);
    assert.deepEqual(results![1]!.Timestamps, [new Date(noon + 4 * minuteMs), new Date(noon)]);
  });

  it('leaves out what lies before the start or from the end on', async () => {
    const { MetricDataResults: results } = await ask([query('RuntimeRequestCount')], {
      StartTime: new Date(noon + minuteMs),
      EndTime: new Date(noon + 5 * minuteMs),
    });
    assert.deepEqual(results![0]!.Values, [1]);
  });

  it('finds nothing unless all dimensions are named, and keeps aliases apart', async () => {
    const partial = query('RuntimeRequestCount');
    partial.MetricStat.Metric.Dimensions.pop();
    const other = { ...query('RuntimeRequestCount', 60, { BotAliasId: 'OTHERALIAS' }), Id: 'other' };
    const { MetricDataResults: results } = await ask([partial, other]);
    assert.deepEqual(
      results!.map(({ Values }) => Values),
      [[], []],
    );
  });

  it('gives pages', async () => {
    const values: number[] = [];
    let pages = 0;
    let NextToken: string | undefined;
    do {
      const page = await ask([query('RuntimeRequestCount'), query('MissedUtteranceCount')], {
        MaxDatapoints: 2,
        NextToken,
      });
      values.push(...page.MetricDataResults!.flatMap(({ Values }) => Values!));
      NextToken = page.NextToken;
      pages++;
    } while (NextToken);
    assert.deepEqual([values, pages], [[2, 1, 2, 1, 1], 3]);
  });

  it('refuses what the service refuses, and says loudly what it cannot do', async () => {
    const bad = async (input: Partial<GetMetricDataCommandInput>) => (await failureOf(ask([], input))).name;
    assert.equal(await bad({ EndTime: new Date(noon) }), 'InvalidParameterValueException');
    assert.equal(
      await bad({ MetricDataQueries: [query('RuntimeRequestCount', 90)] }),
      'InvalidParameterValueException',
    );
    const twice = [query('RuntimeRequestCount'), query('RuntimeRequestCount')];
    assert.equal(await bad({ MetricDataQueries: twice }), 'InvalidParameterValueException');
    const error = await failureOf(cloudWatch.send(new ListMetricsCommand({})));
    assert.match(error.message, /does not implement GraniteServiceVersion20100801\.ListMetrics/);
  });

  it('knows after a restart what it had counted', async () => {
    cloudWatch.destroy();
    aws = await aws.restart();
    cloudWatch = connect();
    const { MetricDataResults: results } = await ask([query('RuntimeRequestCount', 3_600)]);
    assert.deepEqual(results![0]!.Values, [5]);
  });

  it('reads on after a crash in the middle of a line', () => {
    const folder = mkdtempSync(join(tmpdir(), 'local-metrics-'));
    try {
      const path = join(folder, 'lex.jsonl');
      const alias = { botId: 'B', botAliasId: 'A', localeId };
      const first = new LexMetrics(path, () => noon);
      first.count('RuntimeRequestCount', 'RecognizeText', alias);
      first.count('RuntimeRequestCount', 'RecognizeText', alias);
      appendFileSync(path, '["RuntimeRequestCount Bot');
      const dimensions = { BotId: 'B', BotAliasId: 'A', LocaleId: localeId, Operation: 'RecognizeText' };
      for (let start = 0; start < 2; start++) {
        const again = new LexMetrics(path, () => noon);
        assert.deepEqual(again.read('RuntimeRequestCount', dimensions, noon, noon + 1), [
          { atMs: noon, count: 2 },
        ]);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
