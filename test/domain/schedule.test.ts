import assert from 'node:assert/strict';
import type { ScheduleConfiguration } from '../../src/domain/pipeline';
import { intervalOffsetsMs, otherTimes, zoneOffsetMs } from '../../src/domain/schedule';

const hourMs = 3_600_000;
const madrid: ScheduleConfiguration = {
  everyDays: 15,
  at: '12:00',
  timeZone: 'Europe/Madrid',
  catchupWindowHours: 24,
  pauseOnFailure: true,
};

describe('schedule: every 15 days at 12:00 where the bot lives', () => {
  it('has one offset for winter and one for summer time', () => {
    assert.deepEqual(intervalOffsetsMs(madrid, new Date('2026-11-01T00:00:00Z')), [10 * hourMs, 11 * hourMs]);
  });

  it('has a single offset where clocks never change', () => {
    const bogota = { ...madrid, timeZone: 'America/Bogota' };
    assert.deepEqual(intervalOffsetsMs(bogota, new Date('2026-11-01T00:00:00Z')), [17 * hourMs]);
  });

  it('wraps a local time that is the day before in UTC to the end of the period', () => {
    const night = { ...madrid, at: '00:30', timeZone: 'Asia/Tokyo' };
    assert.deepEqual(intervalOffsetsMs(night, new Date('2026-11-01T00:00:00Z')), [(15 * 24 - 8.5) * hourMs]);
  });

  it('leaves out every minute of the day but one', () => {
    const entries = otherTimes({ ...madrid, at: '00:59' });
    const inRange = (value: number, ranges: { start: number; end: number }[]) =>
      ranges.some(({ start, end }) => value >= start && value <= end);
    const passes: string[] = [];
    for (let hour = 0; hour < 24; hour++) {
      for (let minute = 0; minute < 60; minute++) {
        if (!entries.some((entry) => inRange(hour, entry.hour) && inRange(minute, entry.minute)))
          passes.push(`${hour}:${minute}`);
      }
    }
    assert.deepEqual(passes, ['0:59']);
  });

  it('knows how far a zone is ahead of UTC on a day', () => {
    assert.equal(zoneOffsetMs('Europe/Madrid', new Date('2026-01-15T12:00:00Z')), hourMs);
    assert.equal(zoneOffsetMs('Europe/Madrid', new Date('2026-07-15T12:00:00Z')), 2 * hourMs);
    assert.equal(zoneOffsetMs('Asia/Kolkata', new Date('2026-07-15T12:00:00Z')), 5.5 * hourMs);
  });
});
