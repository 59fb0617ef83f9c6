import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ServiceError } from '../errors';
import { writeFileAtomically } from '../state/atomic-file';

/** The metrics of Lex's runtime that the stand-in has reason to report. */
export const lexMetricNames = [
  'RuntimeRequestCount',
  'MissedUtteranceCount',
  'RuntimeSystemErrors',
  'RuntimeThrottledEvents',
  'RuntimeUserErrors',
] as const;
export type LexMetricName = (typeof lexMetricNames)[number];

/** What a request was made to: the dimensions of a text request. */
export interface RequestedAlias {
  botId: string;
  botAliasId: string;
  localeId: string;
}

/** A count of one minute: the metric's key, the minute (since 1970) and the number. */
type Line = [key: string, minute: number, count: number];

const minuteMs = 60_000;

/** Counts what Lex's runtime was asked, minute by minute; each count is on disk before its request is answered. */
export class LexMetrics {
  private readonly counts = new Map<string, Map<number, number>>();

  /**
   * @param path a file of lines, made when absent
   * @param now the clock, in milliseconds since 1970
   */
  constructor(
    private readonly path: string,
    private readonly now: () => number = Date.now,
  ) {
    mkdirSync(dirname(path), { recursive: true });
    if (!existsSync(path)) return;
    for (const line of readFileSync(path, 'utf8').split('\n')) {
      const read = parseLine(line);
      if (read !== null) this.add(...read);
    }
    const lines = [...this.counts].flatMap(([key, minutes]) =>
      [...minutes].map(([minute, count]) => `${JSON.stringify([key, minute, count])}\n`),
    );
    writeFileAtomically(path, lines.join(''));
  }

  /** Answers a request and counts it, and how it failed. */
  async counting<T>(operation: string, alias: RequestedAlias, answer: () => T | Promise<T>): Promise<T> {
    this.count('RuntimeRequestCount', operation, alias);
    try {
      return await answer();
    } catch (error) {
      if (error instanceof ServiceError) this.count(metricOfStatus(error.status), operation, alias);
      throw error;
    }
  }

  count(metric: LexMetricName, operation: string, alias: RequestedAlias): void {
    const line: Line = [
      seriesKey(metric, {
        BotId: alias.botId,
        BotAliasId: alias.botAliasId,
        LocaleId: alias.localeId,
        Operation: operation,
      }),
      Math.floor(this.now() / minuteMs),
      1,
    ];
    appendFileSync(this.path, `${JSON.stringify(line)}\n`);
    this.add(...line);
  }

  /**
   * The counts of the minutes that begin in `fromMs` … `untilMs`, excluding the latter.
   * @param dimensions all of the metric's, or nothing is found, as in CloudWatch
   */
  read(
    metric: string,
    dimensions: Record<string, string>,
    fromMs: number,
    untilMs: number,
  ): { atMs: number; count: number }[] {
    return [...(this.counts.get(seriesKey(metric, dimensions)) ?? [])]
      .map(([minute, count]) => ({ atMs: minute * minuteMs, count }))
      .filter(({ atMs }) => atMs >= fromMs && atMs < untilMs)
      .sort((a, b) => a.atMs - b.atMs);
  }

  private add(key: string, minute: number, count: number): void {
    const minutes = this.counts.get(key) ?? new Map<number, number>();
    this.counts.set(key, minutes.set(minute, (minutes.get(minute) ?? 0) + count));
  }
}

function seriesKey(metric: string, dimensions: Record<string, string>): string {
  const named = Object.entries(dimensions).map(([name, value]) => `${name}=${value}`);
  return [metric, ...named.sort()].join(' ');
}

function metricOfStatus(status: number): LexMetricName {
  if (status === 429) return 'RuntimeThrottledEvents';
  return status >= 500 ? 'RuntimeSystemErrors' : 'RuntimeUserErrors';
}

/** A line that a crash cut short is no count. */
function parseLine(line: string): Line | null {
  try {
    return line === '' ? null : (JSON.parse(line) as Line);
  } catch {
    return null;
  }
}
