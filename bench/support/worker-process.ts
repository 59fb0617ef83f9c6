import { fork, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workflowBundle } from '../../test/support/workflow-worker';

/** A worker of today's workflows with activities that return at once, as a process that can be killed. */
export class WorkerProcess {
  private constructor(
    private readonly child: ChildProcess,
    private readonly messages: Set<string>,
  ) {}

  /**
   * @param where the server, the task queue, the file with the bundled workflows
   * @param hangs an activity that beats and never returns
   */
  static async start(
    where: { address: string; taskQueue: string; bundle: string },
    hangs = '',
  ): Promise<WorkerProcess> {
    const child = fork(join(__dirname, 'mock-worker.ts'), {
      execArgv: ['--import', 'tsx'],
      env: {
        ...process.env,
        ADDRESS: where.address,
        TASK_QUEUE: where.taskQueue,
        BUNDLE: where.bundle,
        HANGS: hangs,
      },
    });
    const messages = new Set<string>();
    child.on('message', (message) => messages.add(message as string));
    const process_ = new WorkerProcess(child, messages);
    await process_.says('ready');
    return process_;
  }

  /** Waits until the worker has said that. */
  async says(message: string): Promise<void> {
    while (!this.messages.has(message)) {
      if (this.child.exitCode !== null) throw new Error(`The worker ended with ${this.child.exitCode}.`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Resident memory in bytes, from /proc. */
  memoryBytes(): number {
    const status = readFileSync(`/proc/${this.child.pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
  }

  /** Ends it at once, as the kernel does when memory runs out. */
  kill(): Promise<void> {
    return new Promise((resolve) => {
      this.child.once('exit', () => resolve());
      this.child.kill('SIGKILL');
    });
  }
}

/** Bundles today's workflows into a file. */
export async function bundleToFile(): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'ciclo-bench-')), 'workflows.bundle.js');
  await writeFile(file, (await workflowBundle()).code);
  return file;
}
