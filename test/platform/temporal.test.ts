import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { InvalidConfigurationError } from '../../src/domain/errors';
import { ensureSearchAttributes } from '../../src/platform/search-attributes';
import { connectClient, TemporalConnectionError, temporalSettings } from '../../src/platform/temporal';
import { connectWorker } from '../../src/platform/temporal-worker';
import { freePort } from '../support/free-port';
import { withEnvironment } from '../support/environment';
import { localEnvironment } from '../support/servers';

const nothingSet = {
  TEMPORAL_ADDRESS: undefined,
  TEMPORAL_NAMESPACE: undefined,
  TEMPORAL_API_KEY: undefined,
  TEMPORAL_PROFILE: undefined,
  TEMPORAL_CONFIG_FILE: join(tmpdir(), 'there-is-no-such-file.toml'),
};

describe('settings of the connection to Temporal', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ciclo-temporal-'));
    await writeFile(
      join(folder, 'temporal.toml'),
      '[profile.cloud]\naddress = "cafe.a1b2c.tmprl.cloud:7233"\nnamespace = "cafe.a1b2c"\napi_key = "key"\n',
    );
  });
  after(() => rm(folder, { recursive: true }));

  it('are those of a local server where nothing is set', () =>
    withEnvironment(nothingSet, () => {
      const { namespace, connectionOptions } = temporalSettings();
      assert.equal(namespace, 'default');
      assert.equal(connectionOptions.address, '127.0.0.1:7233');
      assert.equal(connectionOptions.tls, undefined);
    }));

  it('come from a profile, with TLS where there is an API key', () =>
    withEnvironment(
      { ...nothingSet, TEMPORAL_CONFIG_FILE: join(folder, 'temporal.toml'), TEMPORAL_PROFILE: 'cloud' },
      () => {
        const { namespace, connectionOptions } = temporalSettings();
        assert.equal(namespace, 'cafe.a1b2c');
        assert.equal(connectionOptions.address, 'cafe.a1b2c.tmprl.cloud:7233');
        assert.equal(connectionOptions.apiKey, 'key');
        assert.equal(connectionOptions.tls, true);
      },
    ));

  it('name a profile that does not exist', () =>
    withEnvironment(
      { ...nothingSet, TEMPORAL_CONFIG_FILE: join(folder, 'temporal.toml'), TEMPORAL_PROFILE: 'clowd' },
      () =>
        assert.throws(temporalSettings, (error: Error) => {
          assert.ok(error instanceof InvalidConfigurationError);
          assert.match(error.message, /clowd.*TEMPORAL_PROFILE/s);
          return true;
        }),
    ));
});

describe('connecting to Temporal', () => {
  it('reaches a server as client and as worker', async () => {
    const environment = await localEnvironment();
    await withEnvironment({ ...nothingSet, TEMPORAL_ADDRESS: environment.address }, async () => {
      const client = await connectClient();
      try {
        assert.equal(client.options.namespace, 'default');
        await client.workflowService.describeNamespace({ namespace: 'default' });
      } finally {
        await client.connection.close();
      }
      const worker = await connectWorker();
      assert.equal(worker.namespace, 'default');
      await worker.connection.close();
    });
  });

  it('says what to do when nothing answers', async () => {
    const address = `127.0.0.1:${await freePort()}`;
    await withEnvironment({ ...nothingSet, TEMPORAL_ADDRESS: address }, async () => {
      for (const connect of [connectClient, connectWorker]) {
        await assert.rejects(
          () => connect(),
          (error: Error) => {
            assert.ok(error instanceof TemporalConnectionError);
            assert.match(
              error.message,
              /No Temporal server answers at 127\.0\.0\.1:\d+\. .*npm start.*TEMPORAL_ADDRESS/,
            );
            assert.equal(error.permanent, false);
            return true;
          },
        );
      }
    });
  });
});

describe('search attributes of a namespace', () => {
  const cycle = defineSearchAttributeKey('PlatformTestCycle', SearchAttributeType.INT);
  const stage = defineSearchAttributeKey('PlatformTestStage', SearchAttributeType.KEYWORD);

  it('are added where missing, and only there', async () => {
    const { connection } = await localEnvironment();
    assert.deepEqual(await ensureSearchAttributes(connection, 'default', [cycle]), ['PlatformTestCycle']);
    assert.deepEqual(await ensureSearchAttributes(connection, 'default', [cycle, stage]), [
      'PlatformTestStage',
    ]);
    assert.deepEqual(await ensureSearchAttributes(connection, 'default', [cycle, stage]), []);
  });

  it('are refused when they have another type already', async () => {
    const { connection } = await localEnvironment();
    await ensureSearchAttributes(connection, 'default', [cycle]);
    await assert.rejects(
      ensureSearchAttributes(connection, 'default', [{ name: cycle.name, type: 'KEYWORD' }]),
      /PlatformTestCycle .* is of type Int, but Ciclo needs Keyword/,
    );
  });

  it('come with the commands to run where adding is not allowed', async () => {
    const { connection } = await localEnvironment();
    const refusing = {
      operatorService: Object.assign(
        Object.create(connection.operatorService) as typeof connection.operatorService,
        {
          addSearchAttributes: () =>
            Promise.reject(Object.assign(new Error('no'), { code: 7, details: '', metadata: {} })),
        },
      ),
    };
    await assert.rejects(
      ensureSearchAttributes(refusing, 'default', [
        { name: 'CicloNew', type: 'KEYWORD' },
        { name: 'CicloOther', type: 'INT' },
      ]),
      (error: Error) => {
        assert.ok(error instanceof InvalidConfigurationError);
        assert.match(
          error.message,
          /temporal operator search-attribute create --namespace default --name CicloNew --type Keyword --name CicloOther --type Int\n/,
        );
        assert.match(
          error.message,
          /tcld namespace search-attributes add --namespace default --search-attribute "CicloNew=Keyword"/,
        );
        return true;
      },
    );
  });
});
