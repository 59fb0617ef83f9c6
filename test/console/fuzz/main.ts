import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pythonEnvironment } from '../../../bench/support/python';
import type { Session } from '../../../src/console/api';
import { startConsole } from '../../../src/console/server/listen';
import { reviewWorkflowId } from '../../../src/domain/cycle';
import { openObjectStore } from '../../../src/platform/storage/object-store';
import { searchAttributes } from '../../../src/workflows/search-attributes';
import type { review } from '../../../src/workflows/review';
import { localEnvironment, stopTestServers } from '../../support/servers';
import { layOutReview } from '../waiting-review';
import { startReviewWorker } from '../worker/start';

/**
 * Fuzzes the console's API from its own OpenAPI document with Schemathesis, on the loopback, against a review that waits
 * in a real workflow. Arguments go on to Schemathesis.
 */
async function main(more: readonly string[]): Promise<number> {
  const python = await pythonEnvironment(join(__dirname, 'requirements.txt'));
  const folder = await mkdtemp(join(tmpdir(), 'ciclo-fuzz-'));
  const environment = await localEnvironment(searchAttributes);
  const store = openObjectStore();
  // Two approvals: one person's does not end the review.
  const { pipeline, input } = await layOutReview(store, folder, { approvals: 2 });
  const taskQueue = `fuzz-${randomUUID()}`;
  const worker = await startReviewWorker(environment.address, taskQueue);
  await environment.client.workflow.start<typeof review>('review', {
    workflowId: reviewWorkflowId(pipeline.name, 1),
    taskQueue,
    args: [input],
  });
  const console = await startConsole(
    {
      client: environment.client,
      store,
      pipelines: { names: () => Promise.resolve([pipeline.name]), read: () => Promise.resolve(pipeline) },
      access: { kind: 'link', author: 'ana', role: 'admin' },
      publicUrl: null,
      temporalUi: null,
      pageFolder: null,
      requestsAMinute: 1_000_000,
    },
    { host: '127.0.0.1', port: 0 },
  );
  try {
    const entered = await fetch(console.link(), { redirect: 'manual' });
    const cookie = String(entered.headers.get('set-cookie')).split(';')[0]!;
    const asked = await fetch(`${console.url}/api/session`, { headers: { cookie } });
    const { csrfToken } = (await asked.json()) as Session;
    const settings = join(folder, 'schemathesis.toml');
    await writeFile(
      settings,
      `[parameters]
"path.pipeline" = ${JSON.stringify(pipeline.name)}
"path.cycle" = 1
# What is of the right form may still be refused: by what was decided before, and by rules between parameters.
[checks.positive_data_acceptance]
expected-statuses = ["2xx", 400, 401, 403, 404, 409, 422, 503]
# Node's own parser refuses methods that it has never heard of, with 400.
[checks.unsupported_method]
enabled = false
`,
    );
    const child = spawn(
      join(dirname(python), 'schemathesis'),
      [
        ...['--config-file', settings, 'run', `${console.url}/api/openapi.json`],
        ...['--header', `cookie: ${cookie}`, '--header', `x-csrf-token: ${csrfToken}`],
        // Whoever is signed in already cannot be refused for coming without a sign-in.
        ...['--exclude-checks', 'ignored_auth', '--seed', '1', '--no-color'],
        ...['--phases', 'examples,coverage,fuzzing', '--max-examples', '15', ...more],
      ],
      { stdio: 'inherit', cwd: folder },
    );
    const [code] = (await once(child, 'exit')) as [number | null];
    return code ?? 1;
  } finally {
    await console.close();
    worker.kill('SIGKILL');
    await stopTestServers();
    await rm(folder, { recursive: true, force: true });
  }
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
