import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { reviewWorkflowId } from '../../src/domain/cycle';
import { workerSettings } from '../../src/worker';
import { finishUpdate } from '../../src/workflows/review';
import { searchAttributes } from '../../src/workflows/search-attributes';
import { localEnvironment, stopTestServers } from '../../test/support/servers';
import { describeMachine } from '../support/machine';
import { markdownTable, megabytes, ratio } from '../support/table';
import { bundleToFile, WorkerProcess } from '../support/worker-process';

const usage = `Usage: npm run bench -- reviews [--cycles 1000]

Lets that many cycles wait for their review at once on one worker, measures its memory, finishes every review and
measures how long it takes until the last cycle has reacted: built its data set, found nothing to train, told people. A tenth of the cycles is the peer.`;

/** Client calls under way at once. */
const callsAtOnce = 50;

interface Measured {
  cycles: number;
  waitingMemoryBytes: number;
  finishedMemoryBytes: number;
  seconds: number;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { cycles: { type: 'string', default: '1000' }, help: { type: 'boolean' } },
  });
  if (values.help) return console.log(usage);
  const cycles = Number(values.cycles);
  const bundle = await bundleToFile();
  const few = await measure(Math.ceil(cycles / 10), bundle);
  const many = await measure(cycles, bundle);
  const row = (one: Measured) => [
    String(one.cycles),
    megabytes(one.waitingMemoryBytes),
    megabytes(one.finishedMemoryBytes),
    `${one.seconds.toFixed(1)} s`,
    `${((1000 * one.seconds) / one.cycles).toFixed(0)} ms`,
  ];
  const headings = [
    'cycles waiting',
    'worker memory, waiting',
    'worker memory, at the end',
    'until the last one reacted',
    'a cycle',
  ];
  console.log(
    `\n${describeMachine()}; ${workerSettings.maxCachedWorkflows} workflows cached\n\n` +
      `${markdownTable(headings, [row(few), row(many)])}\n\n` +
      `Ten times the cycles: ${ratio(many.waitingMemoryBytes, few.waitingMemoryBytes)} the memory, ${ratio(many.seconds, few.seconds)} the time.`,
  );
  await stopTestServers();
}

async function measure(cycles: number, bundle: string): Promise<Measured> {
  const { client, address } = await localEnvironment(searchAttributes);
  const taskQueue = `bench-${randomUUID()}`;
  const worker = await WorkerProcess.start({ address, taskQueue, bundle });
  const names = Array.from({ length: cycles }, (_, index) => `${taskQueue}-${index}`);
  console.error(`Starting ${cycles} cycles`);
  await eachOf(names, (pipeline) =>
    client.workflow.start('retrain', {
      workflowId: `retrain/${pipeline}`,
      taskQueue,
      args: [{ pipeline, trigger: 'manual' }],
    }),
  );
  const waiting = `TaskQueue = "${taskQueue}" AND WorkflowType = "review" AND ExecutionStatus = "Running"`;
  while ((await client.workflow.count(waiting)).count < cycles) await sleep(250);
  await sleep(3_000);
  const waitingMemoryBytes = worker.memoryBytes();
  console.error(`Finishing ${cycles} reviews`);
  const startedMs = performance.now();
  await eachOf(names, async (pipeline) => {
    const review = client.workflow.getHandle(reviewWorkflowId(pipeline, 1));
    await review.executeUpdate(finishUpdate, { args: [{ author: 'ana' }] });
  });
  await eachOf(names, (pipeline) => client.workflow.getHandle(`retrain/${pipeline}`).result());
  const seconds = (performance.now() - startedMs) / 1000;
  const finishedMemoryBytes = worker.memoryBytes();
  await worker.kill();
  return { cycles, waitingMemoryBytes, finishedMemoryBytes, seconds };
}

async function eachOf<T>(items: readonly T[], run: (item: T) => Promise<unknown>): Promise<void> {
  const left = [...items];
  const take = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await run(item);
  };
  await Promise.all(Array.from({ length: callsAtOnce }, take));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
