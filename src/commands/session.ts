import { InvalidArgumentError } from 'commander';
import type { Client } from '@temporalio/client';
import type { PipelineConfiguration } from '../domain/pipeline';
import { findLocalServers } from '../local/local-servers';
import { findPipelineFile, parsePipelineFile } from '../platform/configuration';
import { openObjectStore, type ObjectStore } from '../platform/storage/object-store';
import { connectClient } from '../platform/temporal';
import type { CommandOutput } from './context';

/** Where `npm start` keeps its servers' data: `CICLO_STATE_FOLDER`, else `.ciclo` in this folder. */
export const defaultStateFolder = process.env['CICLO_STATE_FOLDER'] ?? '.ciclo';

/** What the command line gives every command. */
export interface CommandContext {
  output: CommandOutput;
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
}

/** What commands on a pipeline work with. */
export interface PipelineSession {
  client: Client;
  store: ObjectStore;
  configuration: PipelineConfiguration;
}

/** Connects to where the environment says: the user's own, else the servers that `npm start` runs in this folder. */
export async function withPipeline<T>(
  pipeline: string,
  body: (session: PipelineSession) => Promise<T>,
): Promise<T> {
  const configuration = await readPipeline(pipeline);
  const client = await connectClient();
  try {
    return await body({ client, store: openObjectStore(), configuration });
  } finally {
    await client.connection.close();
  }
}

/** Reads a pipeline file, with the environment set for what it names. */
export async function readPipeline(pipeline: string): Promise<PipelineConfiguration> {
  await joinLocalServers();
  return parsePipelineFile(await findPipelineFile(pipeline));
}

/** Which servers commands use: those that the environment names, those of `npm start`, or none that runs or is named. */
export type ServersInUse = 'named' | 'local' | 'none';

/** Sets the environment for the servers that `npm start` runs in this folder, unless it names others. */
export async function joinLocalServers(): Promise<ServersInUse> {
  const chosen = ['TEMPORAL_ADDRESS', 'TEMPORAL_PROFILE', 'AWS_ENDPOINT_URL', 'AWS_PROFILE'].some(
    (name) => process.env[name],
  );
  if (chosen) return 'named';
  const environment = await findLocalServers(defaultStateFolder);
  if (!environment) return 'none';
  Object.assign(process.env, environment);
  return 'local';
}

/** A value as programs read it. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

/** For an option: 1, 2, 3 … */
export function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError('A whole number from 1 on is wanted.');
  return value;
}

/** For an option: `v3` or `3`. */
export function modelVersion(text: string): number {
  return wholeNumber(text.replace(/^v/, ''));
}

/** For an option: a moment in ISO 8601. */
export function date(text: string): Date {
  const value = new Date(text);
  if (Number.isNaN(value.getTime()))
    throw new InvalidArgumentError('A date such as 2026-11-01T12:00:00Z is wanted.');
  return value;
}
