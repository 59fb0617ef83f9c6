import { existsSync } from 'node:fs';
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DefaultLogger, bundleWorkflowCode } from '@temporalio/worker';

const workflowsFolder = join(__dirname, 'workflows');
const domainFolder = join(__dirname, 'domain');
const encryptionFolder = join(__dirname, 'platform', 'encryption');

/**
 * Where the build leaves the bundles of the workflows, beside the worker that they belong to. A workflow's failures
 * are converted inside of its bundle, so those that are encrypted need a bundle of their own.
 */
const bundlePaths = {
  plain: join(__dirname, 'workflows.bundle.js'),
  encrypted: join(__dirname, 'workflows.encrypted.bundle.js'),
};

/** @param encrypted whether payloads are encrypted */
export function workflowBundlePath(encrypted: boolean): string {
  return encrypted ? bundlePaths.encrypted : bundlePaths.plain;
}

/** Bundles the workflows unless the bundles that are there are newer than all of their code. */
async function main(): Promise<void> {
  const folders = [workflowsFolder, domainFolder, encryptionFolder];
  const newest = Math.max(...(await Promise.all(folders.map(newestFileMs))));
  await bundle(bundlePaths.plain, newest);
  await bundle(bundlePaths.encrypted, newest, join(encryptionFolder, 'failure-converter.js'));
}

async function bundle(path: string, newestCodeMs: number, failureConverterPath?: string): Promise<void> {
  if (existsSync(path) && newestCodeMs < (await stat(path)).mtimeMs) return;
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(workflowsFolder, 'index.js'),
    failureConverterPath,
    logger: new DefaultLogger('WARN'),
  });
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, code);
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
