import assert from 'node:assert/strict';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';

import { Client, Connection } from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';

import { resolveBinary } from '../../src/local/binaries/resolve';
import { StateFolderInUseError } from '../../src/local/processes/errors';
import {
  findTemporalServer,
  startTemporalServer,
  type SearchAttributeKeys,
  type TemporalServer,
} from '../../src/local/temporal-server';

const PIPELINE = defineSearchAttributeKey('CicloPipeline', SearchAttributeType.KEYWORD);
const CYCLE = defineSearchAttributeKey('CicloCycle', SearchAttributeType.INT);
const STAGES = defineSearchAttributeKey('CicloStages', SearchAttributeType.KEYWORD_LIST);

describe("Temporal's dev server", function () {
  this.timeout(900_000);
  let executable: string;
  let folder: string;
  let started: TemporalServer[];

  before(async () => {
    executable = (await resolveBinary('temporal', { report: console.error })).path;
  });
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'ciclo-temporal-'));
    started = [];
  });
  afterEach(async () => {
    await Promise.all(started.map((server) => server.stop()));
    await rm(folder, { recursive: true });
  });

  async function start(
    stateFolder: string,
    searchAttributes: SearchAttributeKeys = [PIPELINE],
  ): Promise<TemporalServer> {
    const server = await startTemporalServer({ executable, stateFolder, searchAttributes });
    started.push(server);
    return server;
  }

  async function withClient<T>(address: string, use: (client: Client) => Promise<T>): Promise<T> {
    const connection = await Connection.connect({ address });
    try {
      return await use(new Client({ connection }));
    } finally {
      await connection.close();
    }
  }

  it('has its search attributes and its Web UI as soon as it is started', async () => {
    const server = await start(folder, [PIPELINE, CYCLE, STAGES]);
    const attributes = await withClient(server.address, async (client) => {
      const { customAttributes } = await client.connection.operatorService.listSearchAttributes({
        namespace: 'default',
      });
      await client.workflow.start('nobody', {
        taskQueue: 'nobody',
        workflowId: 'searched',
        typedSearchAttributes: [
          { key: PIPELINE, value: 'cafe' },
          { key: CYCLE, value: 3 },
          { key: STAGES, value: ['ingest', 'prepare'] },
        ],
      });
      return Object.keys(customAttributes ?? {});
    });
    for (const { name } of [PIPELINE, CYCLE, STAGES]) assert.ok(attributes.includes(name));

    const page = await fetch(server.uiUrl);
    assert.equal(page.status, 200);
    assert.match(await page.text(), /<html/);
    assert.deepEqual(await findTemporalServer(folder), { address: server.address, uiUrl: server.uiUrl });
  });

  it('goes on where it ended, on the same address, with attributes added since', async () => {
    const first = await start(folder);
    await withClient(first.address, (client) =>
      client.workflow.start('nobody', { taskQueue: 'nobody', workflowId: 'waiting' }),
    );
    await first.stop();
    assert.equal(await findTemporalServer(folder), undefined);

    const second = await start(folder, [PIPELINE, CYCLE]);
    assert.deepEqual([second.address, second.uiUrl], [first.address, first.uiUrl]);
    await withClient(second.address, async (client) => {
      await client.workflow.start('nobody', {
        taskQueue: 'nobody',
        workflowId: 'searched',
        typedSearchAttributes: [{ key: CYCLE, value: 3 }],
      });
      const { status } = await client.workflow.getHandle('waiting').describe();
      assert.equal(status.name, 'RUNNING');
    });
  });

  it('keeps its data when it is killed', async () => {
    const first = await start(folder);
    await withClient(first.address, (client) =>
      client.workflow.start('nobody', { taskQueue: 'nobody', workflowId: 'waiting' }),
    );
    process.kill(first.pid, 'SIGKILL');
    assert.equal(await first.ended, 'was ended by SIGKILL');
    await first.stop();

    const second = await start(folder);
    await withClient(second.address, async (client) => {
      const { status } = await client.workflow.getHandle('waiting').describe();
      assert.equal(status.name, 'RUNNING');
    });
  });

  it('runs beside another one, but not twice in one state folder', async () => {
    const [left, right] = await Promise.all([
      start(path.join(folder, 'left')),
      start(path.join(folder, 'right')),
    ]);
    assert.notEqual(left.address, right.address);
    await assert.rejects(start(path.join(folder, 'left')), StateFolderInUseError);
    assert.ok((await stat(path.join(folder, 'left', 'temporal', 'temporal.db'))).size > 0);
    assert.ok(await findTemporalServer(path.join(folder, 'left')));
  });
});
