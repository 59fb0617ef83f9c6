import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import type { OnnxEmbedderSettings } from '../../domain/embedding';
import { InvalidConfigurationError } from '../../domain/errors';
import { cacheFolder } from '../cache-folder';
import type { SilenceLimits } from '../download';
import { namingFullDisk } from '../disk-space';
import type { ObjectStore } from '../storage/object-store';
import { sha256OfFile } from './checksum';
import { modelFile, optionalFiles, tokenizerFile, usualModelPaths } from './files';
import { parseModelSource, type ModelSource } from './source';
import { publicHub, transferFrom, type ModelTransfer } from './transfer';

/** A sentence encoder on this machine. */
export interface ResolvedModel {
  folder: string;
  /** Path of the model itself. */
  modelPath: string;
  /** The last part of the source's name, which tells the family: `multilingual-e5-small`. */
  name: string;
  sha256: { model: string; tokenizer: string };
}

export interface ResolveModelOptions {
  /** Reads `s3://` prefixes. */
  store: ObjectStore;
  /** The user's cache folder by default. */
  cacheFolder?: string;
  /** `HF_ENDPOINT` names a mirror of the hub where the settings name none. */
  env?: NodeJS.ProcessEnv;
  limits?: SilenceLimits;
  /** Told what takes time. */
  report?: (line: string) => void;
}

/** What is kept beside the files that were fetched. */
const recordFile = 'source.json';
const record = z.object({
  source: z.string(),
  files: z.record(z.string(), z.object({ sha256: z.string(), bytes: z.number() })),
});

/**
 * Finds a sentence encoder: in a folder, or in the cache, whereto it is fetched once from S3 or the hub. What was
 * fetched is held to the SHA-256 of its first fetch; a copy in the cache that has changed since is fetched again.
 *
 * @throws InvalidConfigurationError when a file is missing or has another SHA-256 than the settings state
 * @throws ServiceUnavailableError when the source does not answer
 */
export async function resolveModel(
  settings: OnnxEmbedderSettings,
  options: ResolveModelOptions,
): Promise<ResolvedModel> {
  const source = parseModelSource(settings.model);
  const folder = source.kind === 'folder' ? resolve(source.folder) : await fetched(settings, source, options);
  const modelPath = modelPathIn(folder, source.kind === 'folder' ? settings.file : undefined);
  requireFile(folder, tokenizerFile);
  const sha256 = {
    model: await sha256OfFile(modelPath),
    tokenizer: await sha256OfFile(join(folder, tokenizerFile)),
  };
  requireStated(settings, modelPath, sha256.model);
  return { folder, modelPath, name: nameOf(source), sha256 };
}

/** Where a model from elsewhere is, or would be, kept. */
function cachedModelFolder(
  settings: OnnxEmbedderSettings,
  options: Pick<ResolveModelOptions, 'cacheFolder' | 'env'>,
): string {
  const { env = process.env, cacheFolder: cache = cacheFolder(env, process.platform) } = options;
  const key = createHash('sha256')
    .update([settings.model, hubOf(settings, env), settings.file ?? '', settings.sha256 ?? ''].join('\n'))
    .digest('hex');
  const name = nameOf(parseModelSource(settings.model)).replace(/[^\w.-]/g, '_');
  return join(cache, 'models', `${name}-${key.slice(0, 16)}`);
}

/** The hub that the settings or the environment name, else the public one. */
function hubOf(settings: OnnxEmbedderSettings, env: NodeJS.ProcessEnv): string {
  return settings.hub ?? (env['HF_ENDPOINT'] || publicHub);
}

/** Whether the cache holds a model whole and as it was fetched. */
async function isCached(folder: string): Promise<boolean> {
  let kept: z.infer<typeof record>;
  try {
    kept = record.parse(JSON.parse(await readFile(join(folder, recordFile), 'utf8')));
  } catch {
    return false;
  }
  for (const [file, { sha256, bytes }] of Object.entries(kept.files)) {
    const path = join(folder, file);
    const size = existsSync(path) ? (await stat(path)).size : -1;
    if (size !== bytes || (await sha256OfFile(path)) !== sha256) return false;
  }
  return true;
}

/** Where a model is: on this machine, or where it would be fetched from. */
export type ModelPresence = { state: 'here'; model: ResolvedModel } | { state: 'fetchable'; source: string };

/**
 * Looks for a model without fetching it.
 * @throws the same as `resolveModel`
 */
