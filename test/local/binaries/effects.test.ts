import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import * as path from 'node:path';

import { realEffects, type Effects } from '../../../src/local/binaries/effects';
import { cacheFolder } from '../../../src/platform/cache-folder';
import { download } from '../../../src/platform/download';

describe('the effects of the resolver', () => {
  describe('cache folder', () => {
    it('is where the user, else the system, wants it', () => {
      assert.equal(cacheFolder({ CICLO_CACHE_DIR: '/a', XDG_CACHE_HOME: '/b' }, 'linux'), '/a');
      assert.equal(cacheFolder({ XDG_CACHE_HOME: '/b' }, 'linux'), '/b/ciclo');
      assert.equal(cacheFolder({}, 'linux'), path.join(homedir(), '.cache', 'ciclo'));
      assert.equal(cacheFolder({}, 'darwin'), path.join(homedir(), 'Library', 'Caches', 'ciclo'));
    });
  });

  describe('running a program', () => {
    const run: Effects['run'] = (...call) => realEffects().run(...call);

    it('gives its output', async () => {
      const result = await run('sh', ['-c', 'echo out; echo err >&2'], { timeoutMs: 5_000 });
      assert.ok(result.ok);
      assert.deepEqual(result.output.trim().split('\n').sort(), ['err', 'out']);
    });

    it('says how it failed', async () => {
      const missing = await run('ciclo-no-such-program', [], { timeoutMs: 5_000 });
      assert.deepEqual(missing, { ok: false, reason: 'ciclo-no-such-program is not installed' });
      const failed = await run('sh', ['-c', 'echo no space left; exit 3'], { timeoutMs: 5_000 });
      assert.deepEqual(failed, { ok: false, reason: 'sh ended with exit code 3: no space left' });
      const slow = await run('sleep', ['60'], { timeoutMs: 100 });
      assert.deepEqual(slow, { ok: false, reason: 'sleep took longer than 0.1 s' });
    });
  });

  describe('downloading', () => {
    let folder: string;
    let server: Server | undefined;

    beforeEach(async () => {
      folder = await mkdtemp(path.join(tmpdir(), 'ciclo-download-'));
    });
    afterEach(async () => {
      server?.closeAllConnections();
      server?.close();
      await rm(folder, { recursive: true });
    });

    async function serve(listener: RequestListener): Promise<string> {
      server = createServer(listener).listen(0, '127.0.0.1');
      await once(server, 'listening');
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    }
    const file = (): string => path.join(folder, 'file');
    const limits = { firstByteMs: 200, stallMs: 200 };

    it('writes what it gets, through redirects', async () => {
      const url = await serve((request, response) => {
        if (request.url === '/moved') response.end('content');
        else response.writeHead(302, { location: '/moved' }).end();
      });
      await download(url, file(), limits);
      assert.equal(await readFile(file(), 'utf8'), 'content');
    });

    it('fails on an error answer', async () => {
      const url = await serve((_request, response) => response.writeHead(404).end());
      await assert.rejects(download(url, file(), limits), /^DownloadError: 127\.0\.0\.1:\d+: HTTP 404$/);
    });

    it('does not wait for a server that says nothing', async () => {
      const url = await serve(() => undefined);
      await assert.rejects(download(url, file(), limits), /no answer within 0\.2 s/);
    });

    it('gives up a transfer that stands still', async () => {
      const url = await serve((_request, response) => response.writeHead(200).write('half'));
      await assert.rejects(download(url, file(), limits), /stood still for 0\.2 s/);
    });

    it('says when nobody listens', async () => {
      const url = await serve(() => undefined);
      server?.close();
      await assert.rejects(download(url, file(), limits), /ECONNREFUSED|fetch failed/);
    });
  });
});
