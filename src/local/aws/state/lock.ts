import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Keeps a second process away from a state folder; the lock of a dead process does not count.
 * @returns gives the folder free
 * @throws Error naming the process that uses it
 */
export function lockState(stateDirectory: string): () => void {
  const path = join(stateDirectory, 'process.pid');
  const owner = readOwner(path);
  if (owner !== null && owner !== process.pid && isAlive(owner)) {
    throw new Error(
      `The state folder ${stateDirectory} is used by the process ${owner}. End it, or name another folder.`,
    );
  }
  writeFileSync(path, String(process.pid));
  return () => rmSync(path, { force: true });
}

function readOwner(path: string): number | null {
  try {
    return Number(readFileSync(path, 'utf8')) || null;
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
