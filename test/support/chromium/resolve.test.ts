import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import type { CommandResult, Effects } from '../../../src/local/binaries/effects';
import { realEffects } from '../../../src/local/binaries/effects';
import { resolveChromium } from './resolve';

describe('a Chromium to test in', () => {
  let folder: string;
  let playwrightPath: string;
  const lines: string[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'ciclo-chromium-'));
    playwrightPath = path.join(folder, 'playwright', 'chrome');
    lines.length = 0;
  });
  afterEach(() => rm(folder, { recursive: true }));

  const executable = async (file: string) => {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, '#!/bin/sh\n');
    await chmod(file, 0o755);
    return file;
  };
  const resolve = (env: NodeJS.ProcessEnv, run: Effects['run'] = unexpected) =>
    resolveChromium({
      effects: {
        env: { PATH: path.join(folder, 'bin'), ...env },
        platform: 'linux-x64',
        cacheFolder: path.join(folder, 'cache'),
        run,
        download: () => Promise.reject(new Error('nothing is downloaded')),
      },
      playwrightPath,
      report: (line) => lines.push(line),
    });
  const unexpected = (command: string): Promise<CommandResult> => {
    throw new Error(`${command} was run`);
  };

  it('is the one that is given, which must be there', async () => {
    const given = await executable(path.join(folder, 'mine'));
    assert.deepEqual(await resolve({ CICLO_CHROMIUM: given }), {
      executablePath: given,
      env: {},
      source: 'given',
    });
    await assert.rejects(resolve({ CICLO_CHROMIUM: path.join(folder, 'gone') }), /Correct the path or unset/);
  });

  it('is an installed one, else the one that Playwright keeps', async () => {
    await executable(playwrightPath);
    assert.equal((await resolve({})).source, 'playwright');
    const installed = await executable(path.join(folder, 'bin', 'google-chrome'));
    assert.equal((await resolve({})).executablePath, installed);
  });

  it('is downloaded as Playwright does', async () => {
    const found = await resolve({}, async (_, [, ...rest]) => {
      assert.deepEqual(rest, ['install', 'chromium', '--no-shell']);
      await executable(playwrightPath);
      return { ok: true, output: '' };
    });
    assert.equal(found.executablePath, playwrightPath);
    assert.deepEqual(lines, ['chromium: downloading it as Playwright does …']);
  });

  it('says every reason when nothing works', async () => {
    const refuse = (command: string): Promise<CommandResult> =>
      Promise.resolve({ ok: false, reason: `${path.basename(command)} ended with exit code 1` });
    await assert.rejects(
      resolve({}, refuse),
      /^Error: There is no Chromium to test in \(node ended with exit code 1; npm ended with exit code 1\)\. Install/,
    );
  });

  it('comes from the npm registry otherwise, once', async function () {
    if (process.env.CICLO_TEST_FETCH !== '1') this.skip();
    this.timeout(600_000);
    const real = realEffects();
    const onlyNpm: Effects['run'] = (command, commandArguments, options) =>
      command === process.execPath
        ? Promise.resolve({ ok: false, reason: 'no way there' })
        : real.run(command, commandArguments, options);
    const found = await resolve({}, onlyNpm);
    assert.equal(found.source, 'npm');
    const started = await real.run(found.executablePath, ['--version'], {
      env: { ...process.env, ...found.env },
      timeoutMs: 30_000,
    });
    assert.match(started.ok ? started.output : started.reason, /^Chromium \d+/);
    assert.deepEqual(await resolve({}), found);
  });
});
