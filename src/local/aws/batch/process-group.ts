import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { constants } from 'node:os';
import { identityOf, type ProcessIdentity, startOf } from '../state/process-identity';

export interface RunningProcess {
  identity: ProcessIdentity;
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
  return { identity: child.pid === undefined ? { pid: 0, startedAs: null } : identityOf(child.pid), exit };
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
export function killLeftover({ pid, startedAs }: ProcessIdentity): void {
  const start = startOf(pid);
  if (start === null || start === startedAs) signalGroup(pid, 'SIGKILL');
}

function signalNumber(signal: NodeJS.Signals): number {
  return constants.signals[signal];
}
