import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process with what tells it from a later one that got the same number. */
export interface ProcessIdentity {
  pid: number;
  startedAs: string | null;
}

export function identityOf(pid: number): ProcessIdentity {
  return { pid, startedAs: startOf(pid) };
}

/** When a process started, in words that only serve to compare; null when there is none. */
export function startOf(pid: number): string | null {
  if (process.platform !== 'linux') {
    return spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim() || null;
  }
  try {
    // The 22nd field of /proc/PID/stat; the second, in parentheses, may hold blanks.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
