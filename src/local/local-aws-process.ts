import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pickLastingPorts } from './processes/ports';
import { findRunningServer } from './processes/record';
import { startServerProcess } from './processes/server-process';

const serverName = 'aws';

export interface LocalAwsProcess {
  /** For `AWS_ENDPOINT_URL`. */
  endpoint: string;
  pid: number;
  /** Resolves when the server has ended, for whatever reason, with how it ended. */
  ended: Promise<string>;
  stop(): Promise<void>;
}

/** Starts the stand-in for Lex, SNS and Batch as a process of its own, its data in the state folder. */
export async function startLocalAwsProcess(options: {
  stateFolder: string;
  /** Images of job definitions and the commands that stand in for them. */
  images: Record<string, string[]>;
  /** What the jobs need to reach S3. */
  environment: Record<string, string>;
  /** How long a Lex build (beside the training) and an import take, in milliseconds; the stand-in's usual times by default. */
  latency?: { buildMs: number; importMs: number };
}): Promise<LocalAwsProcess> {
  const images = Object.entries(options.images).flatMap(([name, command]) => [
    '--image',
    `${name}=${command.join(',')}`,
  ]);
  const { latency } = options;
  const times = latency
    ? ['--build-ms', String(latency.buildMs), '--import-ms', String(latency.importMs)]
    : [];
  const server = await startServerProcess({
    name: serverName,
    stateFolder: options.stateFolder,
    prepare: async () => {
      const folder = join(options.stateFolder, 'aws');
      await mkdir(folder, { recursive: true });
      const ports = await pickLastingPorts(join(folder, 'ports.json'), { http: {} });
      const endpoint = `http://127.0.0.1:${ports.http}`;
      return {
        executable: process.execPath,
        args: [
          ...process.execArgv,
          join(__dirname, 'aws', 'main'),
          '--state',
          folder,
          '--port',
          String(ports.http),
          ...images,
          ...times,
        ],
        env: options.environment,
        details: { endpoint },
        probe: async () => {
          await fetch(endpoint);
        },
      };
    },
  });
  const { pid, ended } = server;
  return { endpoint: server.details.endpoint, pid, ended, stop: () => server.stop() };
}

/** Where the stand-in of this state folder listens; undefined when none is running. */
export async function findLocalAws(stateFolder: string): Promise<{ endpoint: string } | undefined> {
  const running = await findRunningServer(stateFolder, serverName);
  const endpoint = running?.details['endpoint'];
  return endpoint ? { endpoint } : undefined;
}
