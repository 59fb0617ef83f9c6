import { mkdir } from 'node:fs/promises';
import * as path from 'node:path';

import { Connection } from '@temporalio/client';
import type { SearchAttributeType } from '@temporalio/common';
import { encodeSearchAttributeIndexedValueType } from '@temporalio/common/lib/search-attributes';

import { pickLastingPorts } from './processes/ports';
import { findRunningServer } from './processes/record';
import { startServerProcess } from './processes/server-process';

const SERVER_NAME = 'temporal';
const CONNECT_TIMEOUT_MS = 2_000;
const NAMESPACE = 'default';

/**
 * As it comes, the dev server dispatches a task every 50 ms at most, which makes each step of a workflow last a tenth
 * of a second; with these limits a step takes a tenth of that.
 */
export const DISPATCH_LIMITS: readonly string[] = [
  '--dynamic-config-value',
  'history.transferProcessorMaxPollRPS=2000',
  '--dynamic-config-value',
  'history.transferProcessorMaxPollHostRPS=2000',
];

/** How `--search-attribute` spells the types. */
const TYPE_NAMES: Record<SearchAttributeType, string> = {
  TEXT: 'Text',
  KEYWORD: 'Keyword',
  INT: 'Int',
  DOUBLE: 'Double',
  BOOL: 'Bool',
  DATETIME: 'Datetime',
  KEYWORD_LIST: 'KeywordList',
};

/** Search attributes as `defineSearchAttributeKey` makes them. */
export type SearchAttributeKeys = readonly { name: string; type: SearchAttributeType }[];

export interface TemporalServerOptions {
  /** The Temporal CLI (see `resolveBinary('temporal')`). */
  executable: string;
  /** Holds the database, the log and the ports; the same folder continues where the last start ended. */
  stateFolder: string;
  /** Registered with the namespace `default`. */
  searchAttributes: SearchAttributeKeys;
  /** Taken when free and nothing was noted in the state folder; any free port otherwise. */
  preferredPort?: number;
  preferredUiPort?: number;
}

export interface TemporalServer {
  /** `HOST:PORT` of the gRPC service. */
  address: string;
  uiUrl: string;
  pid: number;
  logFile: string;
  /** Resolves when the server has ended, for whatever reason, with how it ended. */
  ended: Promise<string>;
  stop: () => Promise<void>;
}

/**
 * Starts Temporal's dev server with its Web UI on 127.0.0.1, its data in a file of the state folder, and waits until
 * the namespace and the search attributes are there.
 *
 * @throws StateFolderInUseError, ServerStartError
 */
export async function startTemporalServer(options: TemporalServerOptions): Promise<TemporalServer> {
  const folder = path.join(path.resolve(options.stateFolder), 'temporal');
  const server = await startServerProcess({
    name: SERVER_NAME,
    stateFolder: options.stateFolder,
    prepare: async () => {
      await mkdir(folder, { recursive: true });
      const ports = await pickLastingPorts(path.join(folder, 'ports.json'), {
        grpc: { preferred: options.preferredPort },
        ui: { preferred: options.preferredUiPort },
        http: {},
        metrics: {},
      });
      const address = `127.0.0.1:${ports.grpc}`;
      return {
        executable: options.executable,
        args: [
          ...['server', 'start-dev', '--ip', '127.0.0.1', '--log-level', 'warn'],
          ...['--port', String(ports.grpc), '--ui-port', String(ports.ui)],
          ...['--http-port', String(ports.http), '--metrics-port', String(ports.metrics)],
          ...['--db-filename', path.join(folder, 'temporal.db')],
          ...options.searchAttributes.flatMap(({ name, type }) => [
            '--search-attribute',
            `${name}=${TYPE_NAMES[type]}`,
          ]),
          ...DISPATCH_LIMITS,
        ],
        details: { address, uiUrl: `http://127.0.0.1:${ports.ui}` },
        probe: () => probeTemporal(address, options.searchAttributes),
      };
    },
  });
  const { pid, logFile, ended, stop } = server;
  return { ...server.details, pid, logFile, ended, stop };
}

/** Where the Temporal server of this state folder listens; undefined when none is running. */
export async function findTemporalServer(
  stateFolder: string,
): Promise<{ address: string; uiUrl: string } | undefined> {
  const running = await findRunningServer(stateFolder, SERVER_NAME);
  const { address, uiUrl } = running?.details ?? {};
  return address && uiUrl ? { address, uiUrl } : undefined;
}

/**
 * Throws while the server does not answer, or has not registered everything yet. The command line registers search
 * attributes with a new database only, so those that an older one lacks are added here.
 */
async function probeTemporal(address: string, searchAttributes: SearchAttributeKeys): Promise<void> {
  const connection = await Connection.connect({ address, connectTimeout: CONNECT_TIMEOUT_MS });
  try {
    await connection.workflowService.describeNamespace({ namespace: NAMESPACE });
    const registered = await connection.operatorService.listSearchAttributes({ namespace: NAMESPACE });
    const missing = searchAttributes.filter(({ name }) => !(name in (registered.customAttributes ?? {})));
    if (missing.length === 0) return;
    await connection.operatorService.addSearchAttributes({
      namespace: NAMESPACE,
      searchAttributes: Object.fromEntries(
        missing.map(({ name, type }) => [name, encodeSearchAttributeIndexedValueType(type)!]),
      ),
    });
    throw new Error(`search attributes not registered yet: ${missing.map(({ name }) => name).join(', ')}`);
  } finally {
    await connection.close();
  }
}
