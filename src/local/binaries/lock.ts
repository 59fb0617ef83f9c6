import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { isAlive, processIdentity } from '../processes/identity';

const POLL_MS = 300;
const EMPTY_POLLS = 5;

interface LockHolder {
  pid: number;
  identity: string | undefined;
}

async function readHolder(file: string): Promise<LockHolder | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as LockHolder;
  } catch {
    return undefined;
  }
}

/**
 * Runs `work` while no other process does so under the same lock file; waits for the other one to end, and takes over
 * the lock of a process that has died.
 *
 * @param onWait called once when another process holds the lock, with its id
 */
export async function withLock<T>(
  file: string,
  onWait: (pid: number) => void,
  work: () => Promise<T>,
): Promise<T> {
  await mkdir(path.dirname(file), { recursive: true });
  const mine = JSON.stringify({ pid: process.pid, identity: await processIdentity(process.pid) });
  let waiting = false;
  let emptyPolls = 0;
  for (;;) {
    try {
      await writeFile(file, mine, { flag: 'wx' });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = await readHolder(file);
    // A lock that stays empty is that of a process that died between making the file and writing into it.
    emptyPolls = holder ? 0 : emptyPolls + 1;
    const abandoned = holder ? !(await isAlive(holder.pid, holder.identity)) : emptyPolls > EMPTY_POLLS;
    if (abandoned) {
      await rm(file, { force: true });
      continue;
    }
    if (holder && !waiting) {
      waiting = true;
      onWait(holder.pid);
    }
    await sleep(POLL_MS);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}
