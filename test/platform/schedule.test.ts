import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { ScheduleOverlapPolicy, type Client } from '@temporalio/client';
import type { PipelineConfiguration } from '../../src/domain/pipeline';
import { applySchedule, describeSchedule, diffSchedule, scheduleId } from '../../src/platform/schedule';
import { localEnvironment } from '../support/servers';
import { configuration } from '../workflows/mock-activities';

const now = new Date('2026-11-21T00:00:00Z');

describe('the schedule of a pipeline, on a real server', function () {
  this.timeout(60_000);
  let client: Client;
  const name = `schedule-${randomUUID()}`;
  const pipeline: PipelineConfiguration = { ...configuration, name, gate: { policy: 'accuracy-above' } };

  before(async () => {
    client = (await localEnvironment()).client;
  });
  after(() => client.schedule.getHandle(scheduleId(name)).delete());

  it('does not exist at first, and is shown whole before it is made', async () => {
    assert.equal(await describeSchedule(client, name), null);
    const differences = await diffSchedule(client, pipeline, now);
    assert.ok(differences.every((one) => one.applied === null));
    assert.ok(differences.some((one) => one.setting === 'time zone' && one.wanted === 'Europe/Madrid'));
  });

  it('fires every 15 days at 12:00 in Madrid, in winter and in summer', async () => {
    assert.equal((await applySchedule(client, pipeline, now)).created, true);
    const description = await describeSchedule(client, name);
    assert.equal(description?.policies.overlap, ScheduleOverlapPolicy.SKIP);
    assert.equal(description?.policies.pauseOnFailure, true);
    const local = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Europe/Madrid',
      dateStyle: 'short',
      timeStyle: 'short',
    });
    const times = description?.info.nextActionTimes ?? [];
    assert.ok(times.length >= 10);
    for (const time of times) assert.match(local.format(time), / 12:00$/);
    const zones = new Set(times.map((time) => time.getUTCHours()));
    assert.deepEqual([...zones].sort(), [10, 11], 'the ten next times pass a change of the clocks');
    const days = times.map((time) => Math.floor(time.getTime() / 86_400_000));
    for (const [index, day] of days.entries()) if (index > 0) assert.equal(day - (days[index - 1] ?? 0), 15);
  });

  it('converges: applied twice it changes nothing', async () => {
    assert.deepEqual(await diffSchedule(client, pipeline, now), []);
    assert.deepEqual(await applySchedule(client, pipeline, now), { created: false, differences: [] });
  });

  it('shows and applies what changed, and stays paused', async () => {
    await client.schedule.getHandle(scheduleId(name)).pause('holidays');
    const weekly: PipelineConfiguration = {
      ...pipeline,
      schedule: { ...pipeline.schedule, everyDays: 7, catchupWindowHours: 48 },
    };
    const { differences } = await applySchedule(client, weekly, now);
    assert.deepEqual(
      differences.map((one) => one.setting),
      ['intervals', 'catchup window'],
    );
    assert.deepEqual(await diffSchedule(client, weekly, now), []);
    assert.equal((await describeSchedule(client, name))?.state.note, 'holidays');
  });
});
