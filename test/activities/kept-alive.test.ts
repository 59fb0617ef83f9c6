import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { MockActivityEnvironment } from '@temporalio/testing';
import { keptAlive } from '../../src/activities/kept-alive';
import { activityOptions } from '../../src/workflows/activity-options';

describe('steps that are kept alive', () => {
  function run<T>(activity: (input: number) => Promise<T>): { beats: number[]; result: Promise<T> } {
    const environment = new MockActivityEnvironment();
    const startedMs = Date.now();
    const beats: number[] = [];
    environment.on('heartbeat', () => beats.push(Date.now() - startedMs));
    return { beats, result: environment.run(keptAlive({ activity }).activity, 21) };
  }

  it('beat from the start and every two seconds, and give what they give', async () => {
    const { beats, result } = run(async (input) => {
      await sleep(4_600);
      return input * 2;
    });
    assert.equal(await result, 42);
    assert.equal(beats.length, 3);
    assert.ok(beats[0]! < 1_000);
  });

  it('beat no longer once they have failed', async () => {
    const { beats, result } = run(() => Promise.reject(new Error('broken')));
    await assert.rejects(result, /broken/);
    await sleep(2_300);
    assert.equal(beats.length, 1);
  });

  it('are given to another worker within seconds when theirs is killed', () => {
    assert.equal(activityOptions.quick.heartbeatTimeout, '10 seconds');
    assert.equal(activityOptions.quick.startToCloseTimeout, '10 minutes');
  });
});
