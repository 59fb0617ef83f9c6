import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { writeZip } from '../../../src/domain/bot-archive';

/** The files of an unpacked archive below a folder, by path. */
export function readFolder(folder: string): Map<string, Uint8Array> {
  return new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path): [string, Uint8Array] => [relative(folder, path).split(sep).join('/'), readFileSync(path)]),
  );
}

/** Packs an unpacked archive. */
export function packFolder(folder: string): Uint8Array {
  return writeZip(readFolder(folder));
}

/** The project's own example bot. */
export const cafeFolder = join(__dirname, '../../../examples/cafe/bot');
/** A real export beside the project; absent where only the project is. */
export const airlineFolder = join(__dirname, '../../../../shared/data/lex-exports/airline');
