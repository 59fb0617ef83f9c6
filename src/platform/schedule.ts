import {
  type Client,
  type ScheduleDescription,
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
  type ScheduleOptions,
} from '@temporalio/client';
import { intervalOffsetsMs, otherTimes } from '../domain/schedule';
import { formatDuration } from '../domain/cycle-details';
import type { PipelineConfiguration } from '../domain/pipeline';
import { taskQueue } from './temporal';

const dayMs = 86_400_000;

/** Id of a pipeline's schedule. */
export function scheduleId(pipeline: string): string {
  return `retrain/${pipeline}`;
}

/** The schedule that a pipeline file asks for; applying it again changes nothing. */
export function scheduleOptions(configuration: PipelineConfiguration, now: Date): ScheduleOptions {
  const { schedule, name } = configuration;
  return {
    scheduleId: scheduleId(name),
    spec: {
      intervals: intervalOffsetsMs(schedule, now).map((offset) => ({
        every: schedule.everyDays * dayMs,
        offset,
      })),
      skip: otherTimes(schedule).map((entry) => ({
        ...entry,
        second: '*',
        comment: 'Only the wanted local time passes.',
      })),
      timezone: schedule.timeZone,
    },
    action: {
      type: 'startWorkflow',
      workflowType: 'scheduledCycle',
      workflowId: `scheduled/${name}`,
      taskQueue,
      args: [{ pipeline: name, trigger: 'schedule' }],
    },
    policies: {
      overlap: ScheduleOverlapPolicy.SKIP,
      catchupWindow: schedule.catchupWindowHours * 3_600_000,
      pauseOnFailure: schedule.pauseOnFailure,
    },
  };
}

export interface ScheduleDifference {
  setting: string;
  applied: string | null;
  wanted: string;
}

/**
 * Compares the schedule on the server with what the pipeline file asks for.
 * @returns the settings that differ; all of them where there is no schedule yet
 */
export async function diffSchedule(
  client: Client,
  configuration: PipelineConfiguration,
  now: Date,
): Promise<ScheduleDifference[]> {
  const wanted = describe(scheduleOptions(configuration, now));
  const description = await describeSchedule(client, configuration.name);
  const applied = description && describe(description);
  return Object.entries(wanted)
    .map(([setting, value]) => ({ setting, applied: applied?.[setting] ?? null, wanted: value }))
    .filter((one) => one.applied !== one.wanted);
}

/** Creates the schedule or brings it in line with the pipeline file; runs and pauses are kept. */
export async function applySchedule(
  client: Client,
  configuration: PipelineConfiguration,
  now: Date,
): Promise<{ created: boolean; differences: ScheduleDifference[] }> {
  const differences = await diffSchedule(client, configuration, now);
  const { scheduleId: id, spec, action, policies } = scheduleOptions(configuration, now);
  if (!(await describeSchedule(client, configuration.name))) {
    await client.schedule.create({ scheduleId: id, spec, action, policies });
    return { created: true, differences };
  }
  if (differences.length > 0) {
    await client.schedule.getHandle(id).update((before) => ({ spec, action, policies, state: before.state }));
  }
  return { created: false, differences };
}

export async function describeSchedule(
  client: Client,
  pipeline: string,
): Promise<ScheduleDescription | null> {
  try {
    return await client.schedule.getHandle(scheduleId(pipeline)).describe();
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return null;
    throw error;
  }
}

/** A schedule's settings in one form, whether they come from a file or from the server. */
function describe(
  schedule: Pick<ScheduleOptions, 'spec' | 'action' | 'policies'> | ScheduleDescription,
): Record<string, string> {
  const intervals = (schedule.spec.intervals ?? []).map(
    ({ every, offset }) => `${Number(every)}+${Number(offset ?? 0)}`,
  );
  const skip = (schedule.spec.skip ?? []).map((entry) => JSON.stringify([entry.hour, entry.minute]));
  return {
    intervals: intervals.sort().map(readableInterval).join(' and '),
    'other times left out': skip.map(normaliseRanges).sort().join(' '),
    'time zone': schedule.spec.timezone ?? 'UTC',
    overlap: String(schedule.policies?.overlap),
    'catchup window': formatDuration(Number(schedule.policies?.catchupWindow)),
    'pause on failure': String(schedule.policies?.pauseOnFailure),
    workflow: `${String(schedule.action.workflowType)} ${JSON.stringify(schedule.action.args)} on ${schedule.action.taskQueue}`,
  };
}

function readableInterval(interval: string): string {
  const [every = 0, offset = 0] = interval.split('+').map(Number);
  return `every ${formatDuration(every)} at ${formatDuration(offset)} after the epoch's count`;
}

function normaliseRanges(json: string): string {
  return json.replace(/,"step":1/g, '');
}
