import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { assertDocumented } from '../../support/bad-input/page';

describe('a pipeline file with an unknown key', function () {
  this.timeout(30_000);

  it('is refused by the command line, which says where and what was probably meant', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ciclo-pipeline-'));
    try {
      const cafe = await readFile('pipelines/cafe.yaml', 'utf8');
      const path = join(folder, 'cafe.yaml');
      await writeFile(path, cafe.replace('minimumNewInteractions:', 'minimunNewInteractions:'));
      const child = spawn(process.execPath, ['--import', 'tsx', 'src/client.ts', 'run', path], {
        stdio: ['ignore', 'inherit', 'pipe'],
      });
      const errors = textOf(child.stderr);
      const [code] = (await once(child, 'close')) as [number];
      assert.equal(code, 2);
      assertDocumented('unknown-key', await errors, { [path]: 'pipelines/cafe.yaml' });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
