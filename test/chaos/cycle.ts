import { setTimeout as sleep } from 'node:timers/promises';
import { findRunningCycle, startCycle } from '../../src/operations/cycles';
import { stageNames, type StageName } from '../../src/domain/cycle';
import { openObjectStore } from '../../src/platform/storage/object-store';
import { stageAttribute } from '../../src/workflows/search-attributes';
import { approve } from './approver';
import type { Killer } from './killer';
import type { KillPlan } from './kill-plan';
import type { CycleLogs } from './logs';
import { patiently, type PatientTemporal } from './patient-temporal';
import { logsUri, pipelineName, writePipeline } from './pipeline';
import type { World } from './world';

const lookMs = 25;
const approveEveryMs = 200;
const patienceMs = 8 * 60_000;

/** A cycle as it was driven from outside. */
export interface DrivenCycle {
  number: number;
  runId: string;
  startedMs: number;
  endedMs: number;
  /** Whether it ended in time; what it ended as is in the server's records. */
  ended: boolean;
}

/** Uploads logs, starts a cycle, approves its review and kills what the plan says, until the cycle ends. */
export async function driveCycle(
  number: number,
  logs: CycleLogs,
  {
    world,
    temporal,
    killer,
    plan,
  }: { world: World; temporal: PatientTemporal; killer: Killer; plan: KillPlan },
  signal: AbortSignal,
): Promise<DrivenCycle> {
  await writePipeline(world.folder, number % 2 === 1 ? 'worker' : 'batch');
  const store = openObjectStore();
  for (const [name, content] of Object.entries(logs.objects)) {
    await patiently(() => store.write(`${logsUri}${name}`, content), signal);
  }
  const startedMs = Date.now();
  const runId = await start(temporal, signal);
  const over = new AbortController();
  let stage: StageName | null = null;
  const aims = plan.draw();
  const killing = killer.watch(number, aims, () => stage, over.signal);
  const approving = keepApproving(temporal, number, over.signal);
  let ended = false;
  try {
    while (!ended && Date.now() < startedMs + patienceMs) {
      signal.throwIfAborted();
      try {
        const seen = await temporal.try((client) =>
          client.workflow.getHandle(`retrain/${pipelineName}`, runId).describe(),
        );
        const named = seen.typedSearchAttributes.get(stageAttribute);
        stage = stageNames.find((name) => name === named) ?? null;
        ended = seen.status.name !== 'RUNNING';
      } catch {
        // The server is down: the stage is the one last seen.
      }
      await sleep(lookMs);
    }
  } finally {
    over.abort();
    plan.giveBack(await killing);
    await approving;
  }
  return { number, runId, startedMs, endedMs: Date.now(), ended };
}

/** Starts the cycle once, even when the answer to the start was lost. */
async function start(temporal: PatientTemporal, signal: AbortSignal): Promise<string> {
  return temporal.call(async (client) => {
    const running = await findRunningCycle(client, pipelineName);
    const handle = running ?? (await startCycle(client, pipelineName, 'manual'));
    return (await handle.describe()).runId;
  }, signal);
}

async function keepApproving(temporal: PatientTemporal, cycle: number, over: AbortSignal): Promise<void> {
  const by = cycle % 4 < 2 ? 'update' : 'signal';
  while (!over.aborted) {
    await approve(temporal, by).catch(() => undefined);
    await sleep(approveEveryMs, undefined, { signal: over }).catch(() => undefined);
  }
}
