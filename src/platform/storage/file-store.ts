import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import {
  copyFile,
  link,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ConflictError, InvalidInputError, NotFoundError } from '../../domain/errors';
import { namingFullDisk } from '../disk-space';
import type { ListedObject, ObjectPlace, WriteOptions } from './object-store';

/** Our own short-lived files, hidden beside their target. */
const ownFile = /^\..+\.(partial|lock)$/;
/** A lock is held for one small write; an older one was left by a process that died. */
const staleLockMs = 5_000;
/** Read at once: every piece costs a turn of the event loop. */
const readBytes = 256 * 1024;

/** Objects as files. Writes are atomic; the etag is a hash of the content, as on S3. */
export class FileStore implements ObjectPlace {
  async *list(prefixUri: string): AsyncIterable<ListedObject> {
    const prefix = pathOf(prefixUri);
    const folder = prefix.endsWith('/') ? prefix : join(dirname(prefix), '/');
    for await (const path of walk(folder, prefix)) {
      const { size, mtime } = await stat(path);
      yield {
        uri: pathToFileURL(path).href,
        etag: await etagOf(path),
        bytes: size,
        lastModified: mtime.toISOString(),
      };
    }
  }

  async read(uri: string): Promise<Readable> {
    return orNotFound(uri, async () => {
      const file = await open(pathOf(uri));
      if ((await file.stat()).isFile()) return file.createReadStream({ highWaterMark: readBytes });
      await file.close();
      throw Object.assign(new Error('This is a folder.'), { code: 'EISDIR' });
    });
  }

  async readWhole(uri: string): Promise<{ content: Buffer; etag: string }> {
    const content = await orNotFound(uri, () => readFile(pathOf(uri)));
    return { content, etag: hash(content) };
  }

  async exists(uri: string): Promise<boolean> {
    try {
      return (await stat(pathOf(uri))).isFile();
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  }

  async write(uri: string, body: Buffer | string, options: WriteOptions = {}): Promise<{ etag: string }> {
    const path = pathOf(uri);
    await mkdir(dirname(path), { recursive: true });
    const partial = partialOf(path);
    const etag = hash(body);
    try {
      await withRoom(uri, path, () => writeFile(partial, body));
      if (options.ifNoneMatch !== undefined) await moveIfNone(partial, path, uri);
      else if (options.ifMatch !== undefined) await moveIfMatch(partial, path, uri, options.ifMatch);
      else await rename(partial, path);
    } finally {
      await rm(partial, { force: true });
    }
    return { etag };
  }

  async upload(source: string, uri: string): Promise<void> {
    const path = pathOf(uri);
    await mkdir(dirname(path), { recursive: true });
    const partial = partialOf(path);
    try {
      await withRoom(uri, path, () => copyFile(source, partial));
      await rename(partial, path);
    } finally {
      await rm(partial, { force: true });
    }
  }

  async delete(uri: string): Promise<void> {
    await rm(pathOf(uri), { force: true });
  }
}

function pathOf(uri: string): string {
  try {
    return fileURLToPath(uri);
  } catch (cause) {
    throw new InvalidInputError(`"${uri}" names no file: write file:///PATH.`, { uri }, true, { cause });
  }
}

function partialOf(path: string): string {
  return join(dirname(path), `.${basename(path)}.${randomUUID()}.partial`);
}

/** Files below the folder whose path starts with the prefix, ordered as S3 orders keys. */
async function* walk(folder: string, prefix: string): AsyncIterable<string> {
  let entries;
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (isMissing(error)) return;
    throw error;
  }
  const names = entries
    .filter((entry) => entry.isDirectory() || entry.isFile() || entry.isSymbolicLink())
    .filter((entry) => !ownFile.test(entry.name))
    .map((entry) => join(folder, entry.isDirectory() ? `${entry.name}/` : entry.name))
    .filter((path) => path.startsWith(prefix) || (path.endsWith('/') && prefix.startsWith(path)))
    .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  for (const path of names) {
    if (path.endsWith('/')) yield* walk(path, prefix);
    else yield path;
  }
}

async function moveIfNone(partial: string, path: string, uri: string): Promise<void> {
  try {
    await link(partial, path);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    throw new ConflictError(`${uri} exists already. Read it, then decide again.`, { uri });
  }
}

async function moveIfMatch(partial: string, path: string, uri: string, expected: string): Promise<void> {
  const release = await lock(path);
  try {
    const etag = await etagOf(path).catch((error: unknown) => {
      if (isMissing(error)) return null;
      throw error;
    });
    if (etag !== expected) {
      throw new ConflictError(`${uri} was changed by somebody else. Read it again, then decide again.`, {
        uri,
        expected,
        etag,
      });
    }
    await rename(partial, path);
  } finally {
    await release();
  }
}

/**
 * Takes the lock beside a file, waiting for whoever holds it. How old a lock is shows by how long it is seen here:
 * clocks jump.
 */
async function lock(path: string): Promise<() => Promise<void>> {
  const lockPath = join(dirname(path), `.${basename(path)}.lock`);
  let seen: { lock: string; sinceMs: number } | undefined;
  for (;;) {
    try {
      await (await open(lockPath, 'wx')).close();
      return () => rm(lockPath, { force: true });
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
      const lock = await stat(lockPath).then(
        ({ ino, mtimeMs }) => `${ino} ${mtimeMs}`,
        () => null,
      );
      const nowMs = performance.now();
      if (lock === null) seen = undefined;
      else if (seen?.lock !== lock) seen = { lock, sinceMs: nowMs };
      else if (nowMs - seen.sinceMs > staleLockMs) await rm(lockPath, { force: true });
      await sleep(5);
    }
  }
}

function hash(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 32);
}

async function etagOf(path: string): Promise<string> {
  const { size } = await stat(path);
  if (size < 1 << 20) return hash(await readFile(path));
  const digest = createHash('sha256');
  for await (const chunk of createReadStream(path)) digest.update(chunk as Buffer);
  return digest.digest('hex').slice(0, 32);
}

async function orNotFound<T>(uri: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new NotFoundError(`There is no ${uri}. Check the path.`, { uri }, true, { cause: error });
  }
}

/** @throws DiskFullError naming the object and its folder */
function withRoom(uri: string, path: string, write: () => Promise<void>): Promise<void> {
  return namingFullDisk(dirname(path), `${uri} cannot be written`, 'Free some of it and try again.', write);
}

function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'EISDIR'].includes(codeOf(error) ?? '');
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
