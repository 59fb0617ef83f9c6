import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { broken, fine, warning, type Finding } from '../../domain/doctor';
import type { Check } from '../check';

/** What the build leaves: the programs and the bundles of the workflows. */
const built = [
  'client.js',
  'worker.js',
  'jobs/main.js',
  'workflows.bundle.js',
  'workflows.encrypted.bundle.js',
];

/**
 * Whether the code is built, and from the sources as they are.
 * @param projectFolder holds `dist/`, and `src/` where it is a clone
 */
export function buildCheck(projectFolder: string): Check {
  return {
    id: 'build',
    group: 'machine',
    title: 'The build',
    run: async () => [await judgeBuild(projectFolder)],
  };
}

async function judgeBuild(projectFolder: string): Promise<Finding> {
  const dist = join(projectFolder, 'dist');
  const missing = built.filter((file) => !existsSync(join(dist, file)));
  if (missing.length > 0) {
    return broken(`The build is incomplete: ${missing.map((file) => `dist/${file}`).join(', ')} missing.`, {
      why: 'Commands, worker and jobs run from dist/.',
      next: 'Build:',
      commands: ['npm run build'],
    });
  }
  const source = join(projectFolder, 'src');
  if (existsSync(source)) {
    const newest = await newestMs(source, '.ts');
    if (newest > (await newestMs(dist, '.js'))) {
      return warning('Sources are newer than the build in dist/.', {
        why: 'What runs is the older code.',
        next: 'Build, then start the worker again:',
        commands: ['npm run build'],
      });
    }
  }
  return fine('Built: programs and workflow bundles are in dist/.');
}

async function newestMs(folder: string, extension: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith(extension));
  const times = await Promise.all(
    files.map(async (file) => (await stat(join(file.parentPath, file.name))).mtimeMs),
  );
  return Math.max(0, ...times);
}
