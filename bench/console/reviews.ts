import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { reviewPage } from '../../src/domain/console-address';
import { reviewWorkflowId } from '../../src/domain/cycle';
import type * as listen from '../../src/console/server/listen';
import type * as objectStore from '../../src/platform/storage/object-store';
import type { review } from '../../src/workflows/review';
import { searchAttributes } from '../../src/workflows/search-attributes';
import { pageFolder } from '../../test/console/page/browser';
import { layOutReview, type ReviewMaterials } from '../../test/console/waiting-review';
import { startReviewWorker } from '../../test/console/worker/start';
import { localEnvironment, stopTestServers } from '../../test/support/servers';

/**
 * Starts everything as `npm start` does, and waits until the café's review does.
 * @param dist the build
 * @param body gets the link to the review
 */
export async function withCafeReview<T>(dist: string, body: (link: string) => Promise<T>): Promise<T> {
  const stateFolder = await mkdtemp(join(tmpdir(), 'ciclo-bench-'));
  const up = spawn(process.execPath, [join(dist, 'client.js'), 'up', '--once', '--author', 'ana'], {
    env: { ...process.env, CICLO_STATE_FOLDER: stateFolder, NO_COLOR: '1' },
  });
  let said = '';
  for (const stream of [up.stdout, up.stderr])
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  try {
    for (;;) {
      const link = /http:\S+\?token=\S+#\/cafe\/review\/1/.exec(said)?.[0];
      if (link !== undefined) return await body(link);
      if (up.exitCode !== null) throw new Error(`npm start ended with ${up.exitCode}:\n${said}`);
      await sleep(200);
    }
  } finally {
    if (up.exitCode === null) {
      up.kill('SIGINT');
      await once(up, 'exit');
    }
    await rm(stateFolder, { recursive: true, force: true });
  }
}

/** Lets a review wait in a real workflow, and serves the console for it. */
export async function withReview<T>(
  dist: string,
  materials: ReviewMaterials,
  body: (link: string) => Promise<T>,
): Promise<T> {
  const built = <Module>(path: string) => import(join(dist, path)) as Promise<Module>;
  const { startConsole } = await built<typeof listen>('console/server/listen.js');
  const { openObjectStore } = await built<typeof objectStore>('platform/storage/object-store.js');
  const folder = await mkdtemp(join(tmpdir(), 'ciclo-bench-'));
  const store = openObjectStore();
  const { pipeline, input } = await layOutReview(store, folder, {}, materials);
  const { client, address } = await localEnvironment(searchAttributes);
  const taskQueue = `bench-${randomUUID()}`;
  const worker = await startReviewWorker(address, taskQueue);
  await client.workflow.start<typeof review>('review', {
    workflowId: reviewWorkflowId(pipeline.name, 1),
    taskQueue,
    args: [input],
  });
  const console = await startConsole(
    {
      client,
      store,
      pipelines: { names: () => Promise.resolve([pipeline.name]), read: () => Promise.resolve(pipeline) },
      access: { kind: 'link', author: 'ana', role: 'admin' },
      publicUrl: null,
      temporalUi: null,
      pageFolder,
    },
    { host: '127.0.0.1', port: 0 },
  );
  try {
    return await body(console.link(reviewPage(pipeline.name, 1)));
  } finally {
    await console.close();
    worker.kill();
    await stopTestServers();
    await rm(folder, { recursive: true, force: true });
  }
}
