import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Compares a text with a golden file below `golden/`. With UPDATE_GOLDEN=1 in the environment the file is written anew:
 * look at the difference before you commit it.
 */
export function assertGolden(name: string, actual: string): void {
  const path = join(__dirname, 'golden', name);
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, actual);
  }
  assert.ok(existsSync(path), `${path} is missing: run the test with UPDATE_GOLDEN=1 and look at it.`);
  assert.equal(
    actual,
    readFileSync(path, 'utf8'),
    `${name} changed; if that is right, run with UPDATE_GOLDEN=1.`,
  );
}
