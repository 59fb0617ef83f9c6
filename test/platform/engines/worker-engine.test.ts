import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { OutsideWorkFailedError } from '../../../src/domain/errors';
import { createEngine } from '../../../src/platform/engines';
import type { JobState } from '../../../src/platform/engines/engine';
import { openObjectStore } from '../../../src/platform/storage/object-store';
import type { FixtureSpec } from './fixtures/job';

const entry = join(__dirname, 'fixtures', 'job.ts');

describe('worker engine', () => {
  const store = openObjectStore();
  let folder: string;
  let outputUri: string;
  let logged: string[];
  let states: JobState[];
  const never = new AbortController().signal;
  const onProgress = (state: JobState) => void states.push(state);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ciclo-engine-'));
    outputUri = `${pathToFileURL(folder).href}/`;
    logged = [];
    states = [];
  });
  afterEach(() => rm(folder, { recursive: true }));

  const engine = (atOnce?: number) =>
    createEngine('worker', { store, entry, atOnce, log: (message) => logged.push(message) });

  async function request(behaviour: FixtureSpec['behaviour'], below = '') {
    const spec: FixtureSpec = { outputUri: `${outputUri}${below}`, behaviour };
    await store.write(`${spec.outputUri}spec.json`, JSON.stringify(spec));
    return {
      name: 'ciclo-test-0001-prepare',
      job: 'prepare' as const,
      specUri: `${spec.outputUri}spec.json`,
    };
  }

  async function pidOf(kind: 'started' | 'grandchild', below = ''): Promise<number> {
    for (let tries = 0; tries < 400; tries++) {
      for await (const { uri } of store.list(`${outputUri}${below}${kind}-`))
        return Number(uri.split('-').at(-1));
      await sleep(25);
    }
    throw new Error(`no ${kind} process`);
  }

  async function assertGone(pid: number): Promise<void> {
    for (let tries = 0; tries < 400; tries++) {
      try {
        process.kill(pid, 0);
      } catch {
        return;
      }
      await sleep(25);
    }
    assert.fail(`process ${pid} is still there`);
  }

  it('runs a job to its end, after removing what an earlier attempt left', async () => {
    await store.write(`${outputUri}failure.json`, '{}');
    await engine().run(await request('succeed'), { signal: never, onProgress });
    assert.deepEqual(JSON.parse(await store.readText(`${outputUri}result.json`)), { job: 'prepare' });
    assert.equal(await store.exists(`${outputUri}failure.json`), false);
    assert.equal(states[0]?.status, 'QUEUED');
    assert.match(states[1]?.externalId ?? '', /^pid \d+$/);
  });

  it('passes on what a job says of its failure, and whether another try can help', async () => {
    await assert.rejects(
      engine().run(await request('fail'), { signal: never, onProgress }),
      (error: Error) => {
        assert.ok(error instanceof OutsideWorkFailedError);
        assert.equal(error.permanent, true);
        assert.match(
          error.message,
          /^Job ciclo-test-0001-prepare failed: InvalidInputError: Line 7 is no JSON\./,
        );
        assert.deepEqual(error.facts, {
          job: 'prepare',
          name: 'ciclo-test-0001-prepare',
          exitCode: 2,
          type: 'InvalidInputError',
          cause: '{"line":7}',
        });
        return true;
      },
    );
    await assert.rejects(
      engine().run(await request('fail-for-now'), { signal: never, onProgress }),
      (error: Error) => error instanceof OutsideWorkFailedError && !error.permanent,
    );
  });

  it('calls a crash worth another try and logs its last words, which stay out of the error', async () => {
    await assert.rejects(
      engine().run(await request('crash'), { signal: never, onProgress }),
      (error: Error) => {
        assert.ok(error instanceof OutsideWorkFailedError);
        assert.equal(error.permanent, false);
        assert.match(error.message, /was ended by SIGABRT and left no failure\.json/);
        assert.doesNotMatch(error.message + JSON.stringify(error.facts), /out of memory/);
        return true;
      },
    );
    assert.match(logged.join(), /Job ciclo-test-0001-prepare was ended by SIGABRT\.\n {2}out of memory/);
  });

  it('reports progress and ends the job with all its processes when it is cancelled', async () => {
    const controller = new AbortController();
    const run = engine().run(await request('hang'), { signal: controller.signal, onProgress });
    const [pid, grandchild] = [await pidOf('started'), await pidOf('grandchild')];
    while (!states.some((state) => state.progress !== undefined)) await sleep(25);
    assert.deepEqual(states.find((state) => state.progress)?.progress, {
      done: 3,
      total: 10,
      unit: 'utterances',
    });
    controller.abort(new Error('cancelled by the test'));
    await assert.rejects(run, /cancelled by the test/);
    await assertGone(pid);
    await assertGone(grandchild);
  });

  it('ends a job that does not listen to SIGTERM', async () => {
    const controller = new AbortController();
    const run = engine().run(await request('hang-stubbornly'), { signal: controller.signal, onProgress });
    const pid = await pidOf('grandchild');
    controller.abort(new Error('cancelled by the test'));
    await assert.rejects(run, /cancelled by the test/);
    await assertGone(pid);
  });

  it('lets no more than so many run, and whoever waits can give up', async () => {
    const one = engine(1);
    const first = new AbortController();
    const second = new AbortController();
    const running = one.run(await request('hang', 'a/'), { signal: first.signal, onProgress: () => {} });
    await pidOf('started', 'a/');
    const waiting = one.run(await request('succeed', 'b/'), { signal: second.signal, onProgress });
    const third = one.run(await request('succeed', 'c/'), { signal: never, onProgress: () => {} });
    await sleep(300);
    assert.deepEqual([...new Set(states.map(({ status }) => status))], ['QUEUED']);
    second.abort(new Error('gave up'));
    await assert.rejects(waiting, /gave up/);
    first.abort(new Error('done'));
    await assert.rejects(running, /done/);
    await third;
    assert.equal(await store.exists(`${outputUri}c/result.json`), true);
    assert.equal(await store.exists(`${outputUri}b/result.json`), false);
  });

  it('leaves no job behind when the worker is killed outright', async () => {
    const { specUri } = await request('hang');
    const worker = spawn(
      process.execPath,
      [...process.execArgv, join(__dirname, 'fixtures', 'worker.ts'), entry, specUri],
      {
        stdio: 'ignore',
      },
    );
    const pid = await pidOf('started');
    const grandchild = await pidOf('grandchild');
    worker.kill('SIGKILL');
    await assertGone(pid);
    await assertGone(grandchild);
  });
});
