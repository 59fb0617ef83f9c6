import { readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { writeFileAtomically } from './atomic-file';
import { identityOf, type ProcessIdentity, startOf } from './process-identity';

/** Folders that this process itself uses. */
const ownLocks = new Set<string>();

/**
 * Keeps a second stand-in away from a state folder; the lock of a dead process does not count.
 * @returns gives the folder free
 * @throws Error naming the process that uses it
 */
export function lockState(stateDirectory: string): () => void {
  const path = resolve(stateDirectory, 'process.json');
  const owner = readOwner(path);
  const used = owner?.pid === process.pid ? ownLocks.has(path) : owner !== null && isStillThere(owner);
  if (used) {
    throw new Error(
      `The state folder ${stateDirectory} is used by the process ${owner!.pid}. End it, or name another folder.`,
    );
  }
  writeFileAtomically(path, JSON.stringify(identityOf(process.pid)));
  ownLocks.add(path);
  return () => {
    ownLocks.delete(path);
    rmSync(path, { force: true });
  };
}

function readOwner(path: string): ProcessIdentity | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as ProcessIdentity;
  } catch {
    return null;
  }
}

function isStillThere({ pid, startedAs }: ProcessIdentity): boolean {
  return startedAs !== null && startOf(pid) === startedAs;
}
