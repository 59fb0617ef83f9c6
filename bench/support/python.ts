import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { platform } from 'node:os';
import { join } from 'node:path';
import { cacheFolder } from '../../src/platform/cache-folder';

/** Where benchmarks keep what is worth keeping for the next run. */
export function benchCacheFolder(): string {
  return join(cacheFolder(process.env, platform()), 'bench');
}

/**
 * The interpreter of a Python environment with the packages of a requirements file, made on first use below the
 * user's cache folder and kept: another file makes another environment.
 *
 * @param requirementsPath a file in pip's format, every version pinned
 * @returns the path of its `python`
 * @throws Error where there is no python3 or pip cannot install; their own messages are passed on
 */
export async function pythonEnvironment(requirementsPath: string): Promise<string> {
  const digest = createHash('sha256').update(readFileSync(requirementsPath)).digest('hex').slice(0, 12);
  const folder = join(benchCacheFolder(), `python-${digest}`);
  const python = join(folder, 'bin', 'python');
  const finished = join(folder, 'finished');
  if (existsSync(finished)) return python;
  console.error(`Installing the packages of ${requirementsPath} into ${folder}`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(benchCacheFolder(), { recursive: true });
  run('python3', ['-m', 'venv', folder]);
  run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirementsPath]);
  writeFileSync(finished, '');
  return python;
}

function run(command: string, commandArguments: string[]): void {
  execFileSync(command, commandArguments, { stdio: ['ignore', 'inherit', 'inherit'] });
}
