import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import * as path from 'node:path';

import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { z } from 'zod';

import { pickLastingPorts, readPorts } from './processes/ports';
import { findRunningServer } from './processes/record';
import { startServerProcess, type ServerCommand } from './processes/server-process';

const SERVER_NAME = 'object-storage';
/** SeaweedFS keeps the whole heap it once had unless told; it idles at about 120 MB. */
const MEMORY_LIMIT = '256MiB';
const PROBE_TIMEOUT_MS = 2_000;
/** It goes within three seconds, or hangs; its data is safe either way. */
const STOP_GRACE_MS = 8_000;
const SOCKET_FOLDER = '/tmp';
/** The maintenance worker inside looks for the admin server's gRPC port at this distance, whatever is configured. */
const ADMIN_GRPC_DISTANCE = 10_000;

export interface ObjectStorageOptions {
  /** SeaweedFS (see `resolveBinary('weed')`). */
  executable: string;
  /** Holds the data, the keys, the log and the ports; the same folder continues where the last start ended. */
  stateFolder: string;
  /** The S3 port: taken when free and nothing was noted in the state folder; any free port otherwise. */
  preferredPort?: number;
}

export interface ObjectStorageAccess {
  /** For `AWS_ENDPOINT_URL_S3`. */
  endpoint: string;
  accessKeyId: string;
  secretAccessKey: string;
}

export interface ObjectStorage extends ObjectStorageAccess {
  pid: number;
  logFile: string;
  /** Resolves when the server has ended, for whatever reason, with how it ended. */
  ended: Promise<string>;
  stop: () => Promise<void>;
}

/**
 * Starts SeaweedFS as an S3 on 127.0.0.1, its data in the state folder, and waits until it answers requests signed with
 * its keys. Data survives stops, crashes and SIGKILL.
 *
 * @throws StateFolderInUseError, ServerStartError
 */
export async function startObjectStorage(options: ObjectStorageOptions): Promise<ObjectStorage> {
  const folder = storageFolder(options.stateFolder);
  const server = await startServerProcess({
    name: SERVER_NAME,
    stateFolder: options.stateFolder,
    prepare: () => prepareStorage(options, folder),
    stopGraceMs: STOP_GRACE_MS,
  });
  const keys = await lastingKeys(folder);
  const { pid, logFile, ended } = server;
  const stop = async (): Promise<void> => {
    await server.stop();
    await removeSockets(folder);
  };
  return { ...server.details, ...keys, pid, logFile, ended, stop };
}

/** SeaweedFS leaves Unix sockets named after its ports in /tmp, and cannot be told to put them elsewhere. */
async function removeSockets(folder: string): Promise<void> {
  const configured = Object.values(await readPorts(portsFile(folder)));
  const ports = new Set(configured.flatMap((port) => [port, port + ADMIN_GRPC_DISTANCE]));
  for (const name of await readdir(SOCKET_FOLDER)) {
    const port = /^seaweedfs-.*-(\d+)\.sock$/.exec(name)?.[1];
    if (port && ports.has(Number(port))) await rm(path.join(SOCKET_FOLDER, name), { force: true });
  }
}

async function prepareStorage(
  options: ObjectStorageOptions,
  folder: string,
): Promise<ServerCommand<{ endpoint: string }>> {
  const dataFolder = path.join(folder, 'data');
  await mkdir(dataFolder, { recursive: true });
  const keys = await lastingKeys(folder);
  const ports = await pickLastingPorts(portsFile(folder), {
    s3: { preferred: options.preferredPort },
    s3Grpc: {},
    filer: {},
    filerGrpc: {},
    master: {},
    masterGrpc: {},
    volume: {},
    volumeGrpc: {},
    admin: { alsoFreeAt: [ADMIN_GRPC_DISTANCE] },
  });
  const endpoint = `http://127.0.0.1:${ports.s3}`;
  return {
    executable: options.executable,
    args: [
      'mini',
      `-dir=${dataFolder}`,
      ...['-ip=127.0.0.1', '-ip.bind=127.0.0.1'],
      `-s3.config=${keysFile(folder)}`,
      ...[`-s3.port=${ports.s3}`, `-s3.port.grpc=${ports.s3Grpc}`],
      ...[`-filer.port=${ports.filer}`, `-filer.port.grpc=${ports.filerGrpc}`],
      ...[`-master.port=${ports.master}`, `-master.port.grpc=${ports.masterGrpc}`],
      ...[`-volume.port=${ports.volume}`, `-volume.port.grpc=${ports.volumeGrpc}`],
      `-admin.port=${ports.admin}`,
      ...['-webdav=false', '-admin.ui=false', '-s3.port.iceberg=0', '-s3.port.lance=0'],
      // As on AWS, a write to a bucket that does not exist fails.
      '-s3.autoCreateBucket=false',
      // Every bucket takes a volume of its own; small ones, so that many fit.
      ...['-master.volumeSizeLimitMB=64', '-volume.max=1000'],
    ],
    env: { GOMEMLIMIT: MEMORY_LIMIT },
    details: { endpoint },
    probe: async () => {
      await probeMaster(ports.master);
      await probeStorage({ endpoint, ...keys });
    },
  };
}

