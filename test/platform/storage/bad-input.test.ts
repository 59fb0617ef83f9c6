import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { S3Client } from '@aws-sdk/client-s3';
import { ProgressFile } from '../../../src/jobs/progress';
import { ServiceUnavailableError } from '../../../src/platform/aws/errors';
import { openObjectStore } from '../../../src/platform/storage/object-store';
import { assertDocumented } from '../../support/bad-input/page';

const dayMs = 24 * 3_600_000;

describe('stores and a machine in trouble', function () {
  this.timeout(60_000);
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ciclo-trouble-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const store = openObjectStore();
  const uri = (name: string) => pathToFileURL(join(folder, name)).href;

  it('names the folder of a full disk, and leaves the object as it was', async () => {
    await store.write(uri('state.json'), 'before');
    // A limit on the size of every file is told by the system as a full disk is.
    const program =
      "require('./src/platform/storage/object-store').openObjectStore().write(process.argv[1], 'x'.repeat(2_000_000))" +
      '.then(() => process.exit(3), (error) => console.log(error.name, error.permanent, error.message))';
    const child = spawn(
      'bash',
      [
        '-c',
        `trap '' XFSZ; ulimit -f 1000; exec "$0" --import tsx -e "$1" "$2"`,
        process.execPath,
        program,
        uri('state.json'),
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const printed = textOf(child.stdout);
    await once(child, 'close');
    const [, name, permanent, message] = /^(\S+) (\S+) (.*)\n$/.exec(await printed) ?? [];
    assert.deepEqual([name, permanent], ['DiskFullError', 'false']);
    assert.equal(await store.readText(uri('state.json')), 'before');
    assert.deepEqual(await readdir(folder), ['state.json']);
    assertDocumented('disk-full-store', message!.replace(/[\d,]+ MB is free/, '0 MB is free'), {
      [uri('')]: 'file:///srv/ciclo',
      [folder]: '/srv/ciclo',
    });
  });

  describe('a clock that jumps', () => {
    const now = Date.now;
    afterEach(() => {
      Date.now = now;
    });
    const jump = (byMs: number) => (Date.now = () => now() + byMs);

    it('does not break the lock of somebody who writes', async () => {
      const { etag } = await store.write(uri('state.json'), '1');
      await writeFile(join(folder, '.state.json.lock'), '');
      jump(dayMs);
      let isWritten = false;
      const writing = store.write(uri('state.json'), '2', { ifMatch: etag }).then(() => (isWritten = true));
      await sleep(500);
      assert.equal(isWritten, false);
      await rm(join(folder, '.state.json.lock'));
      await writing;
    });

    it('does not keep the lock of somebody who died', async () => {
      const { etag } = await store.write(uri('state.json'), '1');
      await writeFile(join(folder, '.state.json.lock'), '');
      const tomorrow = new Date(now() + dayMs);
      await utimes(join(folder, '.state.json.lock'), tomorrow, tomorrow);
      await store.write(uri('state.json'), '2', { ifMatch: etag });
      assert.equal(await store.readText(uri('state.json')), '2');
    });

    it('does not silence the progress of a job', async () => {
      const progress = new ProgressFile(store, uri('progress.json'));
      const report = async (done: number) => {
        progress.report({ done, total: 9, unit: 'bytes' });
        await progress.settled();
        return store.readText(uri('progress.json'));
      };
      assert.match(await report(1), /"done":1/);
      jump(-dayMs);
      await sleep(2_100);
      assert.match(await report(2), /"done":2/);
    });

    it('is told when AWS refuses its signatures, and the next try is signed with the time of AWS', async () => {
      const aheadMs = dayMs;
      const server = createServer((request, response) => {
        const signed = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(
          String(request.headers['x-amz-date']),
        );
        const [year, month, day, hour, minute, second] = signed!.slice(1).map(Number);
        const signedMs = Date.UTC(year!, month! - 1, day, hour, minute, second);
        const isRight = Math.abs(signedMs - (now() + aheadMs)) < 15 * 60_000;
        response.writeHead(isRight ? 200 : 403, { date: new Date(now() + aheadMs).toUTCString() });
        response.end(
          isRight
            ? 'found'
            : '<Error><Code>RequestTimeTooSkewed</Code><Message>The difference between the request time and the current time is too large.</Message></Error>',
        );
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const s3 = new S3Client({
        endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        region: 'eu-west-1',
        forcePathStyle: true,
        maxAttempts: 1,
        credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      });
      try {
        const remote = openObjectStore({ s3 });
        const failure: unknown = await remote.readText('s3://my-bucket/x').catch((error: unknown) => error);
        assert.ok(failure instanceof ServiceUnavailableError, String(failure));
        assert.equal(failure.permanent, false);
        assertDocumented('clock-jump', failure.message);
        assert.equal(await remote.readText('s3://my-bucket/x'), 'found');
      } finally {
        s3.destroy();
        server.close();
      }
    });
  });
});
