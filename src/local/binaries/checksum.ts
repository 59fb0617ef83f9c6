import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import * as path from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Throws unless the file's SHA-256 (hex) is the pinned one. */
export async function verifySha256(file: string, expected: string): Promise<void> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  const actual = hash.digest('hex');
  if (actual !== expected) {
    throw new Error(`${path.basename(file)} has SHA-256 ${actual} instead of the pinned ${expected}`);
  }
}
