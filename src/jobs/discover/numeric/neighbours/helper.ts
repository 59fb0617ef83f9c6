import { workerData } from 'node:worker_threads';
import type { HelperData } from './crew';
import { help } from './rounds';
import { runTask } from './tasks';
import { Workspace } from './workspace';

// The entry of a helping thread.
const { plan, memory, thread } = workerData as HelperData;
const workspace = new Workspace(plan, memory, thread);
help(workspace.control, (phase, task) => runTask(workspace, phase, task));
