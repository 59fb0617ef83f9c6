import { renameSync, writeFileSync } from 'node:fs';

/** Writes beside `path` and renames: readers see the old content or the new one, never a part. */
export function writeFileAtomically(path: string, content: string | Uint8Array): void {
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, content);
  renameSync(temporary, path);
}
