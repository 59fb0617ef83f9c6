import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { SharedMemory } from '../wasm/web-assembly';
import { closeRounds, openRound, takePart, waitForOthers } from './rounds';
import { runTask, taskCount, type Phase } from './tasks';
import { allocate, Workspace, type WorkspacePlan } from './workspace';

/** What a helping thread is started with. */
export interface HelperData {
  plan: WorkspacePlan;
  memory: SharedMemory;
  thread: number;
}

/**
 * This thread and its helpers, on one shared memory. This thread takes part in the work and blocks while it lasts;
 * helpers that are slow to start merely find less left to do.
 */
export class Crew {
  /** Of this thread: between phases it holds everything that has been found. */
  readonly workspace: Workspace;
  private readonly helpers: Workspace[] = [];

  constructor(plan: WorkspacePlan) {
    const memory = allocate(plan);
    this.workspace = new Workspace(plan, memory, 0);
    this.workspace.clear();
    for (let thread = 1; thread < plan.threads; thread++) {
      const helper = new Workspace(plan, memory, thread);
      helper.clear();
      this.helpers.push(helper);
      startHelper({ plan, memory, thread });
    }
  }

  /** Does all tasks of a phase and gathers what the threads have found. */
  run(phase: Phase): void {
    const { workspace, helpers } = this;
    openRound(workspace.control, phase, taskCount(phase, workspace.plan.rows));
    takePart(workspace.control, (current, task) => runTask(workspace, current, task));
    waitForOthers(workspace.control);
    for (const helper of helpers) workspace.merge(helper);
    for (const helper of helpers) helper.copyFrom(workspace);
  }

  /** Lets the helpers end. */
  close(): void {
    closeRounds(this.workspace.control);
  }
}

function startHelper(data: HelperData): void {
  const extension = extname(__filename);
  const helper = new Worker(join(__dirname, `helper${extension}`), {
    workerData: data,
    // What translates sources that are run as they are does not enter threads by itself.
    execArgv: extension === '.ts' ? ['--require', require.resolve('tsx/cjs')] : [],
  });
  // One that cannot start leaves its share to the others, and one that fails says so in the shared numbers.
  helper.on('error', () => undefined);
  helper.unref();
}
