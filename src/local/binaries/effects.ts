import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { currentPlatform } from './platform';
import type { Platform } from './versions';

/** How a command ended: its output, or why it did not succeed (missing, failed with its last lines, too slow). */
export type CommandResult = { ok: true; output: string } | { ok: false; reason: string };

export interface CommandOptions {
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  timeoutMs: number;
}

/** Everything the resolver does to the world apart from files, so that each choice can be tested without it. */
export interface Effects {
  env: NodeJS.ProcessEnv;
  /** Absent when nothing is published for this kind of machine. */
  platform: Platform | undefined;
  cacheFolder: string;
  /** Runs a program (no shell) and never throws. `output` is stdout and stderr together. */
  run(command: string, args: string[], options: CommandOptions): Promise<CommandResult>;
  /** Writes what a URL answers to a file; throws when it cannot be reached soon or answers with an error. */
  download(url: string, file: string): Promise<void>;
}

/** How long a download may be silent. */
export interface SilenceLimits {
  /** A closed network must not make people wait: after this the next choice is tried. */
  firstByteMs: number;
  /** A transfer that has begun may take its time, but not stand still. */
  stallMs: number;
}

const SILENCE_LIMITS: SilenceLimits = { firstByteMs: 5_000, stallMs: 30_000 };
const KEPT_OUTPUT_CHARACTERS = 20_000;

/** Runs a program and keeps the end of what it printed. */
function run(command: string, args: string[], options: CommandOptions): Promise<CommandResult> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-KEPT_OUTPUT_CHARACTERS);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill('SIGKILL');
    }, options.timeoutMs);
    child.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      resolve({ ok: false, reason: error.code === 'ENOENT' ? `${command} is not installed` : error.message });
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) return resolve({ ok: true, output });
      const ending = timedOut
        ? `took longer than ${options.timeoutMs / 1000} s`
        : `ended with ${signal ?? `exit code ${code}`}`;
      const lastLines = output.trim().split('\n').slice(-3).join(' | ');
      resolve({ ok: false, reason: `${command} ${ending}${lastLines ? `: ${lastLines}` : ''}` });
    });
  });
}

/** `fetch` hides what went wrong in the causes of its error. */
function networkReason(error: unknown): string {
  const parts: string[] = [];
  for (let cause = error; cause instanceof Error; cause = cause.cause) parts.push(cause.message);
  return parts.join(': ');
}

/**
 * Writes what a URL answers to a file.
 *
 * @throws Error naming the host and the reason
 */
export async function download(
  url: string,
  file: string,
  limits: SilenceLimits = SILENCE_LIMITS,
): Promise<void> {
  const host = new URL(url).host;
  const abort = new AbortController();
  const stop = (reason: string) => () => abort.abort(new Error(reason));
  let timer = setTimeout(stop(`no answer within ${limits.firstByteMs / 1000} s`), limits.firstByteMs);
  try {
    const response = await fetch(url, { signal: abort.signal });
    if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`);
    const watch = new Transform({
      transform(chunk, _encoding, callback) {
        clearTimeout(timer);
        timer = setTimeout(stop(`stood still for ${limits.stallMs / 1000} s`), limits.stallMs);
        callback(null, chunk);
      },
    });
    await pipeline(Readable.fromWeb(response.body), watch, createWriteStream(file));
  } catch (error) {
    throw new Error(`${host}: ${networkReason(abort.signal.aborted ? abort.signal.reason : error)}`, {
      cause: error,
    });
  } finally {
    clearTimeout(timer);
  }
}

/** Where downloaded binaries are kept: `CICLO_CACHE_DIR`, else the cache folder that the system gives its users. */
export function cacheFolder(env: NodeJS.ProcessEnv, systemName: NodeJS.Platform): string {
  if (env.CICLO_CACHE_DIR) return path.resolve(env.CICLO_CACHE_DIR);
  if (systemName === 'darwin') return path.join(os.homedir(), 'Library', 'Caches', 'ciclo');
  return path.join(env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'ciclo');
}

/** The effects on the machine we run on. */
export function realEffects(env: NodeJS.ProcessEnv = process.env): Effects {
  return {
    env,
    platform: currentPlatform(),
    cacheFolder: cacheFolder(env, process.platform),
    run: (command, args, options) => run(command, args, { ...options, env: options.env ?? env }),
    download: (url, file) => download(url, file),
  };
}
