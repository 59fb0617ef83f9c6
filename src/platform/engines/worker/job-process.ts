import { type ChildProcess, fork } from 'node:child_process';
import { extname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import type { JobName } from '../../../domain/job';

/** From SIGTERM to SIGKILL. */
const killGraceMs = 5_000;
const keptErrorLines = 20;

/** How a job's process ended. */
export interface ProcessEnd {
  /** Null when a signal ended it. */
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  /** The last lines on its standard error. */
  errorLines: string[];
}

/** The jobs' entry point: compiled beside compiled code, TypeScript beside TypeScript. */
export const jobsEntry = join(__dirname, '..', '..', '..', 'jobs', `main${extname(__filename)}`);
const guard = pathToFileURL(join(__dirname, `end-with-parent${extname(__filename)}`)).href;

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) signalGroup(child, 'SIGKILL');
});

/**
 * Starts a job as a process of its own and as the leader of a process group.
 *
 * @param entry the program
 * @param signal ends it, and everything that it started
 */
export function startJobProcess(
  entry: string,
  job: JobName,
  specUri: string,
  signal: AbortSignal,
): { pid: number | undefined; ended: Promise<ProcessEnd> } {
  const inherited = process.execArgv.filter((argument) => !argument.startsWith('--inspect'));
  const child = fork(entry, [job, '--spec', specUri], {
    detached: true,
    execArgv: [...inherited, '--import', guard],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  running.add(child);
  const errorLines: string[] = [];
  if (child.stderr !== null) {
    createInterface({ input: child.stderr }).on('line', (line) => {
      errorLines.push(line);
      if (errorLines.length > keptErrorLines) errorLines.shift();
    });
  }
  let killTimer: NodeJS.Timeout | undefined;
  const stop = () => {
    signalGroup(child, 'SIGTERM');
    killTimer = setTimeout(() => signalGroup(child, 'SIGKILL'), killGraceMs);
  };
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });
  const ended = new Promise<ProcessEnd>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode, by) => resolve({ exitCode, signal: by, errorLines }));
  }).finally(() => {
    clearTimeout(killTimer);
    signal.removeEventListener('abort', stop);
    running.delete(child);
    // What the leader leaves behind goes with it.
    signalGroup(child, 'SIGKILL');
  });
  return { pid: child.pid, ended };
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
