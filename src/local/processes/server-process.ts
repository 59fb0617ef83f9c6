import { spawn } from 'node:child_process';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { ServerStartError } from './errors';
import { guardServer } from './guard';
import { claimServer, noteServer, releaseServer } from './record';

/** How to run a server, as it is decided once its place in the state folder is taken. */
export interface ServerCommand<Details extends Record<string, string>> {
  executable: string;
  args: string[];
  /** Added to this process's own environment. */
  env?: Record<string, string>;
  /** Where it runs; this process's own folder by default. */
  workingFolder?: string;
  /** Where the server listens, for other commands to find it; no secrets. */
  details: Details;
  /** Resolves when the server answers; throws while it does not yet. Called again and again. */
  probe: () => Promise<void>;
}

export interface ServerOptions<Details extends Record<string, string>> {
  /** Names the log, the record in the state folder and the server in messages. */
  name: string;
  /** Logs go to `FOLDER/logs`, records to `FOLDER/run`. */
  stateFolder: string;
  /** Picks ports and writes configuration: called when no other start can use the same folder any more. */
  prepare: () => Promise<ServerCommand<Details>>;
  readyTimeoutMs?: number;
  stopGraceMs?: number;
}

export interface ServerProcess {
  pid: number;
  logFile: string;
  /** Resolves when the server has ended, for whatever reason, with how it ended. */
  ended: Promise<string>;
  /** Ends the server: SIGTERM, then SIGKILL after the grace time. May be called more than once. */
  stop: () => Promise<void>;
}

/** Until it is ready, and again while it stops, a server keeps this process alive; in between it does not. */
interface LaunchedServer extends ServerProcess {
  unref: () => void;
}

const READY_TIMEOUT_MS = 60_000;
const STOP_GRACE_MS = 15_000;
const PROBE_INTERVAL_MS = 50;
const LAST_LINES = 15;

/**
 * Starts a server as a child process that belongs to this one and to a state folder, and waits until it answers.
 *
 * The server gets a process group of its own, so that Ctrl-C in the terminal reaches only us and we stop our servers in
 * the right order. It does not outlive us (see `guardServer`), nor does it keep us alive.
 *
 * @throws StateFolderInUseError when another process runs it in this state folder
 * @throws ServerStartError when it dies early or does not answer in time; it is stopped then
 */
export async function startServerProcess<Details extends Record<string, string>>(
  options: ServerOptions<Details>,
): Promise<ServerProcess & { details: Details }> {
  const { name, stateFolder } = options;
  await claimServer(stateFolder, name);
  try {
    const command = await options.prepare();
    const server = await launch(options, command, await newLog(stateFolder, name));
    try {
      await noteServer(stateFolder, name, server.pid, command.details);
      await untilReady(options, command.probe, server);
      server.unref();
      const { pid, logFile, ended, stop } = server;
      return { pid, logFile, ended, stop, details: command.details };
    } catch (error) {
      await server.stop();
      throw error;
    }
  } catch (error) {
    await releaseServer(stateFolder, name);
    throw error;
  }
}

/** Makes room for a log; the one of the last start is kept beside it. */
async function newLog(stateFolder: string, name: string): Promise<string> {
  const logFile = path.join(stateFolder, 'logs', `${name}.log`);
  await mkdir(path.dirname(logFile), { recursive: true });
  await rename(logFile, path.join(stateFolder, 'logs', `${name}.previous.log`)).catch(() => undefined);
  return logFile;
}

async function launch<Details extends Record<string, string>>(
  options: ServerOptions<Details>,
  command: ServerCommand<Details>,
  logFile: string,
): Promise<LaunchedServer> {
  const log = await open(logFile, 'a');
  const child = spawn(command.executable, command.args, {
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
    env: { ...process.env, ...command.env },
    cwd: command.workingFolder,
  });
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(`could not be started: ${error.message}`));
    child.once('exit', (code, signal) =>
      resolve(signal ? `was ended by ${signal}` : `ended with exit code ${code}`),
    );
  });
  await log.close();
  if (child.pid === undefined) {
    throw new ServerStartError(options.name, await ended, logFile, []);
  }
  const endGuard = guardServer(child.pid);
  void ended.then(endGuard);

  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    child.ref();
    child.kill('SIGTERM');
    const grace = new AbortController();
    const killed = sleep(options.stopGraceMs ?? STOP_GRACE_MS, undefined, { signal: grace.signal }).then(
      () => child.kill('SIGKILL'),
      () => undefined,
    );
    await ended;
    grace.abort();
    await killed;
    await releaseServer(options.stateFolder, options.name);
  };
  return {
    pid: child.pid,
    logFile,
    ended,
    stop: () => (stopping ??= stop()),
    unref: () => child.unref(),
  };
}

async function untilReady(
  options: Pick<ServerOptions<never>, 'name' | 'readyTimeoutMs'>,
  probe: () => Promise<void>,
  server: ServerProcess,
): Promise<void> {
  const timeoutMs = options.readyTimeoutMs ?? READY_TIMEOUT_MS;
  const deadline = Date.now() + timeoutMs;
  let ending: string | undefined;
  void server.ended.then((how) => (ending = how));
  let reason: string;
  do {
    try {
      await probe();
      return;
    } catch (error) {
      reason = (error as Error).message;
    }
    if (ending !== undefined) throw await startError(options.name, server, ending);
    await sleep(PROBE_INTERVAL_MS);
  } while (Date.now() < deadline);
  throw await startError(options.name, server, `did not answer within ${timeoutMs / 1000} s (${reason})`);
}

async function startError(name: string, server: ServerProcess, what: string): Promise<ServerStartError> {
  const lines = (await readFile(server.logFile, 'utf8')).trim().split('\n').filter(Boolean);
  return new ServerStartError(name, what, server.logFile, lines.slice(-LAST_LINES));
}
