import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { resolveBinary } from '../../src/local/binaries/resolve';
import { watchWorkflowId } from '../../src/domain/watch';
import type { watchPromotion } from '../../src/workflows/watch-promotion';
import { searchAttributes } from '../../src/workflows/search-attributes';
import { localEnvironment, stopTestServers } from '../support/servers';
import { withWorker } from '../support/workflow-worker';
import { bot, mockActivities, promotionPlan } from '../workflows/mock-activities';
import { saveCycles, saveOthers } from './saved-shapes';

/**
 * Saves the histories of today's workflows, for later code to be replayed against: `npm run replay:save`. Run it when
 * a workflow gets a new shape, and keep the files of the former one.
 */
async function main(): Promise<void> {
  const folder = join(__dirname, 'histories');
  await mkdir(folder, { recursive: true });
  const environment = await localEnvironment(searchAttributes);
  const temporal = await resolveBinary('temporal');
  const save = async (name: string, workflowId: string) => {
    const { stdout } = await promisify(execFile)(
      temporal.path,
      ['workflow', 'show', '--workflow-id', workflowId, '--output', 'json', '--address', environment.address],
      { maxBuffer: 64 * 1024 * 1024 },
    );
    await writeFile(join(folder, `${name}.json`), `${JSON.stringify(JSON.parse(stdout))}\n`);
  };
  await saveCycles(environment, save);
  await saveOthers(environment, save);
  await saveWatches(environment, save);
  await stopTestServers();
}

/** A watch whose window is over at its first look, and one that takes the version back. */
async function saveWatches(
  environment: Awaited<ReturnType<typeof localEnvironment>>,
  save: (name: string, workflowId: string) => Promise<void>,
): Promise<void> {
  const over = new Date(Date.now() - 48 * 3_600_000).toISOString();
  const traffic = {
    held: { requests: 400, missed: 40, errors: 0 },
    'rolled-back': { requests: 400, missed: 300, errors: 0 },
  };
  for (const [shape, seen] of Object.entries(traffic)) {
    const mocks = mockActivities({
      resolveBot: () => Promise.resolve({ ...bot, liveVersion: '2' }),
      readBaseline: () =>
        Promise.resolve({
          requests: 5000,
          missed: 500,
          errors: 0,
          from: over,
          until: over,
          dispersion: { missed: 1, errors: 1 },
        }),
      readTraffic: () => Promise.resolve({ liveVersion: '2', traffic: seen }),
    });
    await withWorker(environment, mocks.activities, async (taskQueue) => {
      const workflowId = watchWorkflowId(shape, 2);
      await environment.client.workflow.execute<typeof watchPromotion>('watchPromotion', {
        workflowId,
        taskQueue,
        args: [
          {
            ...promotionPlan,
            pipeline: shape,
            modelVersion: 2,
            previousModelVersion: 1,
            bot,
            previousVersion: '1',
            switchedAt: over,
            liveAt: over,
          },
        ],
      });
      await save(`watch-${shape}`, workflowId);
      if (shape === 'rolled-back') await save('rollback-by-watch', `rollback/${shape}`);
    });
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
