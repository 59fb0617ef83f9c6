import { mkdir, rename, rm } from 'node:fs/promises';
import * as path from 'node:path';

import { verifySha256 } from './checksum';
import type { Effects } from './effects';
import type { BinaryPins } from './versions';

const UNPACK_TIMEOUT_MS = 120_000;

/** Downloads the archive that the project publishes, checks it and unpacks the executable into `folder`. */
export async function fetchRelease(pins: BinaryPins, folder: string, effects: Effects): Promise<void> {
  const release = effects.platform && pins.releases[effects.platform];
  if (!release) throw new Error(`no release is published for ${process.platform} on ${process.arch}`);
  const unpacked = path.join(folder, 'unpacked');
  const archive = path.join(folder, 'release.tar.gz');
  await mkdir(unpacked);
  await effects.download(release.url, archive);
  if (release.sha256) await verifySha256(archive, release.sha256);
  const result = await effects.run('tar', ['-xzf', archive, '-C', unpacked], {
    timeoutMs: UNPACK_TIMEOUT_MS,
  });
  if (!result.ok) throw new Error(result.reason);
  await rename(path.join(unpacked, release.member), path.join(folder, pins.executable));
  await rm(unpacked, { recursive: true });
  await rm(archive);
}
