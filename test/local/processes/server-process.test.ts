import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { ServerStartError, StateFolderInUseError } from '../../../src/local/processes/errors';
import { isAlive, processIdentity } from '../../../src/local/processes/identity';
import { pickFreePorts } from '../../../src/local/processes/ports';
import { findRunningServer } from '../../../src/local/processes/record';
import {
  startServerProcess,
  type ServerCommand,
  type ServerProcess,
} from '../../../src/local/processes/server-process';

const isRunning = async (pid: number): Promise<boolean> => (await processIdentity(pid)) !== undefined;

async function untilGone(pid: number, timeoutMs: number): Promise<boolean> {
  for (const deadline = Date.now() + timeoutMs; Date.now() < deadline; await sleep(50)) {
    if (!(await isRunning(pid))) return true;
  }
  return false;
}

describe('a server process', () => {
  let stateFolder: string;
  let started: ServerProcess[];

  beforeEach(async () => {
    stateFolder = await mkdtemp(path.join(tmpdir(), 'ciclo-process-'));
    started = [];
  });
  afterEach(async () => {
    await Promise.all(started.map((server) => server.stop()));
    await rm(stateFolder, { recursive: true });
  });

  async function webServer(script = ''): Promise<ServerCommand<{ url: string }>> {
    const { web } = await pickFreePorts({ web: {} });
    const url = `http://127.0.0.1:${web}`;
    const listen = `require('http').createServer((q, r) => r.end(process.env.GREETING)).listen(${web}, '127.0.0.1')`;
    return {
      executable: process.execPath,
      args: ['-e', `console.log('starting'); ${listen}; ${script}`],
      env: { GREETING: 'hello' },
      details: { url },
      probe: async () => {
        await fetch(url);
      },
    };
  }
  const start = async (
    command: ServerCommand<{ url: string }>,
    limits: { readyTimeoutMs?: number; stopGraceMs?: number } = {},
  ): Promise<ServerProcess & { details: { url: string } }> => {
    const server = await startServerProcess({
      name: 'web',
      stateFolder,
      prepare: () => Promise.resolve(command),
      ...limits,
    });
    started.push(server);
    return server;
  };

  it('answers once it is started, and is gone once it is stopped', async () => {
    const server = await start(await webServer());
    assert.equal(await (await fetch(server.details.url)).text(), 'hello');
    assert.deepEqual(await findRunningServer(stateFolder, 'web'), {
      pid: server.pid,
      details: server.details,
    });
    assert.equal(await readFile(server.logFile, 'utf8'), 'starting\n');

    await server.stop();
    assert.equal(await isRunning(server.pid), false);
    assert.equal(await server.ended, 'was ended by SIGTERM');
    assert.equal(await findRunningServer(stateFolder, 'web'), undefined);
    await server.stop();
  });

  it('can be started again, and keeps the log of the last time', async () => {
    const first = await start(await webServer());
    await first.stop();
    const second = await start(await webServer(`console.log('again')`));
    assert.match(await readFile(second.logFile, 'utf8'), /again/);
    const previous = path.join(stateFolder, 'logs', 'web.previous.log');
    assert.equal(await readFile(previous, 'utf8'), 'starting\n');
  });

  it('shows its last words when it dies early', async () => {
    const command = await webServer(
      `for (let i = 0; i < 30; i++) console.error('line ' + i); process.exit(7)`,
    );
    command.probe = () => Promise.reject(new Error('not yet'));
    await assert.rejects(start(command), (error: Error) => {
      assert.ok(error instanceof ServerStartError);
      assert.match(error.message, /^web ended with exit code 7\./);
      assert.match(error.message, / line 29\n/);
      assert.doesNotMatch(error.message, / line 14\n/);
      assert.match(error.message, /logs\/web\.log\.$/);
      return true;
    });
    const again = await start(await webServer());
    assert.ok(await isRunning(again.pid));
  });

  it('says when the executable cannot be started', async () => {
    const command = { ...(await webServer()), executable: path.join(stateFolder, 'nowhere') };
    await assert.rejects(start(command), /web could not be started: .*ENOENT/);
  });

  it('is stopped when it does not answer in time', async () => {
    const command = await webServer(
      `require('fs').writeFileSync(${JSON.stringify(path.join(stateFolder, 'pid'))}, String(process.pid))`,
    );
    command.probe = () => Promise.reject(new Error('still deaf'));
    await assert.rejects(
      start(command, { readyTimeoutMs: 1_000 }),
      /web did not answer within 1 s \(still deaf\)/,
    );
    const pid = Number(await readFile(path.join(stateFolder, 'pid'), 'utf8'));
    assert.equal(await isRunning(pid), false);
  });

  it('is killed when it does not go by itself', async () => {
    const server = await start(await webServer(`process.on('SIGTERM', () => {})`), { stopGraceMs: 300 });
    await server.stop();
    assert.equal(await server.ended, 'was ended by SIGKILL');
    assert.equal(await isRunning(server.pid), false);
  });

  it('cannot be started twice in one state folder', async () => {
    const first = await start(await webServer());
    await assert.rejects(start(await webServer()), (error: Error) => {
      assert.ok(error instanceof StateFolderInUseError);
      assert.equal(error.facts.ownerPid, process.pid);
      return true;
    });
    assert.ok(await isRunning(first.pid));
    assert.ok(await findRunningServer(stateFolder, 'web'));
  });

  describe('whose starter was killed', () => {
    let starter: ChildProcess;

    /** Starts a server from a process of its own and kills that process; gives the server's id. */
    async function orphan(): Promise<number> {
      const module = path.resolve('src/local/processes/server-process.ts');
      const command = await webServer();
      const code = `
        const { startServerProcess } = require(${JSON.stringify(module)});
        const command = ${JSON.stringify(command)};
        command.probe = async () => { await fetch(command.details.url); };
        startServerProcess({ name: 'web', stateFolder: ${JSON.stringify(stateFolder)}, prepare: async () => command })
          .then((server) => { process.send(server.pid); setInterval(() => {}, 1000); });`;
      const file = path.join(stateFolder, 'starter.cjs');
      await writeFile(file, code);
      starter = spawn(process.execPath, ['--import', 'tsx', file], {
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      });
      const [pid] = (await once(starter, 'message')) as [number];
      assert.ok(await isRunning(pid));
      starter.kill('SIGKILL');
      await once(starter, 'exit');
      return pid;
    }

    it('ends too', async () => {
      const pid = await orphan();
      assert.ok(await untilGone(pid, 5_000), 'the server outlived its starter');
    });

    it('leaves the state folder to the next start', async () => {
      const pid = await orphan();
      const next = await start(await webServer());
      assert.equal(await isRunning(pid), false);
      assert.notEqual(next.pid, pid);
    });
  });

  it('ends a leftover that nothing guards any more', async () => {
    const leftover = spawn('sleep', ['600'], { stdio: 'ignore' });
    const pid = leftover.pid!;
    await mkdir(path.join(stateFolder, 'run'));
    await writeFile(
      path.join(stateFolder, 'run', 'web.json'),
      JSON.stringify({
        owner: { pid: process.pid, identity: 'of an earlier process' },
        server: { pid, identity: await processIdentity(pid) },
        details: {},
      }),
    );
    await start(await webServer());
    assert.equal(await isRunning(pid), false);
  });

  it('leaves alone a process that merely has the id of an old server', async () => {
    const innocent = spawn('sleep', ['600'], { stdio: 'ignore' });
    const pid = innocent.pid!;
    await mkdir(path.join(stateFolder, 'run'));
    await writeFile(
      path.join(stateFolder, 'run', 'web.json'),
      JSON.stringify({
        owner: { pid: 999_999_999, identity: '1' },
        server: { pid, identity: 'of an earlier process' },
        details: {},
      }),
    );
    await start(await webServer());
    assert.ok(await isRunning(pid));
    innocent.kill();
    await once(innocent, 'exit');
  });
});

describe('the identity of a process', () => {
  it('tells a process from another with the same id', async () => {
    const identity = await processIdentity(process.pid);
    assert.ok(identity);
    assert.equal(await processIdentity(process.pid), identity);
    assert.equal(await isAlive(process.pid, identity), true);
    assert.equal(await isAlive(process.pid, 'another'), false);
    assert.equal(await isAlive(999_999_999, identity), false);
  });
});
