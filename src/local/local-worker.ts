import { existsSync } from 'node:fs';
import { CicloError } from '../domain/errors';
import { startServerProcess, type ServerProcess } from './processes/server-process';

/** A worker needs this long at most to let its activities note where they are. */
const stopGraceMs = 20_000;

/**
 * Starts the worker as a process of its own.
 * @throws CicloError when it was not built
 */
export async function startLocalWorker(options: {
  stateFolder: string;
  /** Where the servers are. */
  environment: Record<string, string>;
  /** The compiled `worker.js`. */
  entry: string;
  /** The folder with `pipelines/`; this process's own folder by default. */
  workingFolder?: string;
}): Promise<ServerProcess> {
  const { entry, environment, stateFolder, workingFolder } = options;
  if (!existsSync(entry)) throw new CicloError('The worker is not built. Run "npm run build" first.');
  return startServerProcess({
    name: 'worker',
    stateFolder,
    prepare: () =>
      Promise.resolve({
        executable: process.execPath,
        args: [entry],
        // There is one worker here, so that its build is the one to use.
        env: { ...environment, CICLO_DEPLOY: 'now' },
        workingFolder,
        details: {},
        probe: () => Promise.resolve(),
      }),
    stopGraceMs,
  });
}
