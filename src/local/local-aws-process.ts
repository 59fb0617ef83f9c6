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
  stop(): Promise<void>;
}

/** Starts the stand-in for Lex, SNS and Batch as a process of its own, its data in the state folder. */
export async function startLocalAwsProcess(options: {
  stateFolder: string;
  /** Images of job definitions and the commands that stand in for them. */
  images: Record<string, string[]>;
  /** What the jobs need to reach S3. */
  environment: Record<string, string>;
}): Promise<LocalAwsProcess> {
  const images = Object.entries(options.images).flatMap(([name, command]) => [
    '--image',
    `${name}=${command.join(',')}`,
  ]);
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
        ],
        env: options.environment,
        details: { endpoint },
        probe: async () => {
          await fetch(endpoint);
        },
      };
    },
  });
  return { endpoint: server.details.endpoint, pid: server.pid, stop: () => server.stop() };
}

/** Where the stand-in of this state folder listens; undefined when none is running. */
export async function findLocalAws(stateFolder: string): Promise<{ endpoint: string } | undefined> {
  const running = await findRunningServer(stateFolder, serverName);
  const endpoint = running?.details['endpoint'];
  return endpoint ? { endpoint } : undefined;
}
