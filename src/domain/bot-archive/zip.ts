import { unzipSync, zipSync, type Zippable } from 'fflate';
import { InvalidInputError } from '../errors';

/** The most that an archive may hold when unpacked; sizes in bytes. */
export interface ZipLimits {
  totalBytes: number;
  entryBytes: number;
  entries: number;
  /** Unpacked bytes for one packed byte, of entries of more than a megabyte. */
  ratio: number;
}

/** Well above what a bot of 250 intents and 2,000 slots needs, well below what would exhaust a worker. */
export const defaultZipLimits: ZipLimits = {
  totalBytes: 200 * 1024 * 1024,
  entryBytes: 20 * 1024 * 1024,
  entries: 20_000,
  ratio: 200,
};
/** Small files may hold little but repetition. */
const ratioFromBytes = 1024 * 1024;

/**
 * Unpacks a zip archive in memory.
 * @returns its files by path, in the archive's order; folder entries are left out
 * @throws InvalidInputError when it is no zip, names a path outside itself or twice, or unpacks to more than the
 *   limits (judged by the declared sizes, beyond which nothing is unpacked)
 */
export function readZip(bytes: Uint8Array, limits: ZipLimits = defaultZipLimits): Map<string, Uint8Array> {
  const seen = new Set<string>();
  let totalBytes = 0;
  let unpacked: Record<string, Uint8Array>;
  try {
    unpacked = unzipSync(bytes, {
      filter: ({ name, size, originalSize }) => {
        if (name.endsWith('/') && originalSize === 0) return false;
        refuseUnsafePath(name);
        if (seen.has(name))
          throw new InvalidInputError(`The archive holds ${name} twice; export it again.`, { path: name });
        seen.add(name);
        totalBytes += originalSize;
        refuseTooLarge(name, { packed: size, unpacked: originalSize }, totalBytes, seen.size, limits);
        return true;
      },
    });
  } catch (error) {
    if (error instanceof InvalidInputError) throw error;
    throw new InvalidInputError(
      `The file is not a readable zip archive (${error instanceof Error ? error.message : String(error)}); ` +
        'export the bot again without a password.',
      { bytes: bytes.length },
      true,
      { cause: error },
    );
  }
  return new Map([...seen].map((name) => [name, unpacked[name]!]));
}

/**
 * Packs files into a zip archive; the same files give the same bytes on every machine.
 * @param files by path; the manifest comes first, the others in alphabetical order
 */
export function writeZip(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const paths = [...files.keys()].sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1));
  const contents: Zippable = {};
  for (const path of paths) contents[path] = files.get(path)!;
  // A zip holds local time without a zone: a date built from local parts reads the same everywhere.
  return zipSync(contents, { level: 6, mtime: new Date(1980, 0, 1) });
}

function depth(path: string): number {
  return path.includes('/') ? 1 : 0;
}

function refuseUnsafePath(name: string): void {
  const unsafe =
    name.startsWith('/') ||
    /^[a-z]:/i.test(name) ||
    name.includes('\\') ||
    name.includes('\0') ||
    name.split('/').includes('..');
  if (unsafe) {
    throw new InvalidInputError(
      `The archive names a path outside itself (${JSON.stringify(name)}); it was not made by Lex and is refused.`,
      { path: name },
    );
  }
}

function refuseTooLarge(
  name: string,
  bytes: { packed: number; unpacked: number },
  totalBytes: number,
  entries: number,
  limits: ZipLimits,
): void {
  const tooLarge = (what: string, value: number, limit: number) =>
    new InvalidInputError(
      `The archive is refused: ${what} is ${value}, more than the limit of ${limit}. Export the bot again; a bot of Lex is far smaller.`,
      { path: name, value, limit },
    );
  if (bytes.unpacked > limits.entryBytes)
    throw tooLarge(`the unpacked size of ${name} in bytes`, bytes.unpacked, limits.entryBytes);
  if (bytes.unpacked > ratioFromBytes && bytes.unpacked > limits.ratio * bytes.packed) {
    const ratio = Math.round(bytes.unpacked / Math.max(1, bytes.packed));
    throw tooLarge(`the ratio of unpacked to packed bytes of ${name}`, ratio, limits.ratio);
  }
  if (totalBytes > limits.totalBytes)
    throw tooLarge('the unpacked size in bytes', totalBytes, limits.totalBytes);
  if (entries > limits.entries) throw tooLarge('the number of files', entries, limits.entries);
}
