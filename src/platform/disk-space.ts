import { statfsSync } from 'node:fs';
import { CicloError } from '../domain/errors';

/** A disk has no room left. Not permanent: room may be made meanwhile. */
export class DiskFullError extends CicloError {}

const fullCodes = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
/** DuckDB passes on the system's words, or its own limit: nine tenths of what was free at its start. */
const fullMessages =
  /No space left on device|Disk quota exceeded|File too large|max_temp_directory_size|Could not write all bytes/;

/**
 * Runs what writes below a folder; where the disk is full, the error names the folder and what to do.
 *
 * @param purpose what is written there, as part of a sentence: `the job "prepare" sorts there`
 * @param advice what to do about it
 * @throws DiskFullError in place of the system's and DuckDB's own errors
 */
export async function namingFullDisk<T>(
  folder: string,
  purpose: string,
  advice: string,
  write: () => Promise<T>,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!isDiskFull(error)) throw error;
    throw new DiskFullError(
      `The disk of ${folder} is full: ${purpose}, and ${freeOn(folder)} is free. ${advice} Nothing half-written is used.`,
      { folder },
      false,
      { cause: error },
    );
  }
}

function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof CicloError) return false;
  const { code } = error as NodeJS.ErrnoException;
  return (code !== undefined && fullCodes.has(code)) || fullMessages.test(error.message);
}

function freeOn(folder: string): string {
  const { bavail, bsize } = statfsSync(folder);
  return `${Math.round((bavail * bsize) / 1_000_000).toLocaleString('en-US')} MB`;
}
