import { access, constants, stat } from 'node:fs/promises';

import type { Effects } from './effects';
import type { BinaryPins } from './versions';

const VERSION_TIMEOUT_MS = 60_000;

/** Compares dotted numbers: negative when `left` is older. */
function compareVersions(left: string, right: string): number {
  const leftParts = left.split('.').map(Number);
  const rightParts = right.split('.').map(Number);
  for (let index = 0; index < Math.max(leftParts.length, rightParts.length); index++) {
    const difference = (leftParts[index] ?? 0) - (rightParts[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** True when the path is a file that we may execute. */
export async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

/**
 * Checks that a binary can be executed and, where it can be asked, is not too old.
 *
 * @returns its version, or undefined when it cannot be asked
 * @throws Error with the reason, for a person
 */
export async function usableVersion(
  file: string,
  pins: BinaryPins,
  effects: Effects,
): Promise<string | undefined> {
  if (!(await isExecutable(file))) throw new Error(`${file} is not an executable file`);
  const check = pins.versionCheck;
  if (!check) return undefined;
  const result = await effects.run(file, check.arguments, { timeoutMs: VERSION_TIMEOUT_MS });
  if (!result.ok) throw new Error(result.reason);
  const version = check.pattern.exec(result.output)?.[1];
  if (!version) throw new Error(`${file} does not say which version it is`);
  if (compareVersions(version, check.oldest) < 0) {
    throw new Error(`${file} is version ${version}; ${check.oldest} or newer is needed`);
  }
  return version;
}