export async function findModel(
  settings: OnnxEmbedderSettings,
  options: ResolveModelOptions,
  signal: AbortSignal,
): Promise<ModelPresence> {
  const source = parseModelSource(settings.model);
  if (source.kind === 'folder' || (await isCached(cachedModelFolder(settings, options))))
    return { state: 'here', model: await resolveModel(settings, options) };
  const { env = process.env, store, limits } = options;
  const transfer = transferFrom(source, hubOf(settings, env), store, limits);
  if (!(await transfer.has(tokenizerFile, signal))) throw missing(transfer.name, tokenizerFile);
  return { state: 'fetchable', source: transfer.name };
}

async function fetched(
  settings: OnnxEmbedderSettings,
  source: Exclude<ModelSource, { kind: 'folder' }>,
  options: ResolveModelOptions,
): Promise<string> {
  const { env = process.env, store, limits, report = () => {} } = options;
  const folder = cachedModelFolder(settings, options);
  if (await isCached(folder)) return folder;
  const transfer = transferFrom(source, hubOf(settings, env), store, limits);
  report(`fetching ${transfer.name} into ${folder}`);
  const parent = dirname(folder);
  await mkdir(parent, { recursive: true });
  const staging = await mkdtemp(join(parent, `.staging-${basename(folder)}-`));
  try {
    await namingFullDisk(
      parent,
      'models are kept there',
      'Free some of it, or set CICLO_CACHE_DIR to a folder of a larger disk.',
      () => fetchInto(staging, settings, transfer),
    );
    await moveInto(staging, folder);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  return folder;
}

async function fetchInto(
  staging: string,
  settings: OnnxEmbedderSettings,
  transfer: ModelTransfer,
): Promise<void> {
  const files = new Map<string, { sha256: string; bytes: number }>();
  const get = async (path: string, name = path): Promise<boolean> => {
    const target = join(staging, name);
    await mkdir(dirname(target), { recursive: true });
    if (!(await transfer.get(path, target))) {
      await rm(target, { force: true });
      return false;
    }
    files.set(name, { sha256: await sha256OfFile(target), bytes: (await stat(target)).size });
    return true;
  };
  // The small file first: where there is none, nothing large is fetched.
  if (!(await get(tokenizerFile))) throw missing(transfer.name, tokenizerFile);
  const candidates = settings.file === undefined ? usualModelPaths : [settings.file];
  let found = false;
  for (const path of candidates) found ||= await get(path, modelFile);
  if (!found) throw missing(transfer.name, candidates.join(', '));
  requireStated(settings, transfer.name, files.get(modelFile)!.sha256);
  for (const path of optionalFiles) await get(path);
  const kept = { source: transfer.name, files: Object.fromEntries(files) };
  await writeFile(join(staging, recordFile), `${JSON.stringify(kept, null, 2)}\n`);
}

/** Another process may have been faster: then its copy is used. */
async function moveInto(staging: string, folder: string): Promise<void> {
  try {
    await rename(staging, folder);
  } catch (error) {
    if (await isCached(folder)) return;
    if (!existsSync(folder)) throw error;
    await rm(folder, { recursive: true, force: true });
    await rename(staging, folder);
  }
}

function modelPathIn(folder: string, file: string | undefined): string {
  const candidates = file === undefined ? usualModelPaths : [file];
  const found = candidates.map((path) => join(folder, path)).find((path) => existsSync(path));
  if (found === undefined) throw missing(folder, candidates[0]!);
  return found;
}

function requireFile(folder: string, file: string): void {
  if (!existsSync(join(folder, file))) throw missing(folder, file);
}

function missing(where: string, file: string): InvalidConfigurationError {
  return new InvalidConfigurationError(
    `The model ${where} has no ${file}. Name one that holds an ONNX model (${modelFile}, or what file: says) and ${tokenizerFile}.`,
    { model: where, missing: file },
  );
}

function requireStated({ sha256, model }: OnnxEmbedderSettings, where: string, actual: string): void {
  if (sha256 === undefined || sha256.toLowerCase() === actual) return;
  throw new InvalidConfigurationError(
    `The model file of ${where} has the SHA-256 ${actual}, but the pipeline file states ${sha256.toLowerCase()}: it is another model, or it was damaged. Fetch it again, or state the SHA-256 of the one that you trust.`,
    { model, expectedSha256: sha256.toLowerCase(), sha256: actual },
  );
}

function nameOf(source: ModelSource): string {
  switch (source.kind) {
    case 'folder':
      return basename(resolve(source.folder));
    case 's3':
      return basename(source.uri);
    case 'hub':
      return basename(source.repository);
  }
}
