import type { ScheduleConfiguration } from './pipeline';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/**
 * Offsets of the Temporal schedule intervals that together fire every so many days at a local time.
 *
 * Temporal fires an interval at `epoch + n · every + offset` in UTC: not counted from when the schedule was made,
 * and blind to summer time. So there is one offset for each distance from UTC that the zone takes within a year,
 * and `otherTimes` lets only the one through that is the wanted local time on that day.
 * @param schedule every how many days, and at what time in which zone
 * @param from start of the year that is looked at
 * @returns milliseconds, each from 0 up to `everyDays` days, ascending
 */
export function intervalOffsetsMs(schedule: ScheduleConfiguration, from: Date): number[] {
  const { hour, minute } = timeOfDay(schedule);
  const localMs = hour * hourMs + minute * 60_000;
  const everyMs = schedule.everyDays * dayMs;
  const offsets = new Set<number>();
  for (let day = 0; day <= 366; day += 7) {
    const zoneMs = zoneOffsetMs(schedule.timeZone, new Date(from.getTime() + day * dayMs));
    offsets.add((((localMs - zoneMs) % everyMs) + everyMs) % everyMs);
  }
  return [...offsets].sort((a, b) => a - b);
}

/** A range of hours or minutes, both ends included. */
export interface Range {
  start: number;
  end: number;
}

/** Calendar entries (in the schedule's zone) of all times of the day but the wanted one. */
export function otherTimes(schedule: ScheduleConfiguration): { hour: Range[]; minute: Range[] }[] {
  const { hour, minute } = timeOfDay(schedule);
  const all = { start: 0, end: 59 };
  return [
    { hour: rangesWithout(hour, 23), minute: [all] },
    { hour: [{ start: hour, end: hour }], minute: rangesWithout(minute, 59) },
  ];
}

function rangesWithout(value: number, last: number): Range[] {
  return [
    { start: 0, end: value - 1 },
    { start: value + 1, end: last },
  ].filter((range) => range.start <= range.end);
}

function timeOfDay(schedule: ScheduleConfiguration): { hour: number; minute: number } {
  const [hour = 0, minute = 0] = schedule.at.split(':').map(Number);
  return { hour, minute };
}

/** How far local time in a zone is ahead of UTC at an instant, in milliseconds. */
export function zoneOffsetMs(timeZone: string, at: Date): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((one) => one.type === type)?.value);
  const local = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return local - Math.floor(at.getTime() / 1000) * 1000;
}
