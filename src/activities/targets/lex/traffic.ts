import {
  paginateGetMetricData,
  type GetMetricDataCommandOutput,
  type MetricDataQuery,
} from '@aws-sdk/client-cloudwatch';
import { DescribeBotAliasCommand } from '@aws-sdk/client-lex-models-v2';
import {
  dispersionOf,
  metricPeriodMs,
  totalTraffic,
  type Baseline,
  type Traffic,
} from '../../../domain/watch';
import { ServiceUnavailableError } from '../../../platform/aws/errors';
import type { ActivityDependencies } from '../../dependencies';
import type { BotReference } from './bot-reference';
import { callAws } from './calls';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/**
 * Requests whose answer is one turn. A StartConversation holds a whole conversation, so that its requests and its missed
 * utterances do not compare.
 */
const turns = [
  { Operation: 'RecognizeText' },
  ...['Text', 'Speech', 'DTMF'].map((InputMode) => ({ Operation: 'RecognizeUtterance', InputMode })),
];

/**
 * What the metrics of the namespace AWS/Lex count, see "Measuring operational metrics with Amazon CloudWatch" in the
 * Lex V2 guide. What callers did wrong (RuntimeUserErrors) and throttling say nothing about a version.
 */
const metricsOf: Record<keyof Traffic, string[]> = {
  requests: ['RuntimeRequestCount'],
  missed: ['MissedUtteranceCount'],
  errors: ['RuntimeSystemErrors', 'RuntimeLambdaErrors', 'RuntimeInvalidLambdaResponses'],
};

export type TrafficActivities = ReturnType<typeof createTrafficActivities>;

/** How people's requests to the live alias went, by CloudWatch. */
export function createTrafficActivities({
  lexModels,
  cloudWatch,
}: Pick<ActivityDependencies, 'lexModels' | 'cloudWatch'>) {
  return {
    /** The champion's traffic on the live alias before the switch: of so many days, as far as it was live. */
    async readBaseline(input: {
      bot: BotReference;
      championVersion: string;
      /** ISO 8601, UTC. */
      switchedAt: string;
      days: number;
    }): Promise<Baseline> {
      const switchedMs = Date.parse(input.switchedAt);
      const liveSinceMs = await championSince(input.bot, input.championVersion, switchedMs);
      const untilMs = Math.floor(switchedMs / hourMs) * hourMs;
      const fromMs = Math.ceil(Math.max(liveSinceMs, switchedMs - input.days * dayMs) / hourMs) * hourMs;
      const read = fromMs < untilMs ? await readPeriods(input.bot, fromMs, untilMs, hourMs) : [];
      const hours = read.map(({ startMs, ...traffic }) => ({ hour: startMs / hourMs, ...traffic }));
      return {
        ...totalTraffic(hours),
        from: new Date(Math.min(fromMs, untilMs)).toISOString(),
        until: new Date(untilMs).toISOString(),
        dispersion: { missed: dispersionOf(hours, 'missed'), errors: dispersionOf(hours, 'errors') },
      };
    },

    /** The live alias's traffic of a time, and the version that it points to now. */
    async readTraffic(input: {
      bot: BotReference;
      /** ISO 8601, UTC. */
      since: string;
      until: string;
    }): Promise<{ liveVersion: string | null; traffic: Traffic }> {
      const { botVersion } = await describeAlias(input.bot);
      const periods = await readPeriods(
        input.bot,
        Date.parse(input.since),
        Date.parse(input.until),
        metricPeriodMs,
      );
      return { liveVersion: botVersion ?? null, traffic: totalTraffic(periods) };
    },
  };

  /** When the alias was last pointed to the champion; 0 where its history does not tell. */
  async function championSince(bot: BotReference, version: string, switchedMs: number): Promise<number> {
    const { botAliasHistoryEvents = [] } = await describeAlias(bot);
    const starts = botAliasHistoryEvents
      .filter(({ botVersion }) => botVersion === version)
      .map(({ startDate }) => startDate?.getTime() ?? 0)
      .filter((startMs) => startMs < switchedMs);
    return Math.max(0, ...starts);
  }

  function describeAlias({ botId, aliasId, aliasName }: BotReference) {
    return callAws('DescribeBotAlias', `alias ${aliasName}`, (options) =>
      lexModels.send(new DescribeBotAliasCommand({ botId, botAliasId: aliasId }), options),
    );
  }

  /** Traffic by periods, those without any left out. */
  async function readPeriods(
    bot: BotReference,
    fromMs: number,
    untilMs: number,
    periodMs: number,
  ): Promise<(Traffic & { startMs: number })[]> {
    const wanted = queriesFor(bot, periodMs / 1_000);
    const countOf = new Map(wanted.map(({ query, count }) => [query.Id, count]));
    const periods = new Map<number, Traffic>();
    await callAws('GetMetricData', `alias ${bot.aliasName}`, async () => {
      const pages = paginateGetMetricData(
        { client: cloudWatch },
        {
          StartTime: new Date(fromMs),
          EndTime: new Date(untilMs),
          MetricDataQueries: wanted.map(({ query }) => query),
        },
      );
      for await (const page of pages) {
        for (const { id, atMs, value } of datapointsOf(page)) {
          const startMs = Math.floor(atMs / periodMs) * periodMs;
          const period = periods.get(startMs) ?? { requests: 0, missed: 0, errors: 0 };
          period[countOf.get(id)!] += value;
          periods.set(startMs, period);
        }
      }
    });
    return [...periods].map(([startMs, traffic]) => ({ startMs, ...traffic }));
  }
}

function queriesFor(
  { botId, aliasId, localeId }: BotReference,
  periodSeconds: number,
): { query: MetricDataQuery; count: keyof Traffic }[] {
  const series = (Object.keys(metricsOf) as (keyof Traffic)[]).flatMap((count) =>
    metricsOf[count].flatMap((metric) => turns.map((turn) => ({ count, metric, turn }))),
  );
  return series.map(({ count, metric, turn }, index) => ({
    count,
    query: {
      Id: `m${index}`,
      MetricStat: {
        Metric: {
          Namespace: 'AWS/Lex',
          MetricName: metric,
          Dimensions: Object.entries({
            BotId: botId,
            BotAliasId: aliasId,
            LocaleId: localeId,
            ...turn,
          }).map(([Name, Value]) => ({ Name, Value })),
        },
        Period: periodSeconds,
        Stat: 'Sum',
      },
    },
  }));
}

/** @throws ServiceUnavailableError when CloudWatch could not read one of the metrics */
function datapointsOf({ MetricDataResults = [] }: GetMetricDataCommandOutput) {
  return MetricDataResults.flatMap(({ Id: id, StatusCode, Timestamps = [], Values = [] }) => {
    if (StatusCode === 'InternalError' || StatusCode === 'Forbidden') {
      throw new ServiceUnavailableError(
        `GetMetricData failed for one of the metrics (${StatusCode}). It is worth another try; when it keeps failing, check that this identity may call cloudwatch:GetMetricData.`,
        { operation: 'GetMetricData', status: StatusCode },
        false,
      );
    }
    return Timestamps.map((timestamp, index) => ({
      id,
      atMs: timestamp.getTime(),
      value: Values[index] ?? 0,
    }));
  });
}
