import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/**
 * What code this is: the package's version and a hash of every program file, so that two builds of the same version
 * are told apart. It names the worker's build to Temporal and stands in the manifests of stages.
 *
 * @param programFolder the folder of the built code
 * @returns for example `0.1.0-3f2a9c81d0e4`
 */
export async function readCodeVersion(programFolder: string, packageVersion: string): Promise<string> {
  const entries = await readdir(programFolder, { withFileTypes: true, recursive: true });
  const files = entries
    .filter((entry) => entry.isFile() && /\.[jt]s$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const hash = createHash('sha256');
  for (const file of files) {
    const name = relative(programFolder, file).split(sep).join('/');
    const content = await readFile(file);
    hash.update(`${name}\0${content.length}\0`).update(content);
  }
  return `${packageVersion}-${hash.digest('hex').slice(0, 12)}`;
}
