import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const execFileAsync = promisify(execFile);

/**
 * What tells a process from a later one that got the same id: its start time as the system counts it.
 *
 * Linux: field 22 of /proc/PID/stat (proc(5)); elsewhere `ps -o lstart`. A process that has ended but was not waited
 * for yet counts as gone.
 *
 * @returns undefined when there is no such process
 */
export async function processIdentity(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') {
    try {
      const text = await readFile(`/proc/${pid}/stat`, 'utf8');
      // The second field is the program's name in brackets and may itself hold spaces and brackets.
      const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
      const [state, startTime] = [fields[0], fields[19]];
      return state === 'Z' || state === 'X' ? undefined : startTime;
    } catch {
      return undefined;
    }
  }
  try {
    const { stdout } = await execFileAsync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)]);
    const [state, ...startTime] = stdout.trim().split(/\s+/);
    return !state || state.startsWith('Z') ? undefined : startTime.join(' ');
  } catch {
    return undefined;
  }
}

/** True while the very process that once had this identity is running. */
export async function isAlive(pid: number, identity: string | undefined): Promise<boolean> {
  const current = await processIdentity(pid);
  return current !== undefined && current === identity;
}