/** How to reach the object storage of this state folder; undefined when none is running. */
export async function findObjectStorage(stateFolder: string): Promise<ObjectStorageAccess | undefined> {
  const running = await findRunningServer(stateFolder, SERVER_NAME);
  const keys = await readKeys(storageFolder(stateFolder));
  const endpoint = running?.details.endpoint;
  return endpoint && keys ? { endpoint, ...keys } : undefined;
}

const storageFolder = (stateFolder: string): string => path.join(path.resolve(stateFolder), 'object-storage');
const portsFile = (folder: string): string => path.join(folder, 'ports.json');
const keysFile = (folder: string): string => path.join(folder, 's3.json');

type Keys = Omit<ObjectStorageAccess, 'endpoint'>;

/** SeaweedFS's own format of identities, as `-s3.config` reads it. */
const keysSchema = z.object({
  identities: z.tuple([
    z.object({ credentials: z.tuple([z.object({ accessKey: z.string(), secretKey: z.string() })]) }),
  ]),
});

async function readKeys(folder: string): Promise<Keys | undefined> {
  try {
    const { identities } = keysSchema.parse(JSON.parse(await readFile(keysFile(folder), 'utf8')));
    const { accessKey, secretKey } = identities[0].credentials[0];
    return { accessKeyId: accessKey, secretAccessKey: secretKey };
  } catch {
    return undefined;
  }
}

/** The keys of this state folder, made at the first start. */
async function lastingKeys(folder: string): Promise<Keys> {
  const existing = await readKeys(folder);
  if (existing) return existing;
  const keys: Keys = {
    accessKeyId: `LOCAL${randomBytes(7).toString('hex').toUpperCase()}`,
    secretAccessKey: randomBytes(24).toString('base64url'),
  };
  const config = {
    identities: [
      {
        name: 'ciclo',
        credentials: [{ accessKey: keys.accessKeyId, secretKey: keys.secretAccessKey }],
        actions: ['Admin', 'Read', 'Write', 'List', 'Tagging'],
      },
    ],
  };
  await writeFile(keysFile(folder), JSON.stringify(config, null, 2), { mode: 0o600 });
  return keys;
}

const topologySchema = z.object({ Topology: z.object({ Max: z.number() }) });

/**
 * Throws while the place for the data is missing: S3 may answer seconds before the volume server has joined, and fails
 * every read and write until then.
 */
async function probeMaster(port: number): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}/dir/status`, {
    signal: AbortSignal.timeout(PROBE_TIMEOUT_MS),
  });
  const { Topology: topology } = topologySchema.parse(await response.json());
  if (topology.Max === 0) throw new Error('the volume server has not joined yet');
}

/** Throws while S3 does not answer a signed request. */
async function probeStorage(access: ObjectStorageAccess): Promise<void> {
  const client = new S3Client({
    endpoint: access.endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    maxAttempts: 1,
    credentials: { accessKeyId: access.accessKeyId, secretAccessKey: access.secretAccessKey },
    requestHandler: { connectionTimeout: PROBE_TIMEOUT_MS, requestTimeout: PROBE_TIMEOUT_MS },
  });
  try {
    await client.send(new ListBucketsCommand({}));
  } finally {
    client.destroy();
  }
}
