import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** Folders that this process itself uses. */
const ownLocks = new Set<string>();

/**
 * Keeps a second stand-in away from a state folder; the lock of a dead process does not count.
 * @returns gives the folder free
 * @throws Error naming the process that uses it
 */
export function lockState(stateDirectory: string): () => void {
  const path = resolve(stateDirectory, 'process.pid');
  const owner = readOwner(path);
  const used = owner === process.pid ? ownLocks.has(path) : owner !== null && isAlive(owner);
  if (used) {
    throw new Error(
      `The state folder ${stateDirectory} is used by the process ${owner}. End it, or name another folder.`,
    );
  }
  writeFileSync(path, String(process.pid));
  ownLocks.add(path);
  return () => {
    ownLocks.delete(path);
    rmSync(path, { force: true });
  };
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
