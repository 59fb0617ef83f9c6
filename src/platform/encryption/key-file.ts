import { randomBytes, randomUUID } from 'node:crypto';
import { chmod, link, open as openFile, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { keyBytes, open, seal } from './aes-gcm';
import {
  type DataKey,
  DecryptionError,
  type EncryptionContext,
  EncryptionKeyError,
  type KeySource,
} from './key-source';

const ownerOnly = 0o600;
const othersBits = 0o077;

const keyFileSchema = z.strictObject({
  /** The first one encrypts; all of them decrypt. */
  keys: z
    .array(
      z.strictObject({
        id: z.string().min(1),
        createdAt: z.iso.datetime(),
        key: z.base64().refine((text) => Buffer.from(text, 'base64').length === keyBytes),
      }),
    )
    .min(1),
});
type KeyFile = z.output<typeof keyFileSchema>;

/**
 * Makes a key file that only its owner may read.
 * @returns the new key's id
 * @throws EncryptionKeyError when there is such a file already
 */
export async function createKeyFile(path: string, now: Date): Promise<string> {
  const key = newKey(now);
  await write(path, { keys: [key] }, 'create');
  return key.id;
}

/**
 * Puts a new key in front, for writing; the older ones stay for reading.
 * @returns the new key's id
 * @throws EncryptionKeyError when the file cannot be used
 */
export async function rotateKeyFile(path: string, now: Date): Promise<string> {
  const { keys } = await read(path);
  const key = newKey(now);
  await write(path, { keys: [key, ...keys] }, 'replace');
  return key.id;
}

/** Keys in a file, for a laptop: read again after a rotation, when the process starts again. */
export class KeyFileSource implements KeySource {
  private file: Promise<KeyFile> | undefined;

  constructor(private readonly path: string) {}

  async keyIds(): Promise<string[]> {
    return (await this.keys()).map(({ id }) => id);
  }

  async generateDataKey(context: EncryptionContext): Promise<DataKey> {
    const [current] = await this.keys();
    const plaintext = randomBytes(keyBytes);
    return {
      keyId: current!.id,
      plaintext,
      wrapped: seal(Buffer.from(current!.key, 'base64'), plaintext, associatedData(context)),
    };
  }

  async unwrap(keyId: string, wrapped: Buffer, context: EncryptionContext): Promise<Buffer> {
    const held = (await this.keys()).find(({ id }) => id === keyId);
    if (!held) {
      throw new EncryptionKeyError(`${this.path} has no key "${keyId}". Put back the file that has it.`, {
        keyId,
        path: this.path,
      });
    }
    try {
      return open(Buffer.from(held.key, 'base64'), wrapped, associatedData(context));
    } catch (cause) {
      throw new DecryptionError(
        `A data key cannot be decrypted with key "${keyId}" of ${this.path}: it was changed, or it belongs to another namespace than "${context['namespace'] ?? ''}". Check TEMPORAL_NAMESPACE.`,
        { keyId, path: this.path },
        true,
        { cause },
      );
    }
  }

  private async keys(): Promise<KeyFile['keys']> {
    this.file ??= read(this.path);
    try {
      return (await this.file).keys;
    } catch (error) {
      this.file = undefined;
      throw error;
    }
  }
}

function newKey(now: Date): KeyFile['keys'][number] {
  return {
    id: `local-${randomUUID()}`,
    createdAt: now.toISOString(),
    key: randomBytes(keyBytes).toString('base64'),
  };
}

async function read(path: string): Promise<KeyFile> {
  let mode: number;
  let text: string;
  try {
    mode = (await stat(path)).mode;
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new EncryptionKeyError(
      `The encryption key file ${path} cannot be read: ${(cause as Error).message}. ` +
        `Make one with "npx ciclo encryption-key create ${path}", or correct CICLO_ENCRYPTION_KEY.`,
      { path },
      true,
      { cause },
    );
  }
  // Windows has no such permissions: there every file looks open to others.
  if (process.platform !== 'win32' && (mode & othersBits) !== 0) {
    throw new EncryptionKeyError(
      `The encryption key file ${path} is open to other users of this machine. Run "chmod 600 ${path}".`,
      { path },
    );
  }
  const parsed = keyFileSchema.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  throw new EncryptionKeyError(
    `${path} is no key file of Ciclo. Restore it from your copy; without it nothing that was encrypted with it can be read.`,
    { path },
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Writes beside the file first, so that a crash leaves the old one or the new one. */
async function write(path: string, content: KeyFile, how: 'create' | 'replace'): Promise<void> {
  const temporary = join(dirname(path), `.${randomUUID()}.tmp`);
  const handle = await openFile(temporary, 'wx', ownerOnly);
  try {
    await handle.writeFile(`${JSON.stringify(content, null, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await chmod(temporary, ownerOnly);
    if (how === 'replace') await rename(temporary, path);
    // Unlike a rename, a link never replaces a file that is there.
    else await link(temporary, path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    throw new EncryptionKeyError(
      `${path} exists already. Add a key to it with "npx ciclo encryption-key rotate ${path}", or choose another name.`,
      { path },
      true,
      { cause },
    );
  } finally {
    await rm(temporary, { force: true });
  }
}

/** The context as bytes, whatever the order of its names. */
function associatedData(context: EncryptionContext): Buffer {
  return Buffer.from(JSON.stringify(Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1))));
}
