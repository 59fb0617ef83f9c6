import type { GetMetricDataInput, MetricDataQuery, MetricDataResult } from '@aws-sdk/client-cloudwatch';
import { notImplementedError, ServiceError } from '../errors';
import { type HandlerTable } from '../protocol/handler';
import { paginate } from '../protocol/paginate';
import { type LexMetrics } from './lex-metrics';

/** Both as in the service. */
const mostQueries = 500;
const mostDatapoints = 100_800;

const namespace = 'AWS/Lex';

/** Times travel as seconds since 1970. */
type WireInput = Omit<GetMetricDataInput, 'StartTime' | 'EndTime'> & { StartTime: number; EndTime: number };
type WireResult = Omit<MetricDataResult, 'Timestamps'> & { Timestamps: number[]; Values: number[] };

interface Datapoint {
  query: number;
  /** Seconds since 1970. */
  at: number;
  value: number;
}

const invalid = (message: string) => new ServiceError('InvalidParameterValueException', 400, message);

/** CloudWatch, as far as it is asked for the sums of Lex's runtime metrics. */
export function createCloudWatch(metrics: LexMetrics): HandlerTable {
  return {
    GetMetricData(input: WireInput): { MetricDataResults: WireResult[]; NextToken?: string } {
      const queries = input.MetricDataQueries ?? [];
      if (queries.length > mostQueries)
        throw invalid(`At most ${mostQueries} MetricDataQueries are allowed.`);
      if (new Set(queries.map(({ Id }) => Id)).size < queries.length)
        throw invalid('The values for parameter Id in MetricDataQueries must be unique.');
      if (input.StartTime >= input.EndTime) throw invalid('StartTime must be less than EndTime.');
      const datapoints = queries.flatMap((query, index) => datapointsOf(query, index, input));
      const { page, nextToken } = paginate(
        datapoints,
        Math.min(input.MaxDatapoints ?? mostDatapoints, mostDatapoints),
        input.NextToken,
      );
      const unfinished = nextToken === undefined ? null : page.at(-1)?.query;
      return {
        MetricDataResults: queries.map((query, index) => {
          const own = page.filter((datapoint) => datapoint.query === index);
          return {
            Id: query.Id,
            Label: query.Label ?? query.MetricStat?.Metric?.MetricName,
            Timestamps: own.map(({ at }) => at),
            Values: own.map(({ value }) => value),
            StatusCode: index === unfinished ? 'PartialData' : 'Complete',
          };
        }),
        NextToken: nextToken,
      };
    },
  };

  function datapointsOf(
    { MetricStat: wanted }: MetricDataQuery,
    query: number,
    input: WireInput,
  ): Datapoint[] {
    if (wanted === undefined) throw notImplementedError('CloudWatch expressions');
    if (wanted.Stat !== 'Sum') throw notImplementedError(`the CloudWatch statistic ${wanted.Stat}`);
    const period = wanted.Period ?? 0;
    if (period < 60 || period % 60 !== 0) throw invalid('Period must be a multiple of 60.');
    const { Namespace, MetricName = '', Dimensions = [] } = wanted.Metric ?? {};
    if (Namespace !== namespace) return [];
    const dimensions: Record<string, string> = {};
    for (const { Name = '', Value = '' } of Dimensions) dimensions[Name] = Value;
    const sums = new Map<number, number>();
    for (const { atMs, count } of metrics.read(
      MetricName,
      dimensions,
      input.StartTime * 1_000,
      input.EndTime * 1_000,
    )) {
      const at = Math.floor(atMs / 1_000 / period) * period;
      sums.set(at, (sums.get(at) ?? 0) + count);
    }
    const ascending = [...sums].map(([at, value]) => ({ query, at, value }));
    return input.ScanBy === 'TimestampAscending' ? ascending : ascending.reverse();
  }
}
