import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DefaultLogger, Runtime, Worker, bundleWorkflowCode } from '@temporalio/worker';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { stageNames } from '../../src/domain/cycle';
import { workerSettings } from '../../src/worker';
import { searchAttributes } from '../../src/workflows/search-attributes';
import { localEnvironment, stopTestServers } from '../../test/support/servers';
import { mockActivities } from '../../test/workflows/mock-activities';
import { describeMachine } from '../support/machine';
import { median } from '../support/statistics';
import { markdownTable, ratio } from '../support/table';
import type { BareInput } from './workflows';

const usage = `Usage: npm run bench -- cycle [--rounds 15]

Runs whole cycles whose activities return at once, and bare workflows with as many activity calls, on one server.`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { rounds: { type: 'string', default: '15' }, help: { type: 'boolean' } },
  });
  if (values.help) return console.log(usage);
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const environment = await localEnvironment(searchAttributes);
  const mocks = mockActivities({
    openReview: () => Promise.resolve({ proposals: [], existingIntents: ['Saludar'] }),
  });
  const taskQueue = `bench-${randomUUID()}`;
  const worker = await Worker.create({
    ...workerSettings,
    connection: environment.nativeConnection,
    namespace: environment.namespace,
    taskQueue,
    workflowBundle: await bundleWorkflowCode({
      workflowsPath: join(__dirname, 'workflows.ts'),
      logger: new DefaultLogger('WARN'),
    }),
    activities: { ...mocks.activities, nothing: () => Promise.resolve() },
  });
  await worker.runUntil(async () => {
    const run = (workflow: string, input: object) => timed(environment, taskQueue, workflow, input);
    await run('retrain', { pipeline: 'warm-up', trigger: 'manual' });
    const calls = mocks.calls.length;
    const bare = (parts: Partial<BareInput>) =>
      run('bare', { calls, children: 0, displays: 0, ...parts } satisfies BareInput);
    await bare({});
    // One child workflow of a cycle promotes; a stage changes what is shown when it begins and when it ends.
    const contestants: Record<string, () => Promise<number>> = {
      [`bare workflow, ${calls} activity calls`]: () => bare({}),
      '… and one child workflow': () => bare({ children: 1 }),
      '… and search attributes and details': () => bare({ children: 1, displays: 2 * stageNames.length }),
      'a whole cycle': () => run('retrain', { pipeline: `p-${randomUUID()}`, trigger: 'manual' }),
    };
    const names = Object.keys(contestants);
    const times = new Map<string, number[]>(names.map((name) => [name, []]));
    for (let round = 0; round < Number(values.rounds); round++)
      for (const name of names) times.get(name)!.push(await contestants[name]!());
    const medians = names.map((name) => median(times.get(name)!));
    const rows = names.map((name, index) => [
      name,
      `${Math.round(medians[index]!)} ms`,
      ratio(medians[index]!, medians[0]!),
    ]);
    console.log(`\n${describeMachine()}\n\n${markdownTable(['workflow', 'median', 'of bare'], rows)}`);
  });
  await stopTestServers();
}

/** Milliseconds from the start of a workflow to its result. */
async function timed(
  { client }: TestWorkflowEnvironment,
  taskQueue: string,
  workflow: string,
  input: object,
): Promise<number> {
  const startedMs = performance.now();
  await client.workflow.execute(workflow, { workflowId: randomUUID(), taskQueue, args: [input] });
  return performance.now() - startedMs;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
