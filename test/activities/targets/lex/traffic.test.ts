import assert from 'node:assert/strict';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DescribeBotAliasCommand } from '@aws-sdk/client-lex-models-v2';
import { RecognizeTextCommand } from '@aws-sdk/client-lex-runtime-v2';
import { createTrafficActivities } from '../../../../src/activities/targets/lex/traffic';
import { assessTraffic } from '../../../../src/domain/watch';
import { localeId, makeAlias, makeBot, makeVersion } from '../../../local/aws/lex/bots';
import { startStandIn, type StandIn } from '../../../local/aws/stand-in';
import { activityEnvironment } from './lex-fixture';

const hourMs = 3_600_000;

/** Runs an activity as a worker would. */
const run = <Result>(activity: () => Promise<Result>): Promise<Result> => activityEnvironment().run(activity);

describe('the traffic of a live alias, by CloudWatch', function () {
  this.timeout(120_000);
  let aws: StandIn;
  let cloudWatch: CloudWatchClient;
  let now = Date.now();
  let sessions = 0;

  before(async () => {
    aws = await startStandIn({ metricsNow: () => now });
    cloudWatch = new CloudWatchClient({
      endpoint: aws.endpoint,
      region: 'eu-west-1',
      maxAttempts: 1,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
  });
  after(async () => {
    cloudWatch.destroy();
    await aws.close();
  });

  it('sees that it got worse, and leaves other aliases and the time around the switch out', async () => {
    const botId = await makeBot(aws, 'Cafe');
    const version = await makeVersion(aws, botId);
    const aliasId = await makeAlias(aws, botId, 'live', version);
    const otherAliasId = await makeAlias(aws, botId, 'other', version);
    const bot = { botId, botName: 'Cafe', aliasId, aliasName: 'live', localeId, liveVersion: version };
    const say = async (requests: number, missed: number, alias = aliasId) => {
      for (let i = 0; i < requests; i++) {
        const text = i < missed ? 'necesito un fontanero urgentemente' : '¿A qué hora abrís?';
        const sessionId = `person-${++sessions}`;
        await aws.runtime.send(
          new RecognizeTextCommand({ botId, botAliasId: alias, localeId, sessionId, text }),
        );
      }
    };
    const { botAliasHistoryEvents } = await aws.models.send(
      new DescribeBotAliasCommand({ botId, botAliasId: aliasId }),
    );
    const liveSince = botAliasHistoryEvents![0]!.startDate!.getTime();
    const full = Math.ceil(liveSince / hourMs) * hourMs;
    const switched = full + 2 * hourMs;

    now = full + 10 * 60_000;
    await say(60, 6);
    now = full + hourMs;
    await say(60, 6);
    now = switched;
    await say(20, 20);
    now = switched + 10 * 60_000;
    await say(120, 60);
    await say(10, 10, otherAliasId);

    const activities = createTrafficActivities({ lexModels: aws.models, cloudWatch });
    const baseline = await run(() =>
      activities.readBaseline({
        bot,
        championVersion: version,
        switchedAt: new Date(switched).toISOString(),
        days: 14,
      }),
    );
    assert.deepEqual(baseline, {
      requests: 120,
      missed: 12,
      errors: 0,
      from: new Date(full).toISOString(),
      until: new Date(switched).toISOString(),
      dispersion: { missed: 1, errors: 1 },
    });
    const read = await run(() =>
      activities.readTraffic({
        bot,
        since: new Date(switched + 10 * 60_000).toISOString(),
        until: new Date(switched + 60 * 60_000).toISOString(),
      }),
    );
    assert.deepEqual(read, {
      liveVersion: version,
      traffic: { requests: 120, missed: 60, errors: 0 },
    });
    const policy = { significance: 0.05, missedTolerance: 0.03, errorTolerance: 0.01, minimumRequests: 100 };
    assert.equal(assessTraffic(baseline, read.traffic, policy).worse, true);
  });

  it('has no champion’s traffic where its version was live for less than an hour', async () => {
    const botId = await makeBot(aws, 'New');
    const version = await makeVersion(aws, botId);
    const aliasId = await makeAlias(aws, botId, 'live', version);
    const bot = { botId, botName: 'New', aliasId, aliasName: 'live', localeId, liveVersion: version };
    const activities = createTrafficActivities({ lexModels: aws.models, cloudWatch });
    const baseline = await run(() =>
      activities.readBaseline({
        bot,
        championVersion: version,
        switchedAt: new Date().toISOString(),
        days: 14,
      }),
    );
    assert.equal(baseline.requests, 0);
  });
});
