import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { SearchAttributeKeys } from './temporal-server';
import { resolveServer } from './binaries/resolve';
import { findLocalAws, startLocalAwsProcess } from './local-aws-process';
import { findObjectStorage, startObjectStorage, type ObjectStorageAccess } from './object-storage';
import { findTemporalServer, startTemporalServer } from './temporal-server';

const region = 'eu-west-1';

/** What a process needs in its environment to use the local servers: names and values. */
export type ServerEnvironment = Record<string, string>;

export interface LocalServers {
  environment: ServerEnvironment;
  /** Of the Temporal Web UI; undefined where the user's own Temporal is used. */
  uiUrl: string | undefined;
  stop(): Promise<void>;
}

export interface LocalServersOptions {
  /** Holds all data, so that a second start goes on where the first left off. */
  stateFolder: string;
  searchAttributes: SearchAttributeKeys;
  /** Images of job definitions and the commands that stand in for them. */
  images: Record<string, string[]>;
  report: (line: string) => void;
}

/**
 * Starts Temporal, S3 and the stand-in for AWS, each unless the environment names one that runs already
 * (`TEMPORAL_ADDRESS`, `AWS_ENDPOINT_URL_S3`, `AWS_ENDPOINT_URL`).
 */
export async function startLocalServers(options: LocalServersOptions): Promise<LocalServers> {
  const stateFolder = resolve(options.stateFolder);
  await mkdir(stateFolder, { recursive: true });
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const one of stops.splice(0).reverse()) await one();
  };
  try {
    const [temporal, storage] = await Promise.allSettled([
      startTemporal(options, stateFolder, stops),
      startStorage(options, stateFolder, stops),
    ]);
    if (temporal.status === 'rejected') throw temporal.reason;
    if (storage.status === 'rejected') throw storage.reason;
    const environment: ServerEnvironment = {
      ...(await temporalEnvironment(stateFolder, temporal.value.address)),
      ...storageEnvironment(storage.value),
    };
    environment['AWS_ENDPOINT_URL'] =
      process.env['AWS_ENDPOINT_URL'] ?? (await startAws(options, stateFolder, environment, stops));
    return { environment, uiUrl: temporal.value.uiUrl, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The environment of the servers that `npm start` runs in this state folder; undefined when it does not run. */
export async function findLocalServers(folder: string): Promise<ServerEnvironment | undefined> {
  const stateFolder = resolve(folder);
  const [temporal, storage, aws] = await Promise.all([
    findTemporalServer(stateFolder),
    findObjectStorage(stateFolder),
    findLocalAws(stateFolder),
  ]);
  if (!temporal || !storage || !aws) return undefined;
  return {
    ...(await temporalEnvironment(stateFolder, temporal.address)),
    ...storageEnvironment(storage),
    AWS_ENDPOINT_URL: aws.endpoint,
  };
}

/** The Temporal Web UI that `npm start` runs in this state folder; undefined when it does not run. */
export async function findLocalUi(folder: string): Promise<string | undefined> {
  return (await findTemporalServer(resolve(folder)))?.uiUrl;
}

async function startTemporal(
  options: LocalServersOptions,
  stateFolder: string,
  stops: (() => Promise<void>)[],
): Promise<{ address: string; uiUrl: string | undefined }> {
  const resolved = await resolveServer('temporal', process.env['TEMPORAL_ADDRESS'], options);
  if (resolved.kind === 'address') return { address: resolved.address, uiUrl: undefined };
  const server = await startTemporalServer({
    executable: resolved.path,
    stateFolder,
    searchAttributes: options.searchAttributes,
    preferredPort: 7233,
    preferredUiPort: 8233,
  });
  stops.push(() => server.stop());
  return server;
}

async function startStorage(
  options: LocalServersOptions,
  stateFolder: string,
  stops: (() => Promise<void>)[],
): Promise<ObjectStorageAccess | undefined> {
  const resolved = await resolveServer('weed', process.env['AWS_ENDPOINT_URL_S3'], options);
  if (resolved.kind === 'address') return undefined;
  const storage = await startObjectStorage({ executable: resolved.path, stateFolder });
  stops.push(() => storage.stop());
  return storage;
}

async function startAws(
  options: LocalServersOptions,
  stateFolder: string,
  environment: ServerEnvironment,
  stops: (() => Promise<void>)[],
): Promise<string> {
  const aws = await startLocalAwsProcess({ stateFolder, images: options.images, environment });
  stops.push(() => aws.stop());
  return aws.endpoint;
}

/**
 * What a process needs to use the Temporal server at an address. An empty profile file keeps a person's own Temporal
 * profile from being mixed in.
 */
export async function temporalEnvironment(stateFolder: string, address: string): Promise<ServerEnvironment> {
  if (process.env['TEMPORAL_ADDRESS'] === address) return {};
  const profiles = join(stateFolder, 'temporal.toml');
  await writeFile(profiles, '[profile.default]\n');
  return { TEMPORAL_ADDRESS: address, TEMPORAL_CONFIG_FILE: profiles };
}

/** What a process needs to use an S3; nothing where the environment names one already. */
export function storageEnvironment(storage: ObjectStorageAccess | undefined): ServerEnvironment {
  if (!storage) return {};
  return {
    AWS_ENDPOINT_URL_S3: storage.endpoint,
    AWS_ACCESS_KEY_ID: storage.accessKeyId,
    AWS_SECRET_ACCESS_KEY: storage.secretAccessKey,
    AWS_REGION: region,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}
