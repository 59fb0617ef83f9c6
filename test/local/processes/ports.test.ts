import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import * as path from 'node:path';

import { isPortFree, pickFreePorts, pickLastingPorts } from '../../../src/local/processes/ports';

async function occupy(port: number): Promise<Server> {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

describe('free ports', () => {
  it('are distinct, free and out of the range of outgoing connections', async () => {
    const ports = Object.values(await pickFreePorts({ a: {}, b: {}, c: {}, d: {} }));
    assert.equal(new Set(ports).size, 4);
    for (const port of ports) {
      assert.ok(port >= 20_000 && port < 32_000);
      assert.ok(await isPortFree(port));
    }
  });

  it('are the preferred ones unless somebody listens there', async () => {
    const { wanted } = await pickFreePorts({ wanted: {} });
    assert.deepEqual(await pickFreePorts({ a: { preferred: wanted } }), { a: wanted });
    const server = await occupy(wanted);
    try {
      const { a } = await pickFreePorts({ a: { preferred: wanted } });
      assert.notEqual(a, wanted);
    } finally {
      server.close();
    }
  });

  it('are not given away twice', async () => {
    const { wanted } = await pickFreePorts({ wanted: {} });
    const ports = await pickFreePorts({ a: { preferred: wanted }, b: { preferred: wanted } });
    assert.equal(ports.a, wanted);
    assert.notEqual(ports.b, wanted);
  });

  it('leave room for the ports that a server derives from its own', async () => {
    const { wanted } = await pickFreePorts({ wanted: { alsoFreeAt: [10_000] } });
    const server = await occupy(wanted + 10_000);
    try {
      const { a } = await pickFreePorts({ a: { preferred: wanted, alsoFreeAt: [10_000] } });
      assert.notEqual(a, wanted);
    } finally {
      server.close();
    }
  });

  it('stay the same from one start to the next while they are free', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'ciclo-ports-'));
    try {
      const file = path.join(folder, 'new', 'ports.json');
      const first = await pickLastingPorts(file, { a: {}, b: {} });
      assert.deepEqual(await pickLastingPorts(file, { a: {}, b: {} }), first);
      const server = await occupy(first.a);
      const second = await pickLastingPorts(file, { a: {}, b: {} });
      server.close();
      assert.notEqual(second.a, first.a);
      assert.equal(second.b, first.b);
      assert.deepEqual(JSON.parse(await readFile(file, 'utf8')), second);

      await writeFile(file, 'cut sho');
      assert.equal(typeof (await pickLastingPorts(file, { a: {} })).a, 'number');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
