import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const project = join(__dirname, '../..');

describe('cycles while everything is killed', function () {
  // Each kill costs seconds until somebody takes over; the first run on a machine fetches the servers.
  this.timeout(600_000);

  it('end right, twice', async () => {
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', join('test', 'chaos', 'main.ts'), '--cycles', '2', '--seed', '20'],
      { cwd: project },
    );
    let said = '';
    const listen = (chunk: Buffer) => (said += chunk.toString());
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    const [code] = (await once(child, 'exit')) as [number];
    assert.equal(code, 0, said);
    assert.match(said, /No violation\./);
    assert.match(said, /cycle 2 ended .* killed: (?:worker|aws|s3|temporal|job)/);
  });
});
