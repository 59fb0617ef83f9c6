import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** What a process took, with all that it started. */
export interface Measured {
  /** From start to exit. */
  seconds: number;
  /** User and system time of all processes and threads. */
  cpuSeconds: number;
  /** The most resident memory (RSS) that its processes held at one moment. */
  peakMemoryBytes: number;
  stdout: string;
}

const sampleIntervalMs = 20;
/** The kernel counts processor time in these for /proc, on every architecture. */
const ticksPerSecond = 100;

/**
 * Runs a program to its end and measures it from /proc (Linux only): processor time and memory of it and of every
 * process below it. What it writes to stderr is passed on.
 *
 * @throws Error where the program cannot be started or does not exit with 0
 */
export async function runMeasured(command: string, commandArguments: string[]): Promise<Measured> {
  const startedMs = performance.now();
  const child = spawn(command, commandArguments, { stdio: ['ignore', 'pipe', 'inherit'] });
  const usage = new Usage();
  const sampling = setInterval(() => child.pid !== undefined && usage.sample(child.pid), sampleIntervalMs);
  try {
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    const seconds = (performance.now() - startedMs) / 1000;
    if (code !== 0)
      throw new Error(
        `${command} ${commandArguments.join(' ')} ended with ${code}. What it printed is above.`,
      );
    return { seconds, cpuSeconds: usage.cpuSeconds(), peakMemoryBytes: usage.peakMemoryBytes, stdout };
  } finally {
    clearInterval(sampling);
  }
}

/** Adds up what a tree of processes takes, sample by sample. */
class Usage {
  peakMemoryBytes = 0;
  private readonly cpuSecondsByProcess = new Map<number, number>();

  sample(root: number): void {
    let memory = 0;
    for (const pid of descendants(root)) {
      const status = readProc(`${pid}/status`);
      const stat = readProc(`${pid}/stat`);
      if (status === null || stat === null) continue;
      memory += kilobytes(status, 'VmRSS') * 1024;
      // The kernel's own high-water mark also sees what happened between two samples.
      this.peakMemoryBytes = Math.max(this.peakMemoryBytes, kilobytes(status, 'VmHWM') * 1024);
      // Behind the name in brackets, which may hold spaces: user and system time are fields 14 and 15 of `man 5 proc`.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      this.cpuSecondsByProcess.set(pid, (Number(fields[11]) + Number(fields[12])) / ticksPerSecond);
    }
    this.peakMemoryBytes = Math.max(this.peakMemoryBytes, memory);
  }

  cpuSeconds(): number {
    return [...this.cpuSecondsByProcess.values()].reduce((sum, seconds) => sum + seconds, 0);
  }
}

/** A process and all below it that are alive. */
function descendants(root: number): number[] {
  const found = [root];
  for (const pid of found)
    for (const thread of threadsOf(pid))
      for (const child of readProc(`${pid}/task/${thread}/children`)?.split(' ') ?? [])
        if (child !== '') found.push(Number(child));
  return found;
}

function threadsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

/** @returns null where the process has ended meanwhile */
function readProc(path: string): string | null {
  try {
    return readFileSync(`/proc/${path}`, 'utf8');
  } catch {
    return null;
  }
}

function kilobytes(status: string, field: string): number {
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1] ?? 0);
}
