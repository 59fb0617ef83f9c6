import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { z } from 'zod';

import { StateFolderInUseError } from './errors';
import { isAlive, processIdentity } from './identity';

const processSchema = z.object({ pid: z.number().int().positive(), identity: z.string() });
const recordSchema = z.object({
  owner: processSchema,
  /** Absent while the owner is about to start the server. */
  server: processSchema.optional(),
  details: z.record(z.string(), z.string()),
});

/**
 * Who runs a server in a state folder: `FOLDER/run/NAME.json`. It keeps two starts from using the same data, lets a
 * start find what a crashed one has left, and tells other commands where the server listens.
 */
export type ServerRecord = z.infer<typeof recordSchema>;

const recordFile = (stateFolder: string, server: string): string =>
  path.join(stateFolder, 'run', `${server}.json`);

async function readRecord(file: string): Promise<ServerRecord | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    return undefined;
  }
  try {
    return recordSchema.parse(JSON.parse(text));
  } catch {
    // Cut short by a crash while it was written: it names nobody.
    return undefined;
  }
}

async function ownIdentity(): Promise<ServerRecord['owner']> {
  return { pid: process.pid, identity: (await processIdentity(process.pid)) ?? '' };
}

const END_GRACE_MS = 10_000;
const END_POLL_MS = 50;

/** Ends a process that is not our child: SIGTERM, and SIGKILL when it is still there after the grace time. */
async function endProcess(target: ServerRecord['owner']): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    try {
      process.kill(target.pid, signal);
    } catch {
      return;
    }
    const deadline = Date.now() + END_GRACE_MS;
    while (Date.now() < deadline) {
      if (!(await isAlive(target.pid, target.identity))) return;
      await sleep(END_POLL_MS);
    }
  }
}

/**
 * Takes a server's place in the state folder for this process. A server whose starter has died is ended first.
 *
 * @throws StateFolderInUseError when its starter is still running
 */
export async function claimServer(stateFolder: string, server: string): Promise<void> {
  const file = recordFile(stateFolder, server);
  await mkdir(path.dirname(file), { recursive: true });
  const claim = JSON.stringify({ owner: await ownIdentity(), details: {} } satisfies ServerRecord);
  for (;;) {
    try {
      await writeFile(file, claim, { flag: 'wx' });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const record = await readRecord(file);
    if (record && (await isAlive(record.owner.pid, record.owner.identity))) {
      throw new StateFolderInUseError(server, stateFolder, record.owner.pid);
    }
    if (record?.server && (await isAlive(record.server.pid, record.server.identity))) {
      await endProcess(record.server);
    }
    await rm(file, { force: true });
  }
}

/** Notes which process the server is and where it listens (`details`: no secrets). */
export async function noteServer(
  stateFolder: string,
  server: string,
  pid: number,
  details: Record<string, string>,
): Promise<void> {
  const file = recordFile(stateFolder, server);
  const identity = (await processIdentity(pid)) ?? '';
  const record: ServerRecord = { owner: await ownIdentity(), server: { pid, identity }, details };
  await writeFile(`${file}.new`, JSON.stringify(record, null, 2));
  await rename(`${file}.new`, file);
}

/** Gives the server's place back. */
export async function releaseServer(stateFolder: string, server: string): Promise<void> {
  await rm(recordFile(stateFolder, server), { force: true });
}

/**
 * Finds a server that any process runs in this state folder.
 *
 * @returns its process id and where it listens; undefined when none runs
 */
export async function findRunningServer(
  stateFolder: string,
  server: string,
): Promise<{ pid: number; details: Record<string, string> } | undefined> {
  const record = await readRecord(recordFile(stateFolder, server));
  if (!record?.server || !(await isAlive(record.server.pid, record.server.identity))) return undefined;
  return { pid: record.server.pid, details: record.details };
}
