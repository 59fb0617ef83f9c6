import { existsSync } from 'node:fs';
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DefaultLogger, bundleWorkflowCode } from '@temporalio/worker';

const workflowsFolder = join(__dirname, 'workflows');
const domainFolder = join(__dirname, 'domain');

/** Where the build leaves the bundle of the workflows, beside the worker that it belongs to. */
export const workflowBundlePath = join(__dirname, 'workflows.bundle.js');

/** Bundles the workflows unless the bundle that is there is newer than all of their code. */
async function main(): Promise<void> {
  if (existsSync(workflowBundlePath)) {
    const built = (await stat(workflowBundlePath)).mtimeMs;
    const newest = Math.max(...(await Promise.all([workflowsFolder, domainFolder].map(newestFileMs))));
    if (newest < built) return;
  }
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(workflowsFolder, 'index.js'),
    logger: new DefaultLogger('WARN'),
  });
  await mkdir(dirname(workflowBundlePath), { recursive: true });
  await writeFile(workflowBundlePath, code);
}

async function newestFileMs(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Math.max(0, ...(await Promise.all(files.map(async (file) => (await stat(file)).mtimeMs))));
}

if (require.main === module) {
  main().catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
}
