import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, isGrpcServiceError } from '@temporalio/client';
import { CicloError, NotFoundError } from '../domain/errors';
import { taskQueue } from './temporal';

/** All of Ciclo's workers together, in whatever builds. */
export const deploymentName = taskQueue;

/** Of gRPC. */
const notFoundCode = 5;
const failedPreconditionCode = 9;
const pollMs = 200;
/** Of temporal.api.enums.v1.TaskQueueType. */
const workflowQueueType = 1;

/** A build of the worker, as Temporal knows it. */
export interface DeployedBuild {
  buildId: string;
  /** `current` takes all new work; `ramping` a share of it. */
  state: 'current' | 'ramping' | 'draining' | 'drained' | 'inactive';
  /** Percent of new work; 100 for the current build when nothing ramps. */
  sharePercent: number;
  /** ISO 8601, UTC. */
  firstSeenAt: string | null;
}

/** Which builds Temporal knows, the newest first; null before the first worker polled. */
export async function describeDeployment(client: Client): Promise<DeployedBuild[] | null> {
  const info = await readDeployment(client);
  if (info === null) return null;
  const routing = info.routingConfig;
  const current = routing?.currentDeploymentVersion?.buildId;
  const ramping = routing?.rampingDeploymentVersion?.buildId;
  const rampPercent = ramping ? (routing?.rampingVersionPercentage ?? 0) : 0;
  return (info.versionSummaries ?? [])
    .map(({ deploymentVersion, drainageInfo, createTime }): DeployedBuild => {
      const buildId = deploymentVersion?.buildId ?? '';
      const firstSeenAt = createTime ? new Date(Number(createTime.seconds) * 1000).toISOString() : null;
      if (buildId === current)
        return { buildId, state: 'current', sharePercent: 100 - rampPercent, firstSeenAt };
      if (buildId === ramping) return { buildId, state: 'ramping', sharePercent: rampPercent, firstSeenAt };
      const state = (['inactive', 'draining', 'drained'] as const)[drainageInfo?.status ?? 0] ?? 'inactive';
      return { buildId, state, sharePercent: 0, firstSeenAt };
    })
    .sort((one, other) => ((one.firstSeenAt ?? '') < (other.firstSeenAt ?? '') ? 1 : -1));
}

/**
 * Sends all new work to a build, and running cycles with their next step. Waits until a worker of it polls.
 *
 * @param options.pollerTimeoutMs how long to wait for a worker of it
 * @throws CicloError when none polls in that time
 */
export async function makeCurrent(
  client: Client,
  buildId: string,
  { pollerTimeoutMs = 60_000 } = {},
): Promise<void> {
  await onceItPolls(client, buildId, pollerTimeoutMs, () =>
    client.workflowService.setWorkerDeploymentCurrentVersion({
      namespace: client.options.namespace,
      deploymentName,
      buildId,
      identity: client.options.identity,
    }),
  );
}

/**
 * Sends a share of new work to a build.
 *
 * @param percent 0–100
 * @throws CicloError when no worker of that build polls in a minute
 */
export async function ramp(client: Client, buildId: string, percent: number): Promise<void> {
  await onceItPolls(client, buildId, 60_000, () =>
    client.workflowService.setWorkerDeploymentRampingVersion({
      namespace: client.options.namespace,
      deploymentName,
      buildId,
      percentage: percent,
      identity: client.options.identity,
    }),
  );
}

/** A worker that asks for work. */
export interface Poller {
  /** `PID@HOST` unless set otherwise. */
  identity: string;
  /** Null for a worker without a deployment. */
  buildId: string | null;
  /** Milliseconds since 1970. */
  lastSeenMs: number;
}

/** Who asked for work of workflows on Ciclo's task queue in the last minutes, as Temporal remembers it. */
export async function describePollers(client: Client): Promise<Poller[]> {
  const { pollers } = await client.workflowService.describeTaskQueue({
    namespace: client.options.namespace,
    taskQueue: { name: taskQueue },
    taskQueueType: workflowQueueType,
  });
  return (pollers ?? []).map(({ identity, deploymentOptions, lastAccessTime }) => ({
    identity: identity ?? '',
    buildId: deploymentOptions?.buildId || null,
    lastSeenMs: Number(lastAccessTime?.seconds ?? 0) * 1_000,
  }));
}

/** Makes this build the current one when no build is: without a current build, nothing would ever run. */
export async function makeCurrentIfFirst(client: Client, buildId: string): Promise<boolean> {
  await waitForPollers(client, buildId, 60_000);
  const builds = await describeDeployment(client);
  if (builds?.some((build) => build.state === 'current')) return false;
  await makeCurrent(client, buildId);
  return true;
}

/** The newest build that Temporal has seen. @throws NotFoundError before the first worker polled */
export async function newestBuild(client: Client): Promise<string> {
  const builds = await describeDeployment(client);
  if (builds?.[0]) return builds[0].buildId;
  throw new NotFoundError('No worker of Ciclo has ever polled here. Start one first: node dist/worker.js.');
}

/**
 * Waits for a worker of the build, then acts. Temporal learns of a worker's queues one after the other, and refuses
 * while it misses one.
 */
async function onceItPolls(
  client: Client,
  buildId: string,
  timeoutMs: number,
  act: () => Promise<unknown>,
): Promise<void> {
  const untilMs = performance.now() + timeoutMs;
  await waitForPollers(client, buildId, timeoutMs);
  for (;;) {
    try {
      await act();
      return;
    } catch (error) {
      const isTooSoon = isGrpcServiceError(error) && Number(error.code) === failedPreconditionCode;
      if (!isTooSoon || performance.now() > untilMs) throw error;
    }
    await sleep(pollMs);
  }
}

async function waitForPollers(client: Client, buildId: string, timeoutMs: number): Promise<void> {
  const untilMs = performance.now() + timeoutMs;
  for (;;) {
    const builds = await describeDeployment(client);
    if (builds?.some((build) => build.buildId === buildId)) return;
    if (performance.now() > untilMs) {
      const known = builds?.map((build) => build.buildId) ?? [];
      throw new CicloError(
        `No worker of build ${buildId} polls Temporal. Start one, or choose a build that does: ${known.join(', ') || 'none'}.`,
        { buildId, known },
      );
    }
    await sleep(pollMs);
  }
}

async function readDeployment(client: Client) {
  try {
    const { workerDeploymentInfo } = await client.workflowService.describeWorkerDeployment({
      namespace: client.options.namespace,
      deploymentName,
    });
    return workerDeploymentInfo ?? null;
  } catch (error) {
    if (isGrpcServiceError(error) && Number(error.code) === notFoundCode) return null;
    throw error;
  }
}
