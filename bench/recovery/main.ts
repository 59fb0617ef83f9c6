import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import type { Client } from '@temporalio/client';
import { reviewWorkflowId } from '../../src/domain/cycle';
import { activityOptions } from '../../src/workflows/activity-options';
import { finishUpdate, reviewStateQuery } from '../../src/workflows/review';
import { searchAttributes } from '../../src/workflows/search-attributes';
import { localEnvironment, stopTestServers } from '../../test/support/servers';
import { describeMachine } from '../support/machine';
import { markdownTable } from '../support/table';
import { bundleToFile, WorkerProcess } from '../support/worker-process';

const usage = `Usage: npm run bench -- recovery [--rounds 3]

Kills the worker (SIGKILL) in the middle of a step, starts another one at once, and measures how long it takes from the
kill until the cycle makes progress again; the peer is what Temporal would do without heartbeats.`;

/** A step of each kind, and the group whose time-outs it has. */
const steps = [
  { what: 'a short step (openCycle)', activity: 'openCycle', group: 'quick' },
  { what: 'a data job (prepareUtterances)', activity: 'prepareUtterances', group: 'jobs' },
  { what: 'a step of Lex (resolveBot)', activity: 'resolveBot', group: 'lex' },
] as const;

interface Server {
  client: Client;
  where: { address: string; taskQueue: string; bundle: string };
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { rounds: { type: 'string', default: '3' }, help: { type: 'boolean' } },
  });
  if (values.help) return console.log(usage);
  const rounds = Number(values.rounds);
  const { client, address } = await localEnvironment(searchAttributes);
  const bundle = await bundleToFile();
  const server = (): Server => ({
    client,
    where: { address, taskQueue: `bench-${randomUUID()}`, bundle },
  });
  const rows: string[][] = [];
  for (const { what, activity, group } of steps) {
    const seconds = await repeated(rounds, () => killedIn(server(), activity));
    const { heartbeatTimeout, startToCloseTimeout } = activityOptions[group];
    rows.push([what, range(seconds), String(heartbeatTimeout), String(startToCloseTimeout)]);
  }
  const seconds = await repeated(rounds, () => killedInReview(server()));
  rows.push(['waiting for a person', range(seconds), '–', '–']);
  const headings = [
    'killed in',
    'until progress again',
    'heartbeat time-out',
    'without heartbeats it would be up to',
  ];
  console.log(`\n${describeMachine()}\n\n${markdownTable(headings, rows)}`);
  await stopTestServers();
}

/** Seconds from the kill until the next worker has taken the step over and ended it. */
async function killedIn({ client, where }: Server, activity: string): Promise<number> {
  const worker = await WorkerProcess.start(where, activity);
  const pipeline = where.taskQueue;
  const handle = await client.workflow.start('retrain', {
    workflowId: `retrain/${pipeline}`,
    taskQueue: where.taskQueue,
    args: [{ pipeline, trigger: 'manual' }],
  });
  await worker.says('hanging');
  await worker.kill();
  const killedMs = performance.now();
  const next = await WorkerProcess.start(where);
  for (;;) {
    const { events } = await handle.fetchHistory();
    const scheduled = events?.find(
      (event) => event.activityTaskScheduledEventAttributes?.activityType?.name === activity,
    );
    const ended = events?.some((event) =>
      event.activityTaskCompletedEventAttributes?.scheduledEventId?.equals(scheduled!.eventId!),
    );
    if (ended) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const seconds = (performance.now() - killedMs) / 1000;
  await handle.terminate();
  await next.kill();
  return seconds;
}

/** Seconds from the kill until a person's answer is taken. */
async function killedInReview({ client, where }: Server): Promise<number> {
  const worker = await WorkerProcess.start(where);
  const pipeline = where.taskQueue;
  await client.workflow.start('retrain', {
    workflowId: `retrain/${pipeline}`,
    taskQueue: where.taskQueue,
    args: [{ pipeline, trigger: 'manual' }],
  });
  const review = client.workflow.getHandle(reviewWorkflowId(pipeline, 1));
  const waiting = `TaskQueue = "${where.taskQueue}" AND WorkflowType = "review"`;
  while ((await client.workflow.count(waiting)).count === 0) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  // Nothing is under way when it has answered.
  await review.query(reviewStateQuery);
  await worker.kill();
  const killedMs = performance.now();
  const next = await WorkerProcess.start(where);
  await review.executeUpdate(finishUpdate, { args: [{ author: 'ana' }] });
  const seconds = (performance.now() - killedMs) / 1000;
  await client.workflow.getHandle(`retrain/${pipeline}`).result();
  await next.kill();
  return seconds;
}

async function repeated(rounds: number, run: () => Promise<number>): Promise<number[]> {
  const seconds: number[] = [];
  for (let round = 0; round < rounds; round++) seconds.push(await run());
  return seconds;
}

function range(seconds: readonly number[]): string {
  return `${Math.min(...seconds).toFixed(1)}–${Math.max(...seconds).toFixed(1)} s`;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
