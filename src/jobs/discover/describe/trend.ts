import type { Traffic, Trend } from '../../../domain/discovery';
import { wilsonInterval } from '../../../domain/metrics';
import type { Utterance } from '../../../domain/utterance';

const dayMs = 24 * 60 * 60 * 1000;
const shortestPeriodDays = 2;
/** Up to so many days buckets are days; beyond they are weeks, or several weeks. */
const longestDaily = 28;
const mostBuckets = 60;
/** What is not said early counts as new when chance would have kept it away with a smaller probability than this. */
const byChance = 0.05;

/** How the interactions of utterances are spread over the period of all of them. */
export class TrendReader {
  private readonly start: number;
  private readonly end: number;
  private readonly usualLaterShare: number;

  constructor(utterances: readonly Utterance[], { from, to }: Pick<Traffic, 'from' | 'to'>) {
    this.start = from === null ? NaN : Date.parse(from);
    this.end = to === null ? NaN : Date.parse(to);
    const { earlier, later } = this.sightings(utterances);
    this.usualLaterShare = later / (earlier + later);
  }

  /** @returns null where the period is too short, or no time is on record */
  read(utterances: readonly Utterance[]): Trend | null {
    if (!(this.end - this.start >= shortestPeriodDays * dayMs)) return null;
    const seen = this.sightings(utterances);
    if (seen.earlier + seen.later === 0) return null;
    const middle = (this.start + this.end) / 2;
    const days = Math.ceil((this.end - this.start) / dayMs);
    const bucketDays = bucketLength(days);
    const perBucket = new Array<number>(Math.ceil(days / bucketDays)).fill(0);
    const lastBucket = perBucket.length - 1;
    let [earlier, later] = [0, 0];
    for (const span of spans(utterances)) {
      later += interactionsBetween(span, middle, Infinity);
      earlier += interactionsBetween(span, -Infinity, middle);
      for (let bucket = 0; bucket <= lastBucket; bucket++) {
        const begin = this.start + bucket * bucketDays * dayMs;
        const finish = bucket === lastBucket ? Infinity : begin + bucketDays * dayMs;
        perBucket[bucket]! += interactionsBetween(span, begin, finish);
      }
    }
    return {
      direction: this.direction(seen),
      earlier: toTenth(earlier),
      later: toTenth(later),
      usualLaterShare: Math.round(this.usualLaterShare * 10_000) / 10_000,
      bucketDays,
      perBucket: perBucket.map(toTenth),
    };
  }

  private direction({ earlier, later }: Sightings): Trend['direction'] {
    const total = earlier + later;
    if (earlier === 0 && this.usualLaterShare ** total < byChance) return 'new';
    const share = wilsonInterval(later, total);
    if (share.lower > this.usualLaterShare) return 'growing';
    return share.upper < this.usualLaterShare ? 'falling' : 'steady';
  }

  /** Times on record, the first and the last of each utterance: they say when without guessing. */
  private sightings(utterances: readonly Utterance[]): Sightings {
    const middle = (this.start + this.end) / 2;
    const counts = { earlier: 0, later: 0 };
    for (const { first, last, count } of spans(utterances)) {
      for (const time of count > 1 ? [first, last] : [first]) counts[time < middle ? 'earlier' : 'later']++;
    }
    return counts;
  }
}

interface Sightings {
  earlier: number;
  later: number;
}

/** When an utterance was said first and last, and how often. */
interface Span {
  first: number;
  last: number;
  count: number;
}

function spans(utterances: readonly Utterance[]): Span[] {
  return utterances.flatMap(({ firstSeen, lastSeen, count }) =>
    firstSeen === null || lastSeen === null
      ? []
      : [{ first: Date.parse(firstSeen), last: Date.parse(lastSeen), count }],
  );
}

/** Interactions from one time (included) to another (excluded): the ends are known, the rest is spread evenly. */
function interactionsBetween({ first, last, count }: Span, from: number, to: number): number {
  const isIn = (time: number) => time >= from && time < to;
  if (count === 1) return isIn(first) ? 1 : 0;
  const ends = (isIn(first) ? 1 : 0) + (isIn(last) ? 1 : 0);
  if (last === first) return ends === 2 ? count : 0;
  const covered = Math.max(Math.min(to, last) - Math.max(from, first), 0) / (last - first);
  return ends + (count - 2) * covered;
}

function bucketLength(days: number): number {
  if (days <= longestDaily) return 1;
  let length = 7;
  while (days / length > mostBuckets) length *= 2;
  return length;
}

function toTenth(value: number): number {
  return Math.round(value * 10) / 10;
}
