import { access, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { NotFoundError } from '../../domain/errors';
import { didYouMean } from './did-you-mean';

/**
 * The path of a pipeline file.
 *
 * @param nameOrPath a name, for `pipelines/NAME.yaml`, or a path (with a slash, or ending in .yaml or .yml)
 * @param folder what names and relative paths are relative to
 * @returns an absolute path
 * @throws NotFoundError listing the pipelines that exist
 */
export async function findPipelineFile(nameOrPath: string, folder: string = process.cwd()): Promise<string> {
  const isPath = /[/\\]|\.ya?ml$/.test(nameOrPath);
  const path = isPath
    ? resolve(folder, nameOrPath)
    : join(resolve(folder), 'pipelines', `${nameOrPath}.yaml`);
  try {
    await access(path);
    return path;
  } catch {
    const names = await pipelineNames(folder);
    const meant = isPath ? undefined : didYouMean(nameOrPath, names);
    throw new NotFoundError(
      `There is no pipeline file ${path}. ` +
        (meant === undefined ? '' : `Did you mean ${meant}? `) +
        (names.length === 0
          ? `There are none in ${join(folder, 'pipelines')}: start from a copy of cafe.yaml, or give a path.`
          : `There are: ${names.join(', ')}.`),
      { path, names },
    );
  }
}

/** Names of the pipelines in `pipelines/` below a folder, sorted. */
export async function pipelineNames(folder: string = process.cwd()): Promise<string[]> {
  try {
    const files = await readdir(join(folder, 'pipelines'));
    return files
      .filter((file) => file.endsWith('.yaml'))
      .map((file) => file.slice(0, -'.yaml'.length))
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
