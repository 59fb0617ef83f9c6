import { spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { type ProcessRecord } from './records';

export interface RunningProcess {
  record: ProcessRecord;
  /** The exit code; 128 and the signal's number when a signal ended it; null when it could not be started. */
  exit: Promise<{ code: number | null; error?: string }>;
}

/**
 * Starts a command as the leader of a process group of its own.
 * @param logPath takes what it prints
 */
export function startProcess(
  command: string[],
  environment: NodeJS.ProcessEnv,
  logPath: string,
): RunningProcess {
  const log = openSync(logPath, 'a');
  const [file, ...parameters] = command;
  const child = spawn(file!, parameters, { detached: true, env: environment, stdio: ['ignore', log, log] });
  closeSync(log);
  const exit = new Promise<{ code: number | null; error?: string }>((resolve) => {
    child.once('error', (error) => resolve({ code: null, error: error.message }));
    child.once('exit', (code, signal) => {
      // What the leader leaves behind goes with it, as in a container.
      if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
      resolve({ code: code ?? 128 + signalNumber(signal!) });
    });
  });
  const pid = child.pid ?? 0;
  return { record: { pid, startedAs: pid === 0 ? null : startOf(pid) }, exit };
}

/** Sends a signal to a whole process group; one that is gone already needs none. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  if (pid <= 0) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (!['ESRCH', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

/** Kills a group that an earlier process left, unless its number belongs to a stranger by now. */
export function killLeftover({ pid, startedAs }: ProcessRecord): void {
  const start = startOf(pid);
  if (start === null || start === startedAs) signalGroup(pid, 'SIGKILL');
}

/** When a process started, in words that only serve to compare; null when there is none. */
function startOf(pid: number): string | null {
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

function signalNumber(signal: NodeJS.Signals): number {
  return constants.signals[signal];
}
