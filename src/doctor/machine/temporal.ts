import { type Client, isGrpcServiceError } from '@temporalio/client';
import { broken, fine, notChecked, warning, type Finding } from '../../domain/doctor';
import {
  missingSearchAttributes,
  searchAttributeCommands,
  type SearchAttributeDefinition,
} from '../../platform/search-attributes';
import { TemporalConnectionError, taskQueue } from '../../platform/temporal';
import { describeDeployment, describePollers, type Poller } from '../../platform/worker-deployment';
import { settled, type Check } from '../check';

/** A worker asks for work about once a minute when there is none. */
const silentMs = 3 * 60_000;
const notFoundCode = 5;
const notAllowedCodes = new Set([7, 12, 16]);

export interface TemporalCheckOptions {
  client: () => Promise<Client>;
  searchAttributes: readonly SearchAttributeDefinition[];
  /** Nothing was chosen, and `npm start` does not run: that no server answers is no fault. */
  isNothingChosen: boolean;
  /** The build of the code that runs here; null where it is not built. */
  ownBuild: () => Promise<string | null>;
  nowMs?: () => number;
}

/** The server, its namespace and search attributes, and the workers. */
export function temporalCheck(options: TemporalCheckOptions): Check {
  return {
    id: 'temporal',
    group: 'machine',
    title: 'Temporal',
    async run() {
      const { value: client, error } = await settled(options.client());
      if (error !== undefined) return [unreachable(error, options.isNothingChosen)];
      const namespace = await judgeNamespace(client!);
      if (namespace.level === 'broken') return [namespace];
      return [
        namespace,
        await judgeSearchAttributes(client!, options.searchAttributes),
        await judgeWorkers(client!, options),
      ];
    },
  };
}

function unreachable(error: unknown, isNothingChosen: boolean): Finding {
  if (!(error instanceof TemporalConnectionError)) throw error;
  const { address } = error.facts;
  if (error.permanent || !isNothingChosen) return broken(error.message, { facts: error.facts });
  return warning(`No Temporal server runs at ${String(address)} yet.`, {
    why: 'Cycles run on it.',
    next: 'Start everything on this machine, or say where your server is (TEMPORAL_ADDRESS, TEMPORAL_PROFILE):',
    commands: ['npm start'],
    facts: error.facts,
  });
}

async function judgeNamespace(client: Client): Promise<Finding> {
  const { namespace } = client.options;
  try {
    const { namespaceInfo } = await client.workflowService.describeNamespace({ namespace });
    return fine(`Temporal answers; namespace "${namespaceInfo?.name ?? namespace}" exists.`, { namespace });
  } catch (error) {
    if (!isGrpcServiceError(error)) throw error;
    if (Number(error.code) === notFoundCode) {
      return broken(`Temporal has no namespace "${namespace}".`, {
        next: 'Correct TEMPORAL_NAMESPACE, or create it:',
        commands: [`temporal operator namespace create --namespace ${namespace}`],
        facts: { namespace },
      });
    }
    if (notAllowedCodes.has(Number(error.code))) {
      return broken(`Temporal refuses access to namespace "${namespace}".`, {
        next: 'Check the API key or the client certificate (TEMPORAL_API_KEY, TEMPORAL_TLS_…).',
        facts: { namespace },
      });
    }
    throw error;
  }
}

async function judgeSearchAttributes(
  client: Client,
  wanted: readonly SearchAttributeDefinition[],
): Promise<Finding> {
  const { namespace } = client.options;
  try {
    const missing = await missingSearchAttributes(client.connection, namespace, wanted);
    if (missing.length === 0) return fine(`All ${wanted.length} search attributes are registered.`);
    return broken(`Search attributes are missing: ${missing.map(({ name }) => name).join(', ')}.`, {
      why: 'Workflows set them: without them no cycle starts.',
      next: 'A worker that may, adds them when it starts. Else run this, or the second on Temporal Cloud:',
      commands: searchAttributeCommands(namespace, missing),
    });
  } catch (error) {
    if (!isGrpcServiceError(error) || !notAllowedCodes.has(Number(error.code))) throw error;
    return notChecked('search attributes, because these credentials may not list them.', {
      next: 'On Temporal Cloud look with:',
      commands: [`tcld namespace get --namespace ${namespace}`],
    });
  }
}

async function judgeWorkers(
  client: Client,
  { ownBuild, nowMs = Date.now }: TemporalCheckOptions,
): Promise<Finding> {
  const [builds, allPollers, own] = await Promise.all([
    describeDeployment(client),
    describePollers(client),
    ownBuild(),
  ]);
  const pollers = allPollers.filter(({ lastSeenMs }) => nowMs() - lastSeenMs < silentMs);
  const current = builds?.find(({ state }) => state === 'current')?.buildId ?? null;
  return judgePollers(current, pollers, own);
}

/**
 * Whether somebody does the work.
 * @param current the build that takes new work; null where there is none
 * @param own the build of the code that runs here; null where it is not built
 */
export function judgePollers(
  current: string | null,
  pollers: readonly Poller[],
  own: string | null,
): Finding {
  const building = pollers.filter(({ buildId }) => buildId === current);
  const facts = { current, own, pollers };
  if (pollers.length === 0) {
    return broken(`No worker polls the task queue "${taskQueue}".`, {
      why: 'Cycles, reviews and schedules wait on the server until one does.',
      next: 'Start a worker, with the same environment as this command:',
      commands: ['node dist/worker.js'],
      facts,
    });
  }
  if (current === null || building.length === 0) {
    const others = [...new Set(pollers.map(({ buildId }) => buildId ?? 'none'))].join(', ');
    return broken(
      current === null
        ? `Workers poll (build ${others}), but no build takes work.`
        : `Build ${current} takes all new work, but no worker of it polls; those that do are of build ${others}.`,
      {
        why: 'New work goes to the current build alone: it waits.',
        next: 'Send work to the build that runs, or start a worker of the other:',
        commands: ['npx ciclo deploy --status', 'npx ciclo deploy'],
        facts,
      },
    );
  }
  const what = `${building.length} ${building.length === 1 ? 'worker polls' : 'workers poll'}, of build ${current}, which takes all new work.`;
  if (own !== null && own !== current) {
    return warning(`${what} The code here is build ${own}.`, {
      why: 'What this code does otherwise, the workers do not.',
      next: 'Where that is not meant: start a worker of this code, then send work to it.',
      commands: ['npx ciclo deploy --status', 'npx ciclo deploy'],
      facts,
    });
  }
  return fine(what, facts);
}
