import assert from 'node:assert/strict';
import { trafficOf } from '../../../../src/jobs/discover/describe/traffic';
import { TrendReader } from '../../../../src/jobs/discover/describe/trend';
import { anUtterance } from '../utterances';

/** A time so many days after the first of August. */
const day = (days: number) => new Date(Date.UTC(2026, 7, 1) + days * 86_400_000).toISOString();
const said = (count: number, first: number, last = first) =>
  anUtterance(`said from ${first} to ${last}, ${count} times`, {
    count,
    firstSeen: day(first),
    lastSeen: day(last),
  });

describe('the trend of a topic', () => {
  /** Ten days of traffic: as much in the first half as in the second. */
  const background = Array.from({ length: 101 }, (_, index) => said(1, index / 10));
  function trendOf(topic: ReturnType<typeof said>[]) {
    const all = [...background, ...topic];
    return new TrendReader(all, trafficOf(all)).read(topic);
  }

  it('spreads what was said between the first and the last time evenly', () => {
    // Ends on day 0 and day 10, eight between: four in each half.
    const trend = trendOf([said(10, 0, 10)])!;
    assert.deepEqual([trend.earlier, trend.later], [5, 5]);
    assert.equal(trend.bucketDays, 1);
    // A tenth of the eight a day, and an end on the first and the last one.
    assert.deepEqual(trend.perBucket, [1.8, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 1.8]);
  });

  it('counts what was said at one time there', () => {
    const trend = trendOf([said(7, 2.5), said(1, 9.5)])!;
    assert.deepEqual([trend.earlier, trend.later], [7, 1]);
    assert.deepEqual(trend.perBucket, [0, 0, 7, 0, 0, 0, 0, 0, 0, 1]);
  });

  it('grows or falls where the halves differ more than chance lets them', () => {
    const early = Array.from({ length: 20 }, (_, index) => said(1, index / 5));
    const late = Array.from({ length: 20 }, (_, index) => said(1, 6 + index / 5));
    // 20 of 23: Wilson from .68; all traffic has about half of it there.
    assert.equal(trendOf([...late, ...early.slice(0, 3)])!.direction, 'growing');
    assert.equal(trendOf([...early, ...late.slice(0, 3)])!.direction, 'falling');
    assert.equal(trendOf([...early, ...late])!.direction, 'steady');
    // Three of four may be chance.
    assert.equal(trendOf([...late.slice(0, 3), early[0]!])!.direction, 'steady');
  });

  it('is new where it was not said in the first half, and would have been', () => {
    const late = (howMany: number) => Array.from({ length: howMany }, (_, index) => said(1, 6 + index / 5));
    // About half of the traffic is late: ½⁶ is under 5 %, ½³ is not.
    assert.equal(trendOf(late(6))!.direction, 'new');
    assert.equal(trendOf(late(3))!.direction, 'steady');
  });

  it('says nothing where the log says no times, or covers less than two days', () => {
    const undated = anUtterance('no time');
    assert.equal(trendOf([undated]), null);
    assert.equal(new TrendReader([undated], trafficOf([undated])).read([undated]), null);
    const short = [said(1, 0), said(1, 1.9)];
    assert.equal(new TrendReader(short, trafficOf(short)).read(short), null);
  });

  it('takes weeks, or several, where days would be too many', () => {
    const long = (days: number) => [said(2, 0, days)];
    const buckets = (days: number) => {
      const all = long(days);
      const { bucketDays, perBucket } = new TrendReader(all, trafficOf(all)).read(all)!;
      return [bucketDays, perBucket.length];
    };
    assert.deepEqual(buckets(28), [1, 28]);
    assert.deepEqual(buckets(29), [7, 5]);
    assert.deepEqual(buckets(420), [7, 60]);
    assert.deepEqual(buckets(430), [14, 31]);
  });

  it('adds up in its halves and in its buckets, whatever the times', () => {
    for (let run = 0; run < 50; run++) {
      const topic = Array.from({ length: 5 }, (_, index) => {
        const first = (run * 7 + index * 3) % 8;
        const count = 1 + ((run + index) % 9);
        return said(count, first, count === 1 ? first : first + ((run * index) % 20) / 10);
      });
      const total = topic.reduce((sum, { count }) => sum + count, 0);
      const { earlier, later, perBucket } = trendOf(topic)!;
      const sum = perBucket.reduce((all, one) => all + one, 0);
      assert.ok(Math.abs(earlier + later - total) <= 0.11, `${earlier} + ${later} of ${total}`);
      assert.ok(Math.abs(sum - total) <= 0.05 * perBucket.length + 0.01, `${sum} of ${total}`);
    }
  });
});

describe('traffic', () => {
  it('counts interactions by outcome, and the time that they cover', () => {
    const traffic = trafficOf([
      anUtterance('a', { count: 3, firstSeen: day(1), lastSeen: day(4) }),
      anUtterance('b', { count: 5, outcome: 'uncertain', firstSeen: day(0), lastSeen: day(2) }),
      anUtterance('c', { count: 7, outcome: 'understood', intent: 'Saludar' }),
    ]);
    assert.deepEqual(traffic, { interactions: 15, missed: 3, uncertain: 5, from: day(0), to: day(4) });
    assert.deepEqual(trafficOf([]), { interactions: 0, missed: 0, uncertain: 0, from: null, to: null });
  });
});
