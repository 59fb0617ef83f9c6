import { spawn } from 'node:child_process';

import { cacheFolder } from '../../platform/cache-folder';
import { download } from '../../platform/download';
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
