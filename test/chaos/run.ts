import { seededRandom } from '../../src/domain/random';
import { readJournal } from '../../src/local/aws/journal';
import { readPublishedMessages } from '../../src/local/aws/sns/service';
import { check } from './check';
import { coverageOf } from './coverage';
import { driveCycle, type DrivenCycle } from './cycle';
import { gatherJobs, gatherLex } from './gather-aws';
import { gatherStore } from './gather-store';
import { gatherWorkflows } from './gather-temporal';
import { jobProcesses } from './job-processes';
import { Killer } from './killer';
import { KillPlan } from './kill-plan';
import { createLogs } from './logs';
import { patiently, PatientTemporal } from './patient-temporal';
import { createTopic } from './phrases';
import type { Records, Truth, Violation } from './records';
import { formatReport, formatViolation } from './report';
import { createWorld, type World } from './world';

const topicsOfBot = 10;
/** A long run says early what it has found. */
const checkEvery = 10;

/**
 * Runs cycles while their servers are killed, then holds the servers' records against what has to be.
 * @param options.folder an empty one for everything that the run leaves
 * @returns what is not as it has to be
 */
export async function runChaos(options: {
  cycles: number;
  seed: number;
  folder: string;
  report: (line: string) => void;
  signal: AbortSignal;
}): Promise<Violation[]> {
  const { cycles, seed, folder, report, signal } = options;
  const startedMs = Date.now();
  const words = seededRandom(seed);
  const topics = Array.from({ length: topicsOfBot }, () => createTopic(words));
  const world = await createWorld(folder, topics, createTopic(words), report);
  const temporal = new PatientTemporal();
  try {
    const killer = new Killer(world);
    const plan = new KillPlan(seededRandom(seed + 1));
    const truth: Truth = { cycles: [], logs: new Map() };
    for (let number = 1; number <= cycles; number++) {
      const logs = createLogs(number, createTopic(words), topics, words);
      const { records, broken, objects } = logs;
      truth.logs.set(number, { records, broken, objects: Object.keys(objects).length });
      const driven = await driveCycle(number, logs, { world, temporal, killer, plan }, signal);
      truth.cycles.push(driven);
      report(describe(driven, killer));
      if (!driven.ended) break;
      if (number % checkEvery === 0 && number < cycles) {
        const soFar = check(await gather(world, temporal, signal), truth);
        report(`so far ${soFar.length === 0 ? 'no violation' : `${soFar.length} violations`}`);
        for (const violation of soFar) report(formatViolation(violation));
      }
    }
    const records = await gather(world, temporal, signal);
    const violations = check(records, truth);
    const outcomes: Record<string, number> = {};
    for (const { runId } of truth.cycles) {
      const workflow = records.workflows.find((one) => one.runId === runId);
      const outcome = workflow?.result?.outcome ?? workflow?.status ?? 'unknown';
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    }
    report(
      formatReport({
        seed,
        seconds: (Date.now() - startedMs) / 1000,
        outcomes,
        coverage: coverageOf(killer.kills, records, truth.cycles),
        victims: Object.values(world.victims),
        violations,
        records,
      }),
    );
    return violations;
  } finally {
    await temporal.close();
    await world.stop();
  }
}

/** Asks every server, once all are up again. */
async function gather(world: World, temporal: PatientTemporal, signal: AbortSignal): Promise<Records> {
  for (const victim of Object.values(world.victims)) await victim.up();
  return {
    workflows: await temporal.call(gatherWorkflows, signal),
    lex: await patiently(gatherLex, signal),
    journal: readJournal(world.awsFolder),
    messages: readPublishedMessages(world.awsFolder),
    jobs: await patiently(gatherJobs, signal),
    store: await gatherStore(),
    jobProcesses: jobProcesses(String(process.env['AWS_ENDPOINT_URL_S3'])),
  };
}

function describe({ number, startedMs, endedMs, ended }: DrivenCycle, { kills }: Killer): string {
  const own = kills.filter(({ cycle }) => cycle === number);
  const killed = own.map(({ victim, atMs, aim: { moment } }) => {
    const when =
      moment.kind === 'stage'
        ? moment.stage
        : moment.kind === 'request'
          ? `after ${moment.operation}`
          : 'random';
    return `${victim} (${when}, ${((atMs - startedMs) / 1000).toFixed(1)} s)`;
  });
  const time = new Date().toISOString().slice(11, 19);
  return `${time}  cycle ${number} ${ended ? 'ended' : 'DID NOT END'} after ${((endedMs - startedMs) / 1000).toFixed(1)} s  killed: ${killed.join(', ') || 'nothing'}`;
}
