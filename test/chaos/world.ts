import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { resolveBinary } from '../../src/local/binaries/resolve';
import { loadExample } from '../../src/local/example/load-example';
import { startLocalAwsProcess } from '../../src/local/local-aws-process';
import { storageEnvironment, temporalEnvironment } from '../../src/local/local-servers';
import { startLocalWorker } from '../../src/local/local-worker';
import { startObjectStorage } from '../../src/local/object-storage';
import { startTemporalServer } from '../../src/local/temporal-server';
import {
  createBatchClient,
  createLexModelsClient,
  createS3Client,
  createSnsClient,
} from '../../src/platform/aws/clients';
import { findPipelineFile, parsePipelineFile } from '../../src/platform/configuration';
import { openObjectStore } from '../../src/platform/storage/object-store';
import { searchAttributes } from '../../src/workflows/search-attributes';
import { goldenSet, writeBot } from './bot';
import type { Topic } from './phrases';
import { image, pipelineName, writePipeline } from './pipeline';
import { serverNames, Victim, type ServerName } from './victim';

const dist = join(__dirname, '../../dist');
/** Shorter than the usual times, so that many cycles fit into an hour. */
const latency = { buildMs: 700, importMs: 400 };

/** All that `ciclo up` starts, in a folder of its own, each part to be killed and started again by itself. */
export interface World {
  folder: string;
  /** State of the stand-in for AWS. */
  awsFolder: string;
  victims: Record<ServerName, Victim>;
  stop(): Promise<void>;
}

/** Starts the servers and the worker and loads the bot. Sets this process's environment to them. */
export async function createWorld(
  folder: string,
  topics: readonly Topic[],
  strange: Topic,
  report: (line: string) => void,
): Promise<World> {
  const stateFolder = join(folder, 'state');
  await mkdir(stateFolder, { recursive: true });
  const [temporal, weed] = [
    await resolveBinary('temporal', { report }),
    await resolveBinary('weed', { report }),
  ];
  const environment: Record<string, string> = {};
  const merge = (values: Record<string, string>) => {
    for (const [name, value] of Object.entries(values)) {
      if (environment[name] !== undefined && environment[name] !== value)
        throw new Error(`${name} was ${environment[name]} and is ${value} after a restart.`);
      environment[name] = value;
    }
    Object.assign(process.env, values);
  };
  const launch: Record<ServerName, ConstructorParameters<typeof Victim>[1]> = {
    temporal: async () => {
      const server = await startTemporalServer({ executable: temporal.path, stateFolder, searchAttributes });
      merge(await temporalEnvironment(stateFolder, server.address));
      return server;
    },
    s3: async () => {
      const server = await startObjectStorage({ executable: weed.path, stateFolder });
      merge(storageEnvironment(server));
      return server;
    },
    aws: async () => {
      const images = { [image]: [process.execPath, join(dist, 'jobs', 'main.js')] };
      const server = await startLocalAwsProcess({ stateFolder, images, environment, latency });
      merge({ AWS_ENDPOINT_URL: server.endpoint });
      return server;
    },
    worker: () =>
      startLocalWorker({ stateFolder, environment, entry: join(dist, 'worker.js'), workingFolder: folder }),
  };
  const victims = Object.fromEntries(
    serverNames.map((name) => [name, new Victim(name, launch[name])]),
  ) as Record<ServerName, Victim>;
  const stop = async () => {
    for (const name of serverNames) await victims[name].stop();
  };
  try {
    for (const name of ['TEMPORAL_ADDRESS', 'AWS_ENDPOINT_URL_S3', 'AWS_ENDPOINT_URL', 'AWS_PROFILE'])
      delete process.env[name];
    await Promise.all([victims.temporal.start(), victims.s3.start()]);
    await victims.aws.start();
    await load(folder, topics, strange, report);
    await victims.worker.start();
    return { folder, awsFolder: join(stateFolder, 'aws'), victims, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function load(
  folder: string,
  topics: readonly Topic[],
  strange: Topic,
  report: (line: string) => void,
): Promise<void> {
  const example = join(folder, 'example');
  await mkdir(join(example, 'logs'), { recursive: true });
  await writeBot(join(example, 'bot'), topics);
  await writeFile(join(example, 'golden.csv'), goldenSet(topics, strange));
  await writePipeline(folder, 'worker');
  await loadExample({
    folder: example,
    configuration: await parsePipelineFile(await findPipelineFile(pipelineName, folder)),
    store: openObjectStore(),
    s3: createS3Client(),
    sns: createSnsClient(),
    batch: createBatchClient(),
    lexModels: createLexModelsClient(),
    image,
    report,
  });
}
