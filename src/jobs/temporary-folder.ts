import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { namingFullDisk } from '../platform/disk-space';

/**
 * Runs something with a folder of its own, which is gone afterwards: also when the process is told to exit meanwhile.
 *
 * @throws DiskFullError where there is no room for what is written there
 */
export async function withTemporaryFolder<T>(name: string, run: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), `ciclo-${name}-`));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  try {
    return await namingFullDisk(
      tmpdir(),
      `the job "${name}" keeps there what it sorts`,
      'Free some of it, or set TMPDIR to a folder of a larger disk.',
      () => run(folder),
    );
  } finally {
    process.removeListener('exit', remove);
    remove();
  }
}
